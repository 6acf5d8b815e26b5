#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numbers>
#include <vector>

#include "core/math.hpp"
#include "core/random.hpp"

/// Functions whose sensitivity indices are known, and designs to try them on.
namespace entente::study {

/// In (0, 1), by row and column; another stream for each seed.
inline double uniform(std::size_t row, std::size_t column, std::uint64_t seed = 1) {
  return random::uniform(random::word(seed, static_cast<std::uint32_t>(column),
                                      static_cast<std::uint32_t>(row), 0, 0));
}

inline double normal(std::size_t row, std::size_t column, std::uint64_t seed = 1) {
  return math::normal_quantile(uniform(row, column, seed));
}

using Function = std::function<double(const std::vector<double>&)>;
/// Row n of a matrix with so many columns, in the unit cube.
using Point = std::function<std::vector<double>(std::size_t n)>;

inline Point random_points(std::size_t columns, std::uint64_t seed = 1) {
  return [=](std::size_t n) {
    std::vector<double> point(columns);
    for (std::size_t i = 0; i < columns; ++i) point[i] = uniform(n, i, seed);
    return point;
  };
}

/// Outputs in the order of Saltelli's design; the first half of a point's columns is A, the second
/// is B.
inline std::vector<double> saltelli_outputs(std::size_t blocks, std::size_t factors,
                                            bool second_order, const Point& points,
                                            const Function& f) {
  std::vector<double> out;
  for (std::size_t n = 0; n < blocks; ++n) {
    const auto both = points(n);
    const auto half = both.begin() + static_cast<std::ptrdiff_t>(factors);
    const std::vector<double> a(both.begin(), half), b(half, both.end());
    const auto mixed = [&](std::vector<double> most, const std::vector<double>& one) {
      for (std::size_t i = 0; i < factors; ++i) {
        auto point = most;
        point[i] = one[i];
        out.push_back(f(point));
      }
    };
    out.push_back(f(a));
    mixed(a, b);
    if (second_order) mixed(b, a);
    out.push_back(f(b));
  }
  return out;
}

/// sin z_1 + 7 sin^2 z_2 + 0.1 z_3^4 sin z_1 with z = pi (2 u - 1).
///
/// @source  Ishigami & Homma (1990)
inline double ishigami(const std::vector<double>& u) {
  const auto z = [&](std::size_t i) { return std::numbers::pi * (2.0 * u[i] - 1.0); };
  const double wave = std::sin(z(1)), power = z(2) * z(2);
  return std::sin(z(0)) + 7.0 * wave * wave + 0.1 * power * power * std::sin(z(0));
}

}  // namespace entente::study
