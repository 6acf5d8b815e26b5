#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>

namespace entente::detail {

/// Quantile of ascending values, at least one, at a probability in [0, 1]: type 7, which joins
/// neighbouring values by straight lines. Values may be infinite.
///
/// @source  Hyndman & Fan (1996), The American Statistician 50
[[nodiscard]] inline double sorted_quantile(std::span<const double> ascending, double probability) {
  const auto n = static_cast<double>(ascending.size());
  // 0.95 of 20 intervals is the end of the nineteenth, whatever rounding makes of the product.
  const double fuzz = 4.0 * std::numeric_limits<double>::epsilon() * n;
  const double place = (n - 1.0) * probability;
  const auto below = std::min(static_cast<std::size_t>(place + fuzz), ascending.size() - 1);
  const double part = place - static_cast<double>(below);
  const double low = ascending[below];
  if (part <= fuzz || below + 1 == ascending.size() || ascending[below + 1] == low) return low;
  return (1.0 - part) * low + part * ascending[below + 1];  // also where one is infinite
}

}  // namespace entente::detail
