#include "studies.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <system_error>
#include <vector>

#include "entente/core/error.hpp"
#include "entente/io/study.hpp"
#include "io/scenario/suggest.hpp"
#include "scenarios.hpp"
#include "table.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

}  // namespace

fs::path find_study(const std::string& name) {
  fs::path path(name);
  std::error_code ignored;
  if (fs::is_regular_file(path, ignored)) return path;
  const fs::path whole = find_scenario(name);
  if (is_folder(whole)) {
    std::vector<std::string> names;
    for (const auto& file : studies_of(whole)) {
      names.push_back((fs::path(name) / file.stem()).string());
    }
    throw UsageError(fmt::format(
        "STUDY: {} is a scenario; allowed: a study{}", name,
        names.empty() ? ", of which it has none" : fmt::format(": {}", fmt::join(names, ", "))));
  }
  const fs::path scenario = find_scenario(path.parent_path().string());
  if (path.extension() == ".yaml" || !path.has_parent_path() || !is_folder(scenario)) {
    throw FileError(fmt::format("{}: found no such file", name));
  }
  std::vector<std::string> names;
  for (auto& file : studies_of(scenario)) {
    if (file.stem() == path.filename()) return file;
    names.push_back(file.stem().string());
  }
  throw UsageError(
      "STUDY: " + detail::unknown_name(path.filename().string(), names, "studies of the scenario"));
}

}  // namespace entente::cli
