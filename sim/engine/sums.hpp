#pragma once

#include <cstdint>

#include "engine/workspace.hpp"

namespace entente::detail {

/// Whether a sum has to be formed anew in this step. The others follow the moves of actors.
[[nodiscard]] bool is_stale(const CompiledModel& m, const Tile& tile, const WorldSumRule& rule);

/// Adds a block of actors to the stale sums towards an authority, and brings `tile.addends` up to
/// date.
///
/// @param sums  (m.sums, lanes), units of 2^-26: exact, hence the same for any order of blocks
void add_world_sums(const CompiledModel& m, Tile& tile, std::size_t authority, Workspace& work,
                    std::int32_t* sums);

}  // namespace entente::detail
