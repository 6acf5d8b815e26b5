#include "engine/choice.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace entente::detail {
namespace {

/// One decision with a draw of our choosing; returns the new rung.
std::uint8_t decide(std::uint8_t rung, float down, float up, float opportunity, double uniform,
                    std::size_t rungs = 3, float inverse_temperature = 1.0F) {
  const auto draw = static_cast<std::uint32_t>(uniform * 4294967296.0);
  std::uint8_t next = 99;
  ChoiceRow row;
  row.size = 1;
  row.rungs = rungs;
  row.rung = &rung;
  row.up = &up;
  row.down = &down;
  row.opportunity = &opportunity;
  row.draws = &draw;
  row.inverse_temperature = inverse_temperature;
  row.next = &next;
  EXPECT_TRUE(choose(row));
  return next;
}

TEST(Choose, DrawPicksByInverseDistributionInTheOrderBelowOwnAbove) {
  const double below = std::exp(0.2), above = std::exp(-0.5);
  const double whole = 1.0 + below + above;
  const double to_below = 0.6 * below / whole;
  const double to_above = 0.6 * above / whole;
  EXPECT_EQ(decide(1, 0.2F, -0.5F, 0.6F, to_below - 1e-5), 0);
  EXPECT_EQ(decide(1, 0.2F, -0.5F, 0.6F, to_below + 1e-5), 1);
  EXPECT_EQ(decide(1, 0.2F, -0.5F, 0.6F, 1.0 - to_above - 1e-5), 1);
  EXPECT_EQ(decide(1, 0.2F, -0.5F, 0.6F, 1.0 - to_above + 1e-5), 2);
}

TEST(Choose, LimitOfADrawExcludesNobodyWhoMayMove) {
  for (const float opportunity : {0.0F, 1e-9F, 0.03F, 0.5F, 0.9999999F, 1.0F}) {
    const std::int32_t limit = draw_limit(opportunity);
    const auto edge = static_cast<std::int64_t>(static_cast<double>(opportunity) * 0x1p31);
    for (std::int64_t half = edge - 400; half < edge + 400; ++half) {
      if (half < 0 || half > INT32_MAX) continue;
      const auto draw = static_cast<std::uint32_t>(half) << 1;
      if (random::from_zero(draw) < opportunity) {
        ASSERT_LT(half, limit) << opportunity;
      }
    }
  }
}

TEST(Choose, WithoutOpportunityNobodyMoves) {
  for (const double u : {0.0, 0.3, 0.9999999}) EXPECT_EQ(decide(1, 50.0F, 50.0F, 0.0F, u), 1);
}

TEST(Choose, EndsOfTheLadderHaveTwoOptions) {
  EXPECT_EQ(decide(0, 80.0F, -80.0F, 1.0F, 0.0), 0);
  EXPECT_EQ(decide(2, -80.0F, 80.0F, 1.0F, 0.9999999), 2);
  // Two options of equal utility share the draw evenly.
  EXPECT_EQ(decide(0, 0.0F, 0.0F, 1.0F, 0.4999), 0);
  EXPECT_EQ(decide(0, 0.0F, 0.0F, 1.0F, 0.5001), 1);
}

TEST(Choose, TemperatureDividesUtilities) {
  const double above = 1.0 / (1.0 + std::exp(-0.8 / 0.5));
  EXPECT_EQ(decide(0, 0.0F, 0.8F, 1.0F, 1.0 - above - 1e-5, 2, 2.0F), 0);
  EXPECT_EQ(decide(0, 0.0F, 0.8F, 1.0F, 1.0 - above + 1e-5, 2, 2.0F), 1);
}

TEST(Choose, ReportsUtilitiesThatAreNotFinite) {
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    const std::uint8_t rung = 1;
    const float zero = 0.0F, one = 1.0F;
    const std::uint32_t draw = 7;
    std::uint8_t next = 0;
    ChoiceRow row;
    row.size = 1;
    row.rungs = 3;
    row.rung = &rung;
    row.up = &bad;
    row.down = &zero;
    row.opportunity = &one;
    row.draws = &draw;
    row.next = &next;
    EXPECT_FALSE(choose(row));
  }
}

}  // namespace
}  // namespace entente::detail
