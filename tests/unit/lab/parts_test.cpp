#include "lab/page/parts.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace entente::lab {
namespace {

TEST(PerMille, RoundsHalvesUp) {
  EXPECT_EQ(per_mille(0, 7), 0U);
  EXPECT_EQ(per_mille(7, 7), 1000U);
  EXPECT_EQ(per_mille(1, 3), 333U);
  EXPECT_EQ(per_mille(2, 3), 667U);
  EXPECT_EQ(per_mille(1, 2000), 1U);
  EXPECT_EQ(per_mille(1, 2001), 0U);
}

TEST(PerMille, DoesNotFallWhereTheCountRises) {
  for (const std::uint64_t whole : {1U, 3U, 64U, 999U, 4096U}) {
    for (std::uint64_t count = 0; count < whole; ++count) {
      EXPECT_LE(per_mille(count, whole), per_mille(count + 1, whole)) << count << " of " << whole;
    }
  }
}

TEST(Rounded, KeepsDecimalsAndKnowsNoMinusZero) {
  EXPECT_EQ(rounded(0.123456).dump(), "0.1235");
  EXPECT_EQ(rounded(-0.00001).dump(), "0.0");
  EXPECT_EQ(rounded(2.5, 0).dump(), "3.0");
}

TEST(Rounded, IsNullWhereThereIsNoNumber) {
  EXPECT_TRUE(rounded(std::numeric_limits<double>::quiet_NaN()).is_null());
  EXPECT_TRUE(rounded(std::numeric_limits<double>::infinity()).is_null());
}

TEST(Plain, WritesAFloatAsAScenarioHasIt) {
  EXPECT_EQ(plain(0.1F).dump(), "0.1");
  EXPECT_EQ(plain(12.363469F).dump(), "12.363469");
}

}  // namespace
}  // namespace entente::lab
