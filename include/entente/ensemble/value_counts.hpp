#pragma once

#include <array>
#include <cstdint>
#include <map>

namespace entente {

/// Shares at which a distribution is summed up.
inline constexpr std::array<double, 5> summary_shares{0.05, 0.25, 0.5, 0.75, 0.95};

/// A distribution over replicates in a few numbers, in the unit of the values; the variance in its
/// square. All but `n` are NaN where there is no value; variance and error also where there is one.
struct ValueSummary {
  std::uint64_t n = 0;  ///< values
  double mean = 0.0;
  double variance = 0.0;  ///< of the values, divided by n - 1
  double error = 0.0;     ///< standard error of the mean, sqrt(variance / n)
  double smallest = 0.0;
  double largest = 0.0;
  std::array<double, summary_shares.size()> quantiles{};  ///< at `summary_shares`
};

/// How often each value came up.
///
/// What it says depends on the values alone, to the bit: not on their order, nor on the parts in
/// which they were gathered. Memory grows with the number of different values.
class ValueCounts {
 public:
  /// @throws std::invalid_argument  the value is not finite
  void add(double value, std::uint64_t times = 1);
  /// Adds all that another has counted.
  void merge(const ValueCounts& other);

  /// Number of values.
  [[nodiscard]] std::uint64_t n() const noexcept { return n_; }
  /// Different values and how often each came up, ascending.
  [[nodiscard]] const std::map<double, std::uint64_t>& counts() const noexcept { return counts_; }

  /// Sum of value times number, in ascending order of values, over n. Exact but for the division
  /// where all values are whole numbers.
  [[nodiscard]] double mean() const;
  /// Sum of squared distances from the mean, in ascending order of values, over n - 1; exactly 0
  /// where all values are equal.
  [[nodiscard]] double variance() const;
  /// Quantile of type 7: with values x_0 <= ... <= x_(n-1) and h = (n - 1) share,
  ///
  ///     x_floor(h) + (h - floor(h)) (x_(floor(h)+1) - x_floor(h))
  ///
  /// @throws std::invalid_argument  the share is not within [0, 1]
  /// @source  Hyndman & Fan (1996), The American Statistician 50
  [[nodiscard]] double quantile(double share) const;
  [[nodiscard]] ValueSummary summary() const;

 private:
  /// The value with so many before it.
  [[nodiscard]] double ordered(std::uint64_t before) const;

  std::map<double, std::uint64_t> counts_;
  std::uint64_t n_ = 0;
};

}  // namespace entente
