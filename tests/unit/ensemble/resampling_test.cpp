#include "ensemble/resampling.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <stdexcept>
#include <vector>

#include "core/quantile.hpp"
#include "support/study_functions.hpp"

namespace entente::detail {
namespace {

TEST(Resampling, QuantileIsByLinearInterpolation) {
  const std::vector<double> x{1.0, 2.0, 4.0, 8.0};
  EXPECT_EQ(sorted_quantile(x, 0.0), 1.0);
  EXPECT_EQ(sorted_quantile(x, 0.5), 3.0);
  EXPECT_EQ(sorted_quantile(x, 0.75), 5.0);
  EXPECT_EQ(sorted_quantile(x, 1.0), 8.0);
  EXPECT_EQ(sorted_quantile(std::span(x).first(1), 0.3), 1.0);
}

TEST(Resampling, DrawsEachUnitAlikeAndAnewInEachResample) {
  std::vector<double> count(7);
  std::set<std::vector<std::uint32_t>> seen;
  (void)resample(7, {.resamples = 7000}, [&](std::span<const std::uint32_t> picks) {
    EXPECT_EQ(picks.size(), 7U);
    for (const auto pick : picks) count[pick] += 1.0;
    seen.emplace(picks.begin(), picks.end());
    return std::vector<double>{0.0};
  });
  for (const double c : count) EXPECT_NEAR(c, 7001.0, 400.0);
  EXPECT_GT(seen.size(), 6900U);
}

TEST(Resampling, ErrorOfAMeanIsThatOfTheory) {
  std::vector<double> x;
  double mean = 0.0, squares = 0.0;
  for (std::size_t n = 0; n < 400; ++n) {
    x.push_back(study::normal(n, 0));
    mean += x.back() / 400.0;
    squares += x.back() * x.back() / 400.0;
  }
  const auto found = resample(400, {.resamples = 4000}, [&](auto picks) {
    double sum = 0.0;
    for (const auto pick : picks) sum += x[pick] / 400.0;
    return std::vector<double>{sum};
  })[0];
  const double error = std::sqrt((squares - mean * mean) / 400.0);
  EXPECT_NEAR(found.value, mean, 1e-12);
  EXPECT_NEAR(found.error, error, 0.05 * error);
  EXPECT_NEAR(found.low, mean - 1.96 * error, 0.2 * error);
  EXPECT_NEAR(found.high, mean + 1.96 * error, 0.2 * error);
}

TEST(Resampling, LeavesOutWhatIsNotDefined) {
  int call = 0;
  const auto found = resample(3, {.resamples = 3}, [&](auto) {
    const double nan = std::nan("");
    const double values[]{5.0, 1.0, nan, 2.0};
    return std::vector<double>{values[call++], nan};
  });
  EXPECT_EQ(found[0].low, 1.025);
  EXPECT_EQ(found[0].high, 1.975);
  EXPECT_TRUE(std::isnan(found[1].low));
}

TEST(Resampling, RefusesAConfidenceThatIsNoShare) {
  const auto none = [](auto) { return std::vector<double>{}; };
  EXPECT_THROW((void)resample(3, {.confidence = 1.0}, none), std::invalid_argument);
  EXPECT_THROW((void)resample(3, {.confidence = std::nan("")}, none), std::invalid_argument);
}

}  // namespace
}  // namespace entente::detail
