#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "entente/ensemble/sensitivity.hpp"

namespace entente::detail {

/// Numbers computed from some units of a sample, such as blocks or points; NaN: not defined there.
using Statistics = std::function<std::vector<double>(std::span<const std::uint32_t> units)>;

/// Statistics of all units with their intervals.
///
/// @throws std::invalid_argument  a confidence that is not between 0 and 1, or 2^32 units
[[nodiscard]] std::vector<IntervalEstimate> resample(std::size_t units,
                                                     const ResampleOptions& options,
                                                     const Statistics& statistics);

}  // namespace entente::detail
