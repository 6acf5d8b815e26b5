#include "scenarios.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <system_error>

#include "entente/io/result_file.hpp"
#include "io/scenario/merge.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* scenario_file = "scenario.yaml";

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

/// Adds `scenarios` and `share/entente/scenarios` of a folder and of those above it.
void add_roots(const fs::path& folder, std::vector<fs::path>& roots) {
  constexpr int levels = 5;
  fs::path at = folder;
  for (int level = 0; level < levels && !at.empty(); ++level, at = at.parent_path()) {
    for (const char* name : {"scenarios", "share/entente/scenarios"}) {
      std::error_code ignored;
      const fs::path root = at / name;
      if (!fs::is_directory(root, ignored)) continue;
      if (std::find(roots.begin(), roots.end(), root) == roots.end()) roots.push_back(root);
    }
    if (at == at.parent_path()) break;
  }
}

}  // namespace

std::vector<fs::path> scenario_roots() {
  std::vector<fs::path> roots;
  std::error_code error;
  const fs::path here = fs::current_path(error);
  if (!error) add_roots(here, roots);
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) add_roots(program.parent_path(), roots);
  return roots;
}

std::vector<fs::path> shipped_scenarios() {
  std::vector<fs::path> found;
  const auto is_known = [&](const fs::path& folder) {
    return std::any_of(found.begin(), found.end(), [&](const fs::path& known) {
      return known.filename() == folder.filename();
    });
  };
  for (const auto& root : scenario_roots()) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(root, error)) {
      if (is_file(entry.path() / scenario_file) && !is_known(entry.path())) {
        found.push_back(entry.path());
      }
    }
  }
  std::sort(found.begin(), found.end(),
            [](const fs::path& a, const fs::path& b) { return a.filename() < b.filename(); });
  return found;
}

fs::path find_scenario(const std::string& name) {
  fs::path path(name);
  std::error_code ignored;
  if (fs::exists(path, ignored) || path.has_parent_path()) return path;
  for (auto& folder : shipped_scenarios()) {
    if (folder.filename() == path) return std::move(folder);
  }
  return path;
}

std::optional<fs::path> scenario_of_variant(const fs::path& path) {
  return is_file(path) ? detail::scenario_above(path, "variants") : std::nullopt;
}

void add_set_option(CLI::App& sub, std::vector<std::string>& overrides,
                    const std::string& meaning) {
  sub.add_option("--set", overrides, meaning + "; repeatable")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
}

Scenario read_scenario(const std::string& name, const std::vector<std::string>& overrides,
                       const fs::path& history) {
  const fs::path path = find_scenario(name);
  if (!is_file(path) || !is_result_file(path)) return load_scenario(path, overrides, history);
  if (!overrides.empty()) {
    throw UsageError(
        "--set: the numbers of a result file are resolved already; allowed: a scenario");
  }
  return load_result_inputs(path);
}

}  // namespace entente::cli
