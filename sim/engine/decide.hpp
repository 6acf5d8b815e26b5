#pragma once

#include <cstdint>

#include "engine/drivers.hpp"
#include "engine/workspace.hpp"

namespace entente::detail {

/// Computes the block's part of `tile.fixed`. To be called when a parameter has changed.
void refresh_fixed(const CompiledModel& m, Tile& tile, const AuthorityRows& shared,
                   std::size_t authority, Workspace& work);

/// Probabilities of reconsidering a ladder, of the elements taken.
[[nodiscard]] const float* opportunities(const CompiledModel& m, const Tile& tile,
                                         LadderRole ladder, Workspace& work);

/// Stage 4 of a step: the block's actors decide on every ladder towards one authority, from the
/// state at the start of the step. New rungs go to `tile.next_rungs`.
///
/// @throws NumericalError  a utility is not finite
void decide_block(const CompiledModel& m, Tile& tile, const AuthorityRows& shared,
                  std::size_t authority, Workspace& work, std::uint32_t step);

}  // namespace entente::detail
