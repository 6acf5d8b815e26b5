#pragma once

#include <string>
#include <vector>

#include "io/scenario/world.hpp"

namespace entente::detail {

/// Resolves a tree whose form has been checked, section after section, into `world.scenario`.
///
/// @throws InputError  the scenario asks for too much to go on; other problems are collected
void resolve(World& world);

/// Files opened so far: the YAML files first, then the tables, named as the folder of the first one
/// sees them.
[[nodiscard]] std::vector<SourceFile> source_files(const Sources& sources);

/// The scenario of a world that has been resolved, with its files, `overrides` and replacements.
///
/// @throws InputError  there are problems
[[nodiscard]] Scenario finish(World& world, const std::vector<std::string>& overrides);

}  // namespace entente::detail
