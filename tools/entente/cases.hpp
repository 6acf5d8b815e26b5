#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "entente/estimate/history.hpp"
#include "entente/io/scenario.hpp"

namespace CLI {
class App;
}

namespace entente::cli {

/// A scenario with what is on record of its case.
struct Case {
  std::string name;  ///< of the scenario's folder or file; distinct among cases that go together
  Scenario scenario;
  Path path;
};

/// Which cases a command works on.
struct CaseArguments {
  std::string scenario;
  std::string history;                 ///< CSV; empty: the one that the scenario names
  std::vector<std::string> further;    ///< `SCENARIO` or `SCENARIO=HISTORY`
  std::vector<std::string> overrides;  ///< of the first
};

/// Adds SCENARIO, HISTORY, --history and --set to a subcommand.
void add_case_options(CLI::App& sub, CaseArguments& arguments);

/// @throws UsageError  a scenario has no history
[[nodiscard]] std::vector<Case> read_cases(const CaseArguments& arguments);

/// Names of the cases, in order.
[[nodiscard]] std::vector<std::string> names_of(const std::vector<Case>& cases);

/// Width of a prior from the text of --prior: 0 for `cv`, infinity for `none`.
///
/// @throws UsageError  it is neither, nor a number above 0
[[nodiscard]] double prior_scale(const std::string& text);

}  // namespace entente::cli
