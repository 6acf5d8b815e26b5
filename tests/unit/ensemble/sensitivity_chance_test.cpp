#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "entente/ensemble/sensitivity.hpp"
#include "support/study_functions.hpp"

namespace entente {
namespace {

/// Replicates of points whose means have variance `between`; the variance within them differs from
/// point to point and is `within` on average.
std::vector<PointSummary> planted(std::size_t points, std::size_t replicates, double between,
                                  double within, std::uint64_t seed) {
  std::vector<PointSummary> out;
  for (std::size_t p = 0; p < points; ++p) {
    const double level = std::sqrt(between) * study::normal(p, 0, seed);
    const double spread = std::sqrt(within * 2.0 * study::uniform(p, 1, seed));
    std::vector<double> y;
    double mean = 0.0, squares = 0.0;
    for (std::size_t r = 0; r < replicates; ++r) {
      y.push_back(level + spread * study::normal(p, 2 + r, seed));
      mean += y.back() / static_cast<double>(replicates);
    }
    for (const double x : y) squares += (x - mean) * (x - mean);
    out.push_back({mean, squares / static_cast<double>(replicates - 1), replicates});
  }
  return out;
}

TEST(ChanceShare, FindsWhatWasPlanted) {
  const auto found = chance_share(planted(4000, 5, 4.0, 1.0, 1));
  EXPECT_EQ(found.points, 4000U);
  EXPECT_NEAR(found.within, 1.0, 0.05);
  EXPECT_NEAR(found.between, 4.0, 0.3);
  EXPECT_NEAR(found.of_one.value, 0.2, 0.015);
  EXPECT_NEAR(found.of_mean.value, 0.2 / 4.2, 0.005);
  EXPECT_LT(found.of_one.low, 0.2);
  EXPECT_GT(found.of_one.high, 0.2);
}

TEST(ChanceShare, IsUnbiasedWithFewReplicates) {
  // Variances of the means alone would give 0.2 + 1 / 3.
  double between = 0.0, within = 0.0;
  constexpr std::size_t studies = 4000;
  for (std::size_t s = 0; s < studies; ++s) {
    const auto found = chance_share(planted(10, 3, 0.2, 1.0, s + 1), {.resamples = 0});
    between += found.between / double{studies};
    within += found.within / double{studies};
  }
  EXPECT_NEAR(between, 0.2, 0.02);
  EXPECT_NEAR(within, 1.0, 0.03);
}

TEST(ChanceShare, IsWhatTheDefinitionSays) {
  const std::vector<PointSummary> points{{1.0, 2.0, 2}, {4.0, 0.0, 4}, {7.0, 4.0, 8}};
  const auto found = chance_share(points);
  EXPECT_NEAR(found.within, 2.0, 1e-12);
  EXPECT_NEAR(found.between, 9.0 - 0.5, 1e-12);
  EXPECT_NEAR(found.of_one.value, 2.0 / 10.5, 1e-12);
  EXPECT_NEAR(found.of_mean.value, 0.5 / 9.0, 1e-12);
  EXPECT_NEAR(found.of_one_shared, 2.0 / 11.0, 1e-12);
}

TEST(ChanceShare, BoundsHoldWhatWasPlantedHoweverLuckIsShared) {
  // Chance has the share 1 / (1 + 0.4). Luck of a point is partly that of all, partly its own.
  constexpr std::size_t studies = 2000, count = 10, replicates = 3;
  for (const double shared : {0.0, 0.5, 1.0}) {
    double least = 0.0, most = 0.0;  // variance between points, on average
    for (std::size_t s = 0; s < studies; ++s) {
      std::vector<PointSummary> points;
      for (std::size_t p = 0; p < count; ++p) {
        const double level = std::sqrt(0.4) * study::normal(p, 0, s + 1);
        double mean = 0.0, squares = 0.0;
        for (std::size_t r = 0; r < replicates; ++r) {
          const double y = level + std::sqrt(shared) * study::normal(count, 1 + r, s + 1) +
                           std::sqrt(1.0 - shared) * study::normal(p, 1 + r, s + 1);
          mean += y;
          squares += y * y;
        }
        mean /= double{replicates};
        points.push_back({mean, (squares - double{replicates} * mean * mean) / 2.0, replicates});
      }
      const auto found = chance_share(points, {.resamples = 0});
      least += found.between / double{studies};
      most += found.within * (1.0 / found.of_one_shared - 1.0) / double{studies};
    }
    // Of the luck left in the means, 1/3, the bounds lack what is shared and have what is not.
    EXPECT_NEAR(least, 0.4 - shared / 3.0, 0.03) << shared;
    EXPECT_NEAR(most, 0.4 + (1.0 - shared) / 3.0, 0.03) << shared;
  }
}

TEST(ChanceShare, CountsAVarianceBelowZeroAsNone) {
  const std::vector<PointSummary> points{{1.0, 2.0, 2}, {1.0, 2.0, 2}};
  const auto found = chance_share(points);
  EXPECT_EQ(found.between, -1.0);
  EXPECT_EQ(found.of_one.value, 1.0);
  EXPECT_EQ(found.of_mean.value, 1.0);
  EXPECT_EQ(found.of_one_shared, 1.0);
}

TEST(ChanceShare, LeavesOutWhatHasNoVariance) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<PointSummary> points{
      {1.0, 2.0, 2}, {5.0, 0.0, 1}, {nan, 1.0, 5}, {4.0, 2.0, 2}, {0.0, nan, 3}};
  const auto found = chance_share(points);
  EXPECT_EQ(found.points, 2U);
  EXPECT_EQ(found.dropped, 3U);
  EXPECT_NEAR(found.between, 4.5 - 1.0, 1e-12);
}

TEST(ChanceShare, IsNotDefinedWhereNothingVaries) {
  const std::vector<PointSummary> points{{0.1, 0.0, 5}, {0.1, 0.0, 5}, {0.1, 0.0, 5}};
  EXPECT_TRUE(std::isnan(chance_share(points).of_one.value));
  EXPECT_TRUE(std::isnan(chance_share(points).of_one_shared));
  EXPECT_TRUE(std::isnan(chance_share({}).within));
}

}  // namespace
}  // namespace entente
