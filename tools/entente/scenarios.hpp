#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "entente/io/scenario.hpp"

namespace CLI {
class App;
}

namespace entente::cli {

/// Folders with scenarios that come with the program, the nearest first: `scenarios` in the current
/// folder or one above it, in the source tree that the program was built in, and
/// `share/entente/scenarios` of the installation.
[[nodiscard]] std::vector<std::filesystem::path> scenario_roots();

/// Folders below the roots that hold a `scenario.yaml`, by name; the first of a name wins.
[[nodiscard]] std::vector<std::filesystem::path> shipped_scenarios();

/// `name` itself where it exists or is a path, else the shipped scenario of that name.
[[nodiscard]] std::filesystem::path find_scenario(const std::string& name);

/// The scenario that a variant belongs to: of a file in the folder `variants` of a scenario, that
/// scenario's folder; nothing for any other path.
[[nodiscard]] std::optional<std::filesystem::path> scenario_of_variant(
    const std::filesystem::path& path);

/// Adds --set to a subcommand.
///
/// @param meaning  without `; repeatable`
void add_set_option(CLI::App& sub, std::vector<std::string>& overrides, const std::string& meaning);

/// Reads a scenario, by name or path, or the inputs that a result file carries.
///
/// @param history  table of observed rungs instead of the scenario's own, if not empty
/// @throws UsageError  `overrides` are given for a result file, whose numbers are resolved
[[nodiscard]] Scenario read_scenario(const std::string& name,
                                     const std::vector<std::string>& overrides = {},
                                     const std::filesystem::path& history = {});

}  // namespace entente::cli
