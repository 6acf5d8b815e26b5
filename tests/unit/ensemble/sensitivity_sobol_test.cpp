#include <gmock/gmock.h>

#include <boost/random/sobol.hpp>
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "entente/ensemble/sensitivity.hpp"
#include "support/study_functions.hpp"

namespace entente {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr ResampleOptions no_intervals{.resamples = 0};

/// Points of Sobol's sequence, which have to be asked for in order.
study::Point sobol_points(std::size_t columns) {
  auto sequence = std::make_shared<boost::random::sobol>(columns);
  return [=](std::size_t) {
    std::vector<double> point(columns);
    for (double& x : point) x = static_cast<double>((*sequence)() >> 11) * 0x1p-53;
    return point;
  };
}

TEST(SobolIndices, OfIshigamiAreWhatTheyAre) {
  const auto outputs = study::saltelli_outputs(8192, 3, true, sobol_points(6), study::ishigami);
  const auto found = sobol_indices(outputs, 3, true, no_intervals);
  EXPECT_EQ(found.blocks, 8192U);
  EXPECT_NEAR(found.mean, 3.5, 0.01);
  EXPECT_NEAR(found.variance, 13.8446, 0.02);
  EXPECT_NEAR(found.first[0].value, 0.3139, 0.01);
  EXPECT_NEAR(found.first[1].value, 0.4424, 0.01);
  EXPECT_NEAR(found.first[2].value, 0.0, 0.01);
  EXPECT_NEAR(found.total[0].value, 0.5576, 0.01);
  EXPECT_NEAR(found.total[1].value, 0.4424, 0.01);
  EXPECT_NEAR(found.total[2].value, 0.2437, 0.01);
  EXPECT_NEAR(found.second[0 * 3 + 2].value, 0.2437, 0.01);
  EXPECT_NEAR(found.second[0 * 3 + 1].value, 0.0, 0.01);
  EXPECT_NEAR(found.second[1 * 3 + 2].value, 0.0, 0.01);
  EXPECT_EQ(found.second[2 * 3 + 0].value, found.second[0 * 3 + 2].value);
  EXPECT_TRUE(std::isnan(found.second[0].value));
}

TEST(SobolIndices, OfSobolsGFunctionFollowItsClosedForm) {
  const std::vector<double> a{0.0, 1.0, 4.5, 9.0, 99.0};
  const std::size_t k = a.size();
  const auto g = [&](const std::vector<double>& u) {
    double product = 1.0;
    for (std::size_t i = 0; i < k; ++i) {
      product *= (std::fabs(4.0 * u[i] - 2.0) + a[i]) / (1.0 + a[i]);
    }
    return product;
  };
  std::vector<double> part(k);
  double product = 1.0;
  for (std::size_t i = 0; i < k; ++i) {
    part[i] = 1.0 / (3.0 * (1.0 + a[i]) * (1.0 + a[i]));
    product *= 1.0 + part[i];
  }
  const double variance = product - 1.0;
  const auto outputs = study::saltelli_outputs(8192, k, true, sobol_points(2 * k), g);
  const auto found = sobol_indices(outputs, k, true, no_intervals);
  EXPECT_NEAR(found.variance, variance, 0.01);
  for (std::size_t i = 0; i < k; ++i) {
    EXPECT_NEAR(found.first[i].value, part[i] / variance, 0.01);
    EXPECT_NEAR(found.total[i].value, part[i] * product / (1.0 + part[i]) / variance, 0.01);
    for (std::size_t j = 0; j < k; ++j) {
      if (i == j) continue;
      EXPECT_NEAR(found.second[i * k + j].value, part[i] * part[j] / variance, 0.01);
    }
  }
}

TEST(SobolIndices, DoNotDependOnAnAddedConstantOrAUnit) {
  const auto points = study::random_points(6);
  const auto plain = study::saltelli_outputs(100, 3, true, points, study::ishigami);
  std::vector<double> moved;
  for (const double y : plain) moved.push_back(1000.0 - 4.0 * y);
  const auto x = sobol_indices(plain, 3, true, no_intervals);
  const auto y = sobol_indices(moved, 3, true, no_intervals);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(x.first[i].value, y.first[i].value, 1e-9);
    EXPECT_NEAR(x.total[i].value, y.total[i].value, 1e-9);
  }
  EXPECT_NEAR(x.second[1].value, y.second[1].value, 1e-9);
}

