#pragma once

#include <cstddef>
#include <span>

namespace entente {

/// What an analysis of a study reads: the values of its factors and one output, row by row.
///
/// A value that is not finite is missing. Each analysis says what it does without it.
struct Cases {
  std::span<const double> x;  ///< of factors, shape (rows, factors)
  std::size_t factors = 0;
  std::span<const double> y;  ///< of the output, shape (rows)

  /// Row n of x.
  [[nodiscard]] std::span<const double> row(std::size_t n) const {
    return x.subspan(n * factors, factors);
  }
  /// Whether row n misses neither a factor nor the output.
  [[nodiscard]] bool complete(std::size_t n) const;
  /// @throws std::invalid_argument  no factors, or x and y disagree on the number of rows
  void check() const;
};

}  // namespace entente
