#pragma once

#include <cstdint>

#include "engine/tile.hpp"

namespace entente::detail {

/// Stage 5 of a step: the authority decides on its ladders, and its hardliner share, distress,
/// control and rights salience move on, all from the state at the start of the step.
void decide_authority(const CompiledModel& m, Tile& tile, std::size_t authority,
                      std::uint32_t step);

}  // namespace entente::detail
