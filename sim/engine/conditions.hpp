#pragma once

#include <cstdint>
#include <vector>

#include "engine/tile.hpp"

namespace entente::detail {

/// Clears the lanes of `holds` in which a condition on the present state is not met.
void require(const CompiledModel& m, const Tile& tile, const Condition& condition,
             std::vector<std::uint8_t>& holds);

/// Share of `members` at or above a rung, by replicate (lanes): of their number, or of their
/// importance.
void share_at_or_above(const CompiledModel& m, const Tile& tile, std::size_t authority,
                       LadderRole ladder, Rung rung, const std::vector<std::uint32_t>& members,
                       bool by_importance, std::vector<float>& share);

}  // namespace entente::detail
