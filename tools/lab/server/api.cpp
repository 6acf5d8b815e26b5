#include "lab/server/api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <system_error>

#include "entente/core/error.hpp"
#include "entente/io/result_file.hpp"
#include "lab/server/child.hpp"
#include "lab/server/cost.hpp"
#include "lab/server/guards.hpp"
#include "lab/server/kept.hpp"

namespace entente::lab {
namespace {

namespace fs = std::filesystem;

// At once.
constexpr std::ptrdiff_t most_reading = 2;
constexpr std::ptrdiff_t most_simulating = 1;
constexpr std::chrono::seconds patience{10};
constexpr std::chrono::seconds longest_answer{20};  // to one question, simulated

bool is_result(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && is_result_file(path);
}

// A text without a path that means nothing to who reads it.
std::string without(std::string text, const std::string& path, std::string_view words) {
  for (auto at = text.find(path); at != std::string::npos; at = text.find(path, at + words.size()))
    text.replace(at, path.size(), words);
  return text;
}

/// Parameters by name, each of which may come once, and no others.
class Asked {
 public:
  Asked(const Parameters& parameters, std::vector<std::string_view> names)
      : parameters_(parameters) {
    for (const auto& [name, value] : parameters) {
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        throw Refused(
            400, fmt::format("found an unknown parameter; allowed: {}", fmt::join(names, ", ")));
      }
    }
  }

  [[nodiscard]] const std::string* find(std::string_view name) const {
    const std::string* found = nullptr;
    for (const auto& [key, value] : parameters_) {
      if (key != name) continue;
      if (found != nullptr) throw Refused(400, fmt::format("{}: found twice; allowed: once", name));
      found = &value;
    }
    return found;
  }
  [[nodiscard]] const std::string& at(std::string_view name) const {
    const auto* found = find(name);
    if (found == nullptr) {
      throw Refused(400, fmt::format("{}: found nothing; allowed: it is required", name));
    }
    return *found;
  }
  [[nodiscard]] std::size_t whole(std::string_view name) const {
    return parse_whole(name, at(name), std::numeric_limits<std::uint32_t>::max());
  }
  [[nodiscard]] const std::string& name(std::string_view name) const {
    return require_name(name, at(name));
  }

 private:
  const Parameters& parameters_;
};

}  // namespace

Api::Api(const fs::path& source, std::size_t threads)
    : result_(is_result(source) ? source : fs::path()),
      store_(session_, is_result(source) ? fs::path() : source),
      runs_(events_, limits_, threads),
      reading_(most_reading),
      simulating_(most_simulating),
      hdf5_(1) {
  if (!result_.empty()) (void)read_result_extent(result_);  // throws where it is damaged
}

template <class Work>
auto Api::bounded(Places& places, const Work& work) {
  if (!places.try_acquire_for(patience)) {
    throw Refused(429, "found too many questions at once; allowed: a few, try again");
  }
  struct Release {
    Places& places;
    ~Release() { places.release(); }
  } const release{places};
  return work();
}

template <class Work>
Answer Api::simulated(const Work& work) {
  return bounded(simulating_, [&] {
    std::atomic<bool> stop{false};
    const Limits::Task limit(limits_, stop, longest_answer);
    return json_answer(work(stop));
  });
}

Answer Api::initial() {
  if (result_.empty()) return json_answer(nullptr);
  if (const auto known = find_initial()) return {200, known->results};
  return bounded(hdf5_, [&]() -> Answer {
    if (const auto known = find_initial()) return {200, known->results};
    const auto id = runs_.keep([&](const std::string& name) { return open_result(result_, name); });
    const auto kept = runs_.find(id);
    const std::lock_guard guard(initial_mutex_);
    initial_ = id;
    return {200, kept->results};
  });
}

std::shared_ptr<const Kept> Api::find_initial() {
  const std::lock_guard guard(initial_mutex_);
  try {
    return runs_.find(initial_);
  } catch (const Refused&) {
    return nullptr;  // it was not read yet, or later runs have taken its place
  }
}

