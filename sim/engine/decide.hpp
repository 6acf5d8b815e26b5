#pragma once

#include <cstdint>

#include "engine/capture.hpp"
#include "engine/workspace.hpp"

namespace entente::detail {

/// Stage 4 of a step for one block of actors towards one authority: every ladder is decided on the
/// drivers in `work`; new rungs go to `tile.next_rungs`.
///
/// @param capture  where drivers and term contributions are kept, or nullptr
/// @throws NumericalError  a utility is not finite
void decide_block(const CompiledModel& m, Tile& tile, Workspace& work, std::size_t authority,
                  std::uint32_t step, Capture* capture);

}  // namespace entente::detail
