#include "lab/server/answer.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <new>

#include "usage_error.hpp"

namespace entente::lab {

Json problems_json(const std::vector<TextProblem>& problems) {
  Json list = Json::array();
  for (const auto& problem : problems) {
    list.push_back(
        {{"line", problem.line}, {"column", problem.column}, {"message", problem.message}});
  }
  return list;
}

std::string compact(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Answer json_answer(const Json& json, int status) { return {status, compact(json)}; }

Answer error_answer(int status, const std::string& message,
                    const std::vector<TextProblem>& problems) {
  return json_answer({{"error", message}, {"problems", problems_json(problems)}}, status);
}

Answer answer_of_exception() {
  try {
    throw;
  } catch (const Refused& refused) {
    return error_answer(refused.status(), refused.what(), refused.problems());
  } catch (const Error& error) {
    // What files, numbers and questions of the page make impossible.
    return error_answer(400, error.what());
  } catch (const std::bad_alloc&) {
    return error_answer(500, "out of memory");
  } catch (const std::exception& error) {
    spdlog::error("this is a bug, please report it: {}", error.what());
    return error_answer(500, fmt::format("this is a bug, please report it: {}", error.what()));
  } catch (...) {
    return error_answer(500, "this is a bug, please report it");
  }
}

}  // namespace entente::lab