Answer Api::scenarios() {
  return bounded(reading_, [&] { return json_answer(store_.entries()); });
}

Answer Api::world(const Parameters& parameters) {
  const Asked asked(parameters, {"scenario"});
  return bounded(reading_,
                 [&] { return json_answer(store_.baseline(asked.name("scenario"))->world); });
}

Answer Api::variant(const Parameters& parameters) {
  const Asked asked(parameters, {"scenario", "name"});
  return json_answer({{"yaml", store_.variant_yaml(asked.name("scenario"), asked.name("name"))}});
}

Answer Api::check(std::string_view body) {
  const auto request = parse_check_request(body);
  return bounded(reading_, [&] {
    const auto baseline = store_.baseline(request.scenario);
    std::vector<TextProblem> problems;
    try {
      (void)store_.vary(*baseline, {"variant", request.yaml});
    } catch (const Refused& refused) {
      problems = refused.problems();
    }
    return json_answer({{"problems", problems_json(problems)}});
  });
}

Answer Api::start(std::string_view body) {
  auto request = parse_run_request(body);
  auto run = bounded(reading_, [&] { return prepare(store_, std::move(request)); });
  return json_answer({{"run", runs_.start(std::move(run))}}, 202);
}

Answer Api::results(const std::string& run) { return {200, runs_.find(run)->results}; }

Answer Api::remove(const std::string& run) {
  runs_.remove(run);
  return json_answer(Json::object());
}

Answer Api::explain(const std::string& run, const Parameters& parameters) {
  const Asked asked(parameters, {"outcome", "authority", "ladder", "actor", "step", "replicate"});
  AskedChoice choice;
  choice.outcome = asked.whole("outcome");
  choice.authority = asked.whole("authority");
  choice.ladder = asked.whole("ladder");
  choice.actor = asked.whole("actor");
  choice.step = asked.whole("step");
  choice.single = asked.find("replicate") != nullptr;
  if (choice.single) choice.replicate = asked.whole("replicate");
  const auto kept = runs_.find(run);
  return simulated(
      [&](const std::atomic<bool>& stop) { return lab::explain(*kept, choice, stop); });
}

Answer Api::cascade(const std::string& run, const Parameters& parameters) {
  const Asked asked(parameters, {"outcome", "authority"});
  const auto outcome = asked.whole("outcome");
  const auto authority = asked.whole("authority");
  const auto kept = runs_.find(run);
  return simulated(
      [&](const std::atomic<bool>& stop) { return lab::cascade(*kept, outcome, authority, stop); });
}

FileAnswer Api::file(const std::string& run) {
  const auto kept = runs_.find(run);
  if (!kept->run) return {kept->file, nullptr};
  const std::size_t bytes = require_file_size(*kept->run);
  auto place = std::make_shared<const Leftover>(session_.fresh_path(".h5"));
  runs_.exclusively([&](const RunControl& control) {
    session_.require_room(bytes);
    bounded(hdf5_, [&] { (void)write_result(*kept->run, place->path(), control); });
  });
  return {place->path(), place};
}

std::shared_ptr<const Leftover> Api::upload_place() {
  session_.require_room(max_upload_bytes);
  return std::make_shared<const Leftover>(session_.fresh_path(".h5"));
}

Answer Api::open(const Leftover& upload) {
  const std::string path = upload.path().string();
  auto end = bounded(reading_, [&] {
    return run_child({own_program(), "report", path, "--json"}, ChildLimits{}, closing_);
  });
  if (end.whole) return {200, std::move(end.output)};
  const auto said = without(std::move(end.errors), path, "the file");
  throw Refused(400, said.empty() ? "found a file that cannot be read, or takes too much time or "
                                    "memory; allowed: a result file of a run or a what-if"
                                  : said);
}

void Api::close() {
  closing_ = true;
  events_.close();
  limits_.close();
  runs_.close();
}

std::shared_ptr<LiveEvents::Listener> Api::listen() { return runs_.listen(); }

}  // namespace entente::lab
