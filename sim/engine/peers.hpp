#pragma once

#include "engine/tile.hpp"

namespace entente::detail {

/// Brings the peer sums and the recognition share up to date with a move of one actor on one
/// ladder, in place: `after` replaces its rungs (lanes). Exact integer arithmetic.
void move_rungs(const CompiledModel& m, Tile& tile, std::size_t authority, LadderRole ladder,
                std::size_t actor, const Rung* after);

/// Takes over all of `next_rungs` at once (the end of a synchronous step).
void commit_rungs(const CompiledModel& m, Tile& tile);

/// Gives the touched entries of both relations their value at this step, and brings the sums that
/// they enter up to date.
void refold_relations(const CompiledModel& m, Tile& tile);

}  // namespace entente::detail
