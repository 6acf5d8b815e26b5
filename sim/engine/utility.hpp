#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/compiled.hpp"

namespace entente::detail {

/// Columns of the recorded drivers that a term reads on a ladder, ascending.
[[nodiscard]] std::vector<std::size_t> columns_read(const CompiledModel& m, LadderRole ladder,
                                                    std::size_t term);

/// What the terms contribute to V(below) - V(own) and V(above) - V(own), given one value per column
/// of the recorded drivers: shape (terms, 2).
///
/// @throws std::invalid_argument  no such rung, or another number of drivers
[[nodiscard]] std::vector<float> contributions_from(const CompiledModel& m, LadderRole ladder,
                                                    Rung own, std::span<const float> drivers);

}  // namespace entente::detail
