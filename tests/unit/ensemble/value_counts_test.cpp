#include "entente/ensemble/value_counts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

namespace entente {
namespace {

ValueCounts counts_of(const std::vector<double>& values) {
  ValueCounts counts;
  for (const double value : values) counts.add(value);
  return counts;
}

std::vector<std::uint64_t> bits_of(const ValueCounts& counts) {
  const auto s = counts.summary();
  std::vector<std::uint64_t> bits{s.n};
  for (const double x : {s.mean, s.variance, s.error, s.smallest, s.largest}) {
    bits.push_back(std::bit_cast<std::uint64_t>(x));
  }
  for (const double x : s.quantiles) bits.push_back(std::bit_cast<std::uint64_t>(x));
  return bits;
}

TEST(ValueCounts, MeanAndVarianceAreThoseByHand) {
  const auto s = counts_of({2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}).summary();
  EXPECT_EQ(s.n, 8U);
  EXPECT_EQ(s.mean, 5.0);
  EXPECT_EQ(s.variance, 32.0 / 7.0);
  EXPECT_DOUBLE_EQ(s.error, std::sqrt(32.0 / 7.0 / 8.0));
  EXPECT_EQ(s.smallest, 2.0);
  EXPECT_EQ(s.largest, 9.0);
}

// numpy.quantile([2, 4, 4, 4, 5, 5, 7, 9], q, method="linear"), rounded.
TEST(ValueCounts, QuantilesAreOfTypeSeven) {
  const auto counts = counts_of({9.0, 4.0, 5.0, 2.0, 4.0, 7.0, 4.0, 5.0});
  const auto s = counts.summary();
  EXPECT_DOUBLE_EQ(s.quantiles[0], 2.7);
  EXPECT_DOUBLE_EQ(s.quantiles[1], 4.0);
  EXPECT_DOUBLE_EQ(s.quantiles[2], 4.5);
  EXPECT_DOUBLE_EQ(s.quantiles[3], 5.5);
  EXPECT_DOUBLE_EQ(s.quantiles[4], 8.3);
  EXPECT_EQ(counts.quantile(0.0), 2.0);
  EXPECT_EQ(counts.quantile(1.0), 9.0);
}

TEST(ValueCounts, QuantilesOfAnEvenLadderAreShares) {
  ValueCounts counts;
  for (int x = 0; x <= 100; ++x) counts.add(x);
  for (int x = 0; x <= 100; ++x) EXPECT_NEAR(counts.quantile(x / 100.0), x, 1e-12);
}

TEST(ValueCounts, EqualValuesHaveNoVariance) {
  ValueCounts counts;
  counts.add(0.1, 1000003);  // the sum of so many is not exact
  EXPECT_EQ(counts.mean(), 0.1);
  EXPECT_EQ(counts.variance(), 0.0);
  EXPECT_EQ(counts.summary().error, 0.0);
  EXPECT_EQ(counts.quantile(0.05), 0.1);
}

TEST(ValueCounts, NeitherOrderNorPartsMatter) {
  std::vector<double> values;
  for (int x = 0; x < 500; ++x) values.push_back(std::sin(x) * 1e3 + (x % 7) * 0.1);
  values.push_back(0.0);
  values.push_back(-0.0);
  const auto forward = counts_of(values);
  std::reverse(values.begin(), values.end());
  EXPECT_EQ(bits_of(counts_of(values)), bits_of(forward));
  auto parts = counts_of({values.begin() + 200, values.end()});
  parts.merge(counts_of({}));
  parts.merge(counts_of({values.begin(), values.begin() + 200}));
  EXPECT_EQ(bits_of(parts), bits_of(forward));
}

TEST(ValueCounts, TimesAreRepetitions) {
  ValueCounts counts;
  counts.add(3.0, 2);
  counts.add(8.0, 0);
  counts.add(1.0);
  EXPECT_EQ(bits_of(counts), bits_of(counts_of({3.0, 1.0, 3.0})));
  EXPECT_EQ(counts.counts().size(), 2U);
}

TEST(ValueCounts, WhatIsNotKnownIsNotANumber) {
  const auto none = counts_of({}).summary();
  EXPECT_EQ(none.n, 0U);
  EXPECT_TRUE(std::isnan(none.mean));
  EXPECT_TRUE(std::isnan(none.variance));
  EXPECT_TRUE(std::isnan(none.smallest));
  EXPECT_TRUE(std::isnan(none.quantiles[2]));
  const auto one = counts_of({4.0}).summary();
  EXPECT_EQ(one.mean, 4.0);
  EXPECT_TRUE(std::isnan(one.variance));
  EXPECT_TRUE(std::isnan(one.error));
  EXPECT_EQ(one.quantiles[4], 4.0);
}

TEST(ValueCounts, RefusesWhatHasNoPlace) {
  ValueCounts counts;
  EXPECT_THROW(counts.add(std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
  EXPECT_THROW(counts.add(std::numeric_limits<double>::infinity()), std::invalid_argument);
  EXPECT_THROW((void)counts.quantile(1.5), std::invalid_argument);
  EXPECT_THROW((void)counts.quantile(-0.1), std::invalid_argument);
  EXPECT_THROW(counts.merge(counts), std::invalid_argument);
}

}  // namespace
}  // namespace entente
