#include "entente/core/error.hpp"

#include <string_view>
#include <utility>

namespace entente {
namespace {

std::string join(const std::vector<Problem>& problems) {
  std::string text;
  for (const auto& problem : problems) {
    if (!text.empty()) text += '\n';
    text += problem.text();
  }
  return text;
}

}  // namespace

std::string Problem::text() const {
  std::string place = file;
  if (line > 0) {
    if (!place.empty()) place += ':';
    place += std::to_string(line);
    if (column > 0) place += ':' + std::to_string(column);
  }
  std::string result;
  for (const std::string_view part :
       {std::string_view{place}, std::string_view{path}, std::string_view{message}}) {
    if (part.empty()) continue;
    if (!result.empty()) result += ": ";
    result += part;
  }
  return result;
}

InputError::InputError(std::vector<Problem> problems)
    : Error(ExitCode::input, join(problems)), problems_(std::move(problems)) {}

}  // namespace entente
