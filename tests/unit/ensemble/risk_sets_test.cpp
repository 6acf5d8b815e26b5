#include "entente/ensemble/risk_sets.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "core/random.hpp"

namespace entente {
namespace {

double uniform(std::uint32_t entity, std::uint32_t step, std::uint32_t replicate) {
  return random::uniform(random::word(1, entity, step, 0, replicate));
}

TEST(RiskSets, ComparesWithinSets) {
  RiskSets sets(1);
  // Time 1: mover 5, others 1 and 3. Time 2: movers 10 and 20, other 11.
  for (const auto& [set, moved, x] : {std::tuple{1, true, 5.0},
                                      {1, false, 1.0},
                                      {1, false, 3.0},
                                      {2, true, 10.0},
                                      {2, true, 20.0},
                                      {2, false, 11.0}}) {
    sets.add(static_cast<std::uint64_t>(set), moved, std::array{x});
  }
  const auto found = sets.compare();
  EXPECT_EQ(found.movers, 3U);
  EXPECT_EQ(found.matched, 3U);
  EXPECT_EQ(found.mates, 3U);
  EXPECT_NEAR(found.x[0].difference, (3.0 + 2.0 * 4.0) / 3.0, 1e-12);
  EXPECT_NEAR(found.x[0].movers, 35.0 / 3.0, 1e-12);
  EXPECT_NEAR(found.x[0].others, 24.0 / 3.0, 1e-12);
  EXPECT_NEAR(found.x[0].expected, (3.0 + 2.0 * 41.0 / 3.0) / 3.0, 1e-12);
  // Variances within the sets: of (5, 1, 3): 4; of (10, 20, 11): 91/3.
  const double variance = 4.0 * 1.5 + 4.0 * 91.0 / 3.0 * 1.5;
  EXPECT_NEAR(found.x[0].standard_error, std::sqrt(variance) / 3.0, 1e-12);
}

TEST(RiskSets, PartsSumToTheWhole) {
  RiskSets sets(4);
  for (std::uint32_t n = 0; n < 500; ++n) {
    const double a = uniform(0, n, 0), b = uniform(1, n, 0), c = uniform(2, n, 0);
    sets.add(n % 7, uniform(3, n, 0) < a, std::array{a, b, c, a + b + c});
  }
  const auto found = sets.compare();
  EXPECT_NEAR(found.x[0].difference + found.x[1].difference + found.x[2].difference,
              found.x[3].difference, 1e-12);
  EXPECT_GT(found.x[0].difference, 0.1);
}

TEST(RiskSets, LeavesOutMoversWithoutMates) {
  RiskSets sets(1);
  sets.add(1, true, std::array{100.0});
  sets.add(2, true, std::array{4.0});
  sets.add(2, false, std::array{1.0});
  sets.add(3, false, std::array{-50.0});
  const auto found = sets.compare();
  EXPECT_EQ(found.movers, 2U);
  EXPECT_EQ(found.matched, 1U);
  EXPECT_EQ(found.mates, 1U);
  EXPECT_EQ(found.x[0].difference, 3.0);
}

TEST(RiskSets, WhatIsConstantDoesNotDiffer) {
  RiskSets sets(1);
  for (std::uint32_t n = 0; n < 100; ++n) sets.add(n % 3, n % 5 == 0, std::array{0.1});
  const auto found = sets.compare();
  EXPECT_EQ(found.x[0].difference, 0.0);
  EXPECT_EQ(found.x[0].standard_error, 0.0);
}

TEST(RiskSets, NobodyMovedIsNothingToCompare) {
  RiskSets sets(1);
  sets.add(1, false, std::array{1.0});
  EXPECT_EQ(sets.compare().matched, 0U);
  EXPECT_EQ(sets.compare().x[0].difference, 0.0);
}

TEST(RiskSets, StandardErrorIsThatOfChance) {
  // Moves that have nothing to do with a trait, in sets of the size of those still at risk.
  constexpr std::uint32_t trials = 400;
  double squares = 0.0;
  for (std::uint32_t trial = 0; trial < trials; ++trial) {
    RiskSets sets(1);
    for (std::uint32_t i = 0; i < 60; ++i) {
      const double trait = uniform(i, 1000, trial) < 0.3 ? 1.0 : 0.0;
      for (std::uint32_t t = 0; t < 12; ++t) {
        const bool moves = uniform(i, t, trial) < 0.08;
        sets.add(t, moves, std::array{trait});
        if (moves) break;
      }
    }
    const auto found = sets.compare().x[0];
    squares += std::pow(found.difference / found.standard_error, 2.0);
  }
  // The mean of squares of 400 standard normal numbers, within five standard errors.
  EXPECT_NEAR(squares / trials, 1.0, 5.0 * std::sqrt(2.0 / trials));
}

}  // namespace
}  // namespace entente
