#pragma once

#include "engine/tile.hpp"

namespace entente::detail {

/// Gives the touched entries of both relations their value at this step, and brings the sums that
/// they enter up to date.
void refold_relations(const CompiledModel& m, Tile& tile);

}  // namespace entente::detail
