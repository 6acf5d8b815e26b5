#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "entente/ensemble/discovery.hpp"

namespace entente {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Two factors, eight cases, four of them hits.
const std::vector<double> x{1, 0, 2, 1, 3, 0, 4, 1, 5, 0, 6, 1, 7, 0, 8, 1};
const std::vector<double> y{0, 0, 0, 1, 0, 1, 1, 1};
const Cases cases{x, 2, y};

TEST(Box, CountsWhatIsInIt) {
  // Values 4 to 8 of the first factor: outputs 1, 0, 1, 1, 1.
  const auto box = measure_box(cases, {{4.0, infinity, {}}, {}});
  EXPECT_EQ(box.rows, 5U);
  EXPECT_EQ(box.hits, 4.0);
  EXPECT_EQ(box.coverage, 1.0);
  EXPECT_EQ(box.density, 0.8);
  EXPECT_EQ(box.mass, 0.625);
  EXPECT_EQ(box.restricted, 1U);
  // P(X >= 4), X binomial (5, 1/2): 6 / 32.
  EXPECT_NEAR(box.quasi_p[0], 6.0 / 32.0, 1e-12);
  EXPECT_TRUE(std::isnan(box.quasi_p[1]));
}

TEST(Box, JudgesALimitAgainstTheBoxWithoutIt) {
  // Of 4, 6 and 8 all three are hits. Without the first limit: 3 of 4 in {2, 4, 6, 8}; without the
  // second 4 of 5.
  const auto box = measure_box(cases, {{3.5, infinity, {}}, {-infinity, infinity, {0.0}}});
  EXPECT_EQ(box.rows, 3U);
  EXPECT_EQ(box.density, 1.0);
  EXPECT_EQ(box.restricted, 2U);
  EXPECT_NEAR(box.quasi_p[0], std::pow(0.75, 3), 1e-12);
  EXPECT_NEAR(box.quasi_p[1], std::pow(0.8, 3), 1e-12);
}

TEST(Box, ALimitThatChangesNoDensityIsIrrelevant) {
  const std::vector<double> four{0, 0, 0, 1, 1, 0, 1, 1};  // the first factor decides
  const auto box =
      measure_box({four, 2, std::vector<double>{0, 0, 1, 1}}, {{0.5, 1.0, {}}, {0.5, 1.0, {}}});
  EXPECT_EQ(box.quasi_p[1], 1.0);
  EXPECT_EQ(box.quasi_p[0], 0.5);
}

TEST(Box, MayBeEmpty) {
  const auto box = measure_box(cases, {{9.0, 10.0, {}}, {}});
  EXPECT_EQ(box.rows, 0U);
  EXPECT_EQ(box.coverage, 0.0);
  EXPECT_TRUE(std::isnan(box.density));
  EXPECT_TRUE(std::isnan(box.quasi_p[0]));
  EXPECT_THROW((void)measure_box(cases, {{}}), std::invalid_argument);
}

TEST(Box, ContainsItsLimits) {
  const Box box{.limits = {{1.0, 2.0, {}}, {-infinity, infinity, {3.0}}}};
  EXPECT_TRUE(box.contains(std::vector{1.0, 0.0}));
  EXPECT_TRUE(box.contains(std::vector{2.0, 4.0}));
  EXPECT_FALSE(box.contains(std::vector{2.1, 4.0}));
  EXPECT_FALSE(box.contains(std::vector{1.5, 3.0}));
  EXPECT_FALSE(box.contains(std::vector{std::nan(""), 0.0}));
  EXPECT_FALSE(box.contains(std::vector{1.5, std::nan("")}));
  EXPECT_THROW((void)box.contains(std::vector{1.5}), std::invalid_argument);
}

Box worth(double coverage, double density, std::size_t restricted) {
  return {.coverage = coverage, .density = density, .restricted = restricted};
}

TEST(DensestBox, IsAmongThoseThatCoverEnough) {
  const std::vector<Box> boxes{worth(1.0, 0.3, 0), worth(0.95, 0.6, 2), worth(0.9, 0.6, 1),
                               worth(0.92, 0.6, 1), worth(0.5, 0.9, 3)};
  EXPECT_EQ(densest_box(boxes, 0.8), 3U);
  EXPECT_EQ(densest_box(boxes, 0.94), 1U);
  EXPECT_EQ(densest_box(boxes, 0.5), 4U);
  EXPECT_EQ(densest_box(boxes, 1.1), 0U);
  EXPECT_EQ(densest_box(std::vector{worth(std::nan(""), 0.0, 0)}, 0.8), 0U);
  EXPECT_THROW((void)densest_box({}, 0.8), std::invalid_argument);
}

TEST(KneeBox, IsWhereMoreDensityBeginsToCostMuchCoverage) {
  // Heights: 0, 0.5 - 0.25, 0.75 - 0.25, 1 - 1.
  const std::vector<Box> boxes{worth(1.0, 0.1, 0), worth(0.875, 0.5, 1), worth(0.875, 0.7, 2),
                               worth(0.5, 0.9, 3)};
  EXPECT_EQ(knee_box(boxes), 2U);
}

TEST(KneeBox, IsTheDensestWhereNothingIsLost) {
  const std::vector<Box> boxes{worth(1.0, 0.25, 0), worth(1.0, 0.5, 1), worth(1.0, 1.0, 3),
                               worth(1.0, 1.0, 2)};
  EXPECT_EQ(knee_box(boxes), 3U);
}

TEST(KneeBox, IsTheWholeSpaceWhereNothingIsGained) {
  EXPECT_EQ(knee_box(std::vector{worth(1.0, 0.5, 0), worth(0.9, 0.5, 1)}), 0U);
  EXPECT_EQ(knee_box(std::vector{worth(std::nan(""), 0.0, 0)}), 0U);
  EXPECT_THROW((void)knee_box({}), std::invalid_argument);
}

}  // namespace
}  // namespace entente
