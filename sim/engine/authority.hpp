#pragma once

#include <cstdint>

#include "engine/drivers.hpp"
#include "engine/workspace.hpp"

namespace entente::detail {

/// Adds one block of actors to the sums that the authority's choices need (section 7), in fixed
/// point.
///
/// @param sums  (sums, lanes) of this authority, units of 2^-26
void add_world_sums(const CompiledModel& m, const Tile& tile, Workspace& work, std::int32_t* sums);

/// Stage 5 of a step: the authority decides on its ladders, and its hardliner share, distress,
/// control and rights salience move on, all from the state at the start of the step.
void decide_authority(const CompiledModel& m, Tile& tile, std::size_t authority,
                      std::uint32_t step);

}  // namespace entente::detail
