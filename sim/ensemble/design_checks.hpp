#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ensemble/checks.hpp"

namespace entente::detail {

/// Rows of a grid; one above the most that are allowed where there are more than that.
///
/// @param levels  per factor, or one number for all
[[nodiscard]] std::uint64_t combinations(const std::vector<std::size_t>& levels,
                                         std::size_t factors);

}  // namespace entente::detail
