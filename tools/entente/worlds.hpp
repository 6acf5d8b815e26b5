#pragma once

#include <string>
#include <vector>

#include "entente/io/scenario.hpp"

namespace CLI {
class App;
}

namespace entente::cli {

/// A world as a command line names it.
struct WorldArguments {
  std::string source;                  ///< scenario by name or path, or a result file
  std::vector<std::string> overrides;  ///< `path=value`
  std::string variant;                 ///< laid over the scenario: name or file; may be empty
  std::vector<std::string> events;     ///< likewise, in words
  std::vector<std::string> changes;    ///< `path=value`, after the variant; no option sets these
};

/// Adds --set, --variant and --event to a subcommand.
void add_world_options(CLI::App& sub, WorldArguments& arguments);

/// Reads a scenario with what is laid over it, or the inputs that a result file carries.
///
/// @throws UsageError  something is laid over a result file, whose numbers are resolved, or the
///                     scenario has no such variant
[[nodiscard]] Scenario read_world(const WorldArguments& arguments);

}  // namespace entente::cli
