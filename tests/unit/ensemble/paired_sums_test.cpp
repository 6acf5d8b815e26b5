#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "entente/ensemble/paired.hpp"

namespace entente {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

PairedEstimate estimate(const std::vector<std::pair<std::int64_t, std::int64_t>>& pairs) {
  PairedSums sums;
  for (const auto& [x, y] : pairs) sums.add(x, y);
  return sums.estimate();
}

TEST(PairedSums, GiveTheTextbookNumbers) {
  // Differences 1, 0, 2, -1: variance 5/3. Variances 5/3 and 2 of the two sides.
  const auto e = estimate({{1, 2}, {2, 2}, {3, 5}, {4, 3}});
  EXPECT_EQ(e.pairs, 4U);
  EXPECT_EQ(e.baseline, 2.5);
  EXPECT_EQ(e.variant, 3.0);
  EXPECT_EQ(e.difference, 0.5);
  EXPECT_EQ(e.more, 0.5);
  EXPECT_EQ(e.fewer, 0.25);
  EXPECT_DOUBLE_EQ(e.error, std::sqrt(5.0 / 12.0));
  EXPECT_DOUBLE_EQ(e.unpaired_error, std::sqrt(11.0 / 12.0));
  EXPECT_DOUBLE_EQ(e.narrowing(), std::sqrt(11.0 / 5.0));
}

TEST(PairedSums, IntervalIsThatOfStudent) {
  const auto e = estimate({{1, 2}, {2, 2}, {3, 5}, {4, 3}});
  constexpr double t3 = 3.182446305284263;  // 97.5 % quantile, 3 degrees of freedom
  EXPECT_NEAR(e.low, 0.5 - t3 * std::sqrt(5.0 / 12.0), 1e-12);
  EXPECT_NEAR(e.high, 0.5 + t3 * std::sqrt(5.0 / 12.0), 1e-12);
  const auto two = estimate({{0, 0}, {0, 2}});
  EXPECT_NEAR(two.high, 1 + 12.706204736432095, 1e-9);  // 1 degree of freedom
}

TEST(PairedSums, ConstantDifferenceIsKnownWithoutError) {
  const auto e = estimate({{1, 4}, {7, 10}, {2, 5}});
  EXPECT_EQ(e.difference, 3.0);
  EXPECT_EQ(e.error, 0.0);
  EXPECT_EQ(e.low, 3.0);
  EXPECT_EQ(e.high, 3.0);
  EXPECT_EQ(e.more, 1.0);
  EXPECT_GT(e.unpaired_error, 0.0);
  EXPECT_EQ(e.narrowing(), infinite);
}

TEST(PairedSums, IdenticalSidesGiveExactZeros) {
  const auto e = estimate({{1, 1}, {7, 7}, {2, 2}});
  EXPECT_EQ(e.difference, 0.0);
  EXPECT_EQ(e.error, 0.0);
  EXPECT_EQ(e.low, 0.0);
  EXPECT_EQ(e.high, 0.0);
  EXPECT_EQ(e.more + e.fewer, 0.0);
  EXPECT_EQ(e.baseline, e.variant);
  EXPECT_EQ(e.narrowing(), infinite);
}

TEST(PairedSums, WhereNothingVariesPairingGainsNothing) {
  EXPECT_EQ(estimate({{5, 5}, {5, 5}}).narrowing(), 1.0);
  EXPECT_EQ(estimate({{5, 6}, {5, 6}}).narrowing(), 1.0);
}

TEST(PairedSums, SmallSpreadOfLargeCountsIsNotLost) {
  // Differences alternate between 0 and 1 around counts of ten million.
  PairedSums sums;
  constexpr std::int64_t large = 10'000'000;
  for (std::int64_t n = 0; n < 1000; ++n) sums.add(large, large + n % 2);
  const auto e = sums.estimate();
  EXPECT_DOUBLE_EQ(e.error, std::sqrt(0.25 / 999));
  EXPECT_DOUBLE_EQ(e.unpaired_error, std::sqrt(0.25 / 999));
}

TEST(PairedSums, OfOnePairHaveNoError) {
  const auto one = estimate({{2, 3}});
  EXPECT_EQ(one.difference, 1.0);
  EXPECT_TRUE(std::isnan(one.error));
  EXPECT_TRUE(std::isnan(one.low));
  EXPECT_TRUE(std::isnan(one.narrowing()));
  EXPECT_TRUE(std::isnan(estimate({}).difference));
}

TEST(SignTest, IsExactAndTwoSided) {
  EXPECT_EQ(sign_test(0, 0), 1.0);
  EXPECT_DOUBLE_EQ(sign_test(5, 0), 0.0625);
  EXPECT_DOUBLE_EQ(sign_test(0, 6), 0.03125);
  EXPECT_DOUBLE_EQ(sign_test(10, 2), 2.0 * (1 + 12 + 66) / 4096.0);
  EXPECT_DOUBLE_EQ(sign_test(2, 10), sign_test(10, 2));
  EXPECT_EQ(sign_test(3, 3), 1.0);
}

}  // namespace
}  // namespace entente