TEST(SobolIndices, LeaveOutBlocksWithAMissingOutput) {
  const auto whole =
      study::saltelli_outputs(64, 3, false, study::random_points(6), study::ishigami);
  std::vector<double> without(whole.begin() + 5, whole.end() - 10);
  without.insert(without.end(), whole.end() - 5, whole.end());
  auto holes = whole;
  holes[3] = nan;
  holes[holes.size() - 10] = std::numeric_limits<double>::infinity();
  holes[holes.size() - 9] = nan;
  const auto found = sobol_indices(holes, 3, false);
  const auto expected = sobol_indices(without, 3, false);
  EXPECT_EQ(found.dropped, 2U);
  EXPECT_EQ(found.blocks, 62U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(found.first[i].value, expected.first[i].value);
    EXPECT_EQ(found.total[i].high, expected.total[i].high);
  }
}

TEST(SobolIndices, AreNotDefinedWhereNothingVaries) {
  const std::vector<double> outputs(20 * 4, 0.1);
  const auto found = sobol_indices(outputs, 2, false);
  EXPECT_TRUE(found.constant);
  EXPECT_EQ(found.variance, 0.0);
  EXPECT_EQ(found.resamples, 0U);
  EXPECT_TRUE(std::isnan(found.first[0].value));
  EXPECT_TRUE(std::isnan(found.total[1].low));
}

TEST(SobolIndices, NeedTwoBlocks) {
  const std::vector<double> outputs{1.0, 2.0, 3.0, 4.0};
  const auto found = sobol_indices(outputs, 2, false);
  EXPECT_EQ(found.blocks, 1U);
  EXPECT_FALSE(found.constant);
  EXPECT_TRUE(std::isnan(found.first[0].value));
  EXPECT_EQ(sobol_indices({}, 2, false).blocks, 0U);
}

TEST(SobolIndices, IntervalsCoverAsOftenAsTheySay) {
  // y = 2 u_1 + u_2: shares 0.8 and 0.2.
  const auto f = [](const std::vector<double>& u) { return 2.0 * u[0] + u[1]; };
  int first = 0, total = 0;
  constexpr int studies = 1000;
  for (int study = 0; study < studies; ++study) {
    const auto points = study::random_points(4, 1000 + static_cast<std::uint64_t>(study));
    const auto found = sobol_indices(study::saltelli_outputs(128, 2, false, points, f), 2, false,
                                     {.resamples = 200, .confidence = 0.9});
    first += found.first[0].low <= 0.8 && 0.8 <= found.first[0].high ? 1 : 0;
    total += found.total[1].low <= 0.2 && 0.2 <= found.total[1].high ? 1 : 0;
  }
  EXPECT_NEAR(first / double{studies}, 0.9, 0.04);
  EXPECT_NEAR(total / double{studies}, 0.9, 0.04);
}

TEST(SobolIndices, RepeatWithTheSeed) {
  const auto outputs =
      study::saltelli_outputs(32, 3, false, study::random_points(6), study::ishigami);
  const auto x = sobol_indices(outputs, 3, false, {.seed = 7});
  const auto same = sobol_indices(outputs, 3, false, {.seed = 7});
  const auto other = sobol_indices(outputs, 3, false, {.seed = 8});
  EXPECT_EQ(x.resamples, 1000U);
  EXPECT_EQ(x.first[0].low, same.first[0].low);
  EXPECT_NE(x.first[0].low, other.first[0].low);
  EXPECT_EQ(x.first[0].value, other.first[0].value);
}

TEST(SobolIndices, RefuseRowsThatAreNotWholeBlocks) {
  const std::vector<double> outputs(9);
  EXPECT_THROW((void)sobol_indices(outputs, 2, false), std::invalid_argument);
  EXPECT_THROW((void)sobol_indices(outputs, 0, false), std::invalid_argument);
  EXPECT_THROW((void)sobol_indices(std::span(outputs).first(8), 2, false, {.confidence = 95.0}),
               std::invalid_argument);
}

}  // namespace
}  // namespace entente
