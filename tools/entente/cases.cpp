#include "cases.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <filesystem>
#include <limits>
#include <utility>

#include "entente/core/calendar.hpp"
#include "entente/core/error.hpp"
#include "scenarios.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

/// `kosovo-2008` for its folder, the scenario.yaml in it, or a file of that name.
std::string case_name(const std::string& scenario) {
  std::filesystem::path path = find_scenario(scenario);
  if (path.filename() == "scenario.yaml") path = path.parent_path();
  if (path.filename().empty()) path = path.parent_path();
  if (std::filesystem::is_directory(path)) path = std::filesystem::canonical(path);
  const auto name = path.filename();
  return name.extension() == ".yaml" ? name.stem().string() : name.string();
}

Case read_case(const std::string& scenario, const std::string& history,
               const std::vector<std::string>& overrides) {
  Case one;
  one.name = case_name(scenario);
  one.scenario = read_scenario(scenario, overrides, history);
  if (one.scenario.history.empty()) {
    throw UsageError(fmt::format(
        "{}: found no history, or none of its states takes part; allowed: HISTORY.csv as "
        "the second argument, or `observed: FILE` in the scenario",
        scenario));
  }
  one.path = path_of(one.scenario.model, one.scenario.history);
  return one;
}

}  // namespace

void add_case_options(CLI::App& sub, CaseArguments& arguments) {
  sub.add_option("SCENARIO", arguments.scenario, "Folder, YAML file or name of a scenario")
      ->required()
      ->type_name("");
  sub.add_option("HISTORY", arguments.history,
                 "CSV of dated rungs instead of the scenario's own (docs/history-format.md)")
      ->type_name("");
  sub.add_option("--history", arguments.further,
                 "Learn from a further case too: SCENARIO or SCENARIO=HISTORY.csv; repeatable")
      ->type_name("CASE")
      ->allow_extra_args(false);
  add_set_option(sub, arguments.overrides, "Change a setting of the scenario");
}

std::vector<Case> read_cases(const CaseArguments& arguments) {
  std::vector<Case> cases;
  cases.push_back(read_case(arguments.scenario, arguments.history, arguments.overrides));
  for (const auto& text : arguments.further) {
    const auto cut = text.find('=');
    const std::string history = cut == std::string::npos ? "" : text.substr(cut + 1);
    Case one = read_case(text.substr(0, cut), history, {});
    const std::string stem = one.name;
    const auto taken = [&] {
      return std::any_of(cases.begin(), cases.end(),
                         [&](const Case& other) { return other.name == one.name; });
    };
    for (int number = 2; taken(); ++number) one.name = fmt::format("{}-{}", stem, number);
    cases.push_back(std::move(one));
  }
  return cases;
}

std::vector<std::string> names_of(const std::vector<Case>& cases) {
  std::vector<std::string> names;
  names.reserve(cases.size());
  for (const auto& one : cases) names.push_back(one.name);
  return names;
}

double prior_scale(const std::string& text) {
  if (text == "cv") return 0.0;
  if (text == "none") return std::numeric_limits<double>::infinity();
  std::size_t used = 0;
  double value = 0.0;
  try {
    value = std::stod(text, &used);
  } catch (const std::exception&) {
    used = 0;
  }
  if (used != text.size() || !(value >= 1e-3) || !(value <= 1e3)) {
    throw UsageError(fmt::format(
        "--prior: found '{}'; allowed: cv, none, or a number from 0.001 to 1000 [utility "
        "per standard deviation of a driver]",
        text));
  }
  return value;
}

}  // namespace entente::cli
