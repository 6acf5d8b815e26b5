#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace entente {

/// Compares those who move with those who were at risk at the same time and did not: the sampled
/// risk sets of a nested case-control study, with every mate taken (docs/model.md, section 13).
///
/// For a value x and sets s with m_s movers and c_s others, M = sum_s m_s over sets with both:
///
///     difference = sum_s m_s (mean of x over movers - mean of x over others) / M
///
/// It is linear in x, so what sums to another value sums to its difference. The standard error is
/// that under chance alone: movers a random draw from each set, sets uncorrelated given the past,
///
///     variance = sum_s m_s^2 S_s^2 (1/m_s + 1/c_s) / M^2,   S_s^2: variance of x within the set.
///
/// @source  Prentice & Breslow (1978); Borgan, Goldstein & Langholz (1995)
class RiskSets {
 public:
  /// @param values  numbers per decision
  explicit RiskSets(std::size_t values) : values_(values) {}

  /// One decision of one replicate that was at risk.
  ///
  /// @param set  the time, and whatever else those compared have in common
  /// @param x    shape (values), finite
  void add(std::uint64_t set, bool moved, std::span<const double> x);

  struct Difference {
    double movers = 0.0;          ///< mean over movers
    double others = 0.0;          ///< mean over their mates
    double difference = 0.0;      ///< movers - others
    double expected = 0.0;        ///< mean over movers if chance alone decides who of a set moves
    double standard_error = 0.0;  ///< of the difference under chance alone
    double spread = 0.0;          ///< standard deviation within sets
  };
  struct Comparison {
    std::size_t movers = 0;     ///< all
    std::size_t matched = 0;    ///< of them, those in whose set somebody stayed
    std::size_t mates = 0;      ///< decisions of others in those sets
    std::vector<Difference> x;  ///< shape (values)
  };
  /// All zero where nobody was matched.
  [[nodiscard]] Comparison compare() const;

 private:
  struct Sums {
    std::size_t count = 0;
    std::vector<double> sum, squares;  ///< of what exceeds the set's first value
  };
  struct Set {
    std::vector<double> first;  ///< so that what is constant cancels exactly
    Sums movers, others;
  };
  std::size_t values_;
  std::map<std::uint64_t, Set> sets_;
};

}  // namespace entente
