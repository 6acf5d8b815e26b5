#include "variants.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <set>

#include "entente/core/error.hpp"
#include "entente/io/result_file.hpp"
#include "io/scenario/suggest.hpp"
#include "scenarios.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_of(const std::vector<fs::path>& files) {
  std::vector<std::string> names;
  for (const auto& file : files) names.push_back(file.stem().string());
  return names;
}

std::vector<VariantSource> sources_of(const fs::path& scenario, const VariantArguments& arguments) {
  std::vector<VariantSource> sources;
  for (const auto& name : arguments.names) {
    if (name == "all") {
      for (auto& file : variants_of(scenario)) sources.push_back({std::move(file), {}, {}});
    } else {
      sources.push_back({find_variant(scenario, name), {}, {}});
    }
  }
  for (const auto& event : arguments.events) sources.push_back({{}, {event}, {}});
  for (const auto& change : arguments.changes) sources.push_back({{}, {}, {change}});
  return sources;
}

}  // namespace

void add_variant_options(CLI::App& sub, VariantArguments& arguments) {
  sub.add_option("VARIANT", arguments.names, "Names of the scenario's variants, YAML files, or all")
      ->type_name("");
  sub.add_option("--event", arguments.events,
                 "A variant in words, such as \"2026-03 recognise CHN,UZB\"; repeatable")
      ->type_name("TEXT")
      ->allow_extra_args(false);
  sub.add_option("--change", arguments.changes, "A variant that changes a number; repeatable")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
}

fs::path find_variant(const fs::path& scenario, const std::string& name) {
  fs::path path(name);
  std::error_code ignored;
  const bool is_path = path.has_parent_path() || path.extension() == ".yaml";
  if (is_path || fs::exists(path, ignored)) return path;
  auto files = variants_of(scenario);
  const auto names = names_of(files);
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) {
    throw UsageError("VARIANT: " + detail::unknown_name(name, names, "variants of the scenario"));
  }
  return std::move(files[static_cast<std::size_t>(at - names.begin())]);
}

fs::path find_base(const std::string& scenario) {
  fs::path path = find_scenario(scenario);
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    throw FileError(fmt::format("{}: found no such file", path.string()));
  }
  if (fs::is_regular_file(path, ignored) && is_result_file(path)) {
    throw UsageError(
        "SCENARIO: a result file cannot be varied, its numbers are resolved; allowed: a scenario");
  }
  return path;
}

std::vector<VariedScenario> read_variants(const std::string& scenario,
                                          const VariantArguments& arguments,
                                          const std::vector<std::string>& overrides) {
  const fs::path path = find_base(scenario);
  const auto sources = sources_of(path, arguments);
  if (sources.empty()) {
    const auto names = names_of(variants_of(path));
    throw UsageError(fmt::format("found no variant; allowed: --event, --change, a YAML file{}{}",
                                 names.empty() ? "" : ", all, ", detail::join(names)));
  }
  std::vector<VariedScenario> variants;
  std::vector<Problem> problems;
  for (const auto& source : sources) {
    try {
      variants.push_back(load_variant(path, source, overrides));
    } catch (const InputError& error) {
      std::copy(error.problems().begin(), error.problems().end(), std::back_inserter(problems));
    }
  }
  if (!problems.empty()) throw InputError(std::move(problems));
  std::set<std::string> names;  // they label rows of tables and files
  for (const auto& varied : variants) {
    if (names.insert(varied.variant.name).second) continue;
    throw UsageError(fmt::format("VARIANT: found '{}' twice; allowed: once", varied.variant.name));
  }
  return variants;
}

}  // namespace entente::cli
