#include "rounding.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "core/random.hpp"

namespace entente::cli {
namespace {

TEST(RoundParts, AddUpToTheSumRoundedOnce) {
  const std::vector<double> thirds{1.0 / 3, 1.0 / 3, 1.0 / 3};
  const auto rounded = round_parts(thirds, 3);
  EXPECT_EQ(rounded.total(), "1.000");
  EXPECT_EQ(rounded.part(0), "0.334");
  EXPECT_EQ(rounded.part(1), "0.333");
  EXPECT_EQ(rounded.part(2), "0.333");
}

TEST(RoundParts, MoveByLessThanOneUnit) {
  for (std::uint32_t trial = 0; trial < 1000; ++trial) {
    std::vector<double> values;
    for (std::uint32_t x = 0; x < 1 + trial % 17; ++x) {
      values.push_back(20.0 * random::uniform(random::word(1, x, trial, 0, 0)) - 10.0);
    }
    const auto rounded = round_parts(values, 3);
    EXPECT_EQ(std::accumulate(rounded.parts.begin(), rounded.parts.end(), std::int64_t{0}),
              rounded.sum);
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    EXPECT_LE(std::abs(static_cast<double>(rounded.sum) - 1000.0 * sum), 0.5 + 1e-6);
    for (std::size_t x = 0; x < values.size(); ++x) {
      EXPECT_LT(std::abs(static_cast<double>(rounded.parts[x]) - 1000.0 * values[x]), 1.0);
    }
  }
}

TEST(RoundParts, LeaveZerosAlone) {
  const auto rounded = round_parts(std::vector<double>{0.0, 0.4, 0.4, 0.0}, 0);
  EXPECT_EQ(rounded.parts, (std::vector<std::int64_t>{0, 1, 0, 0}));
}

TEST(RoundParts, HaveNoNegativeZero) {
  const auto rounded = round_parts(std::vector<double>{-0.0001, 0.0001});
  EXPECT_EQ(rounded.part(0), "0.000");
  EXPECT_EQ(rounded.total(), "0.000");
  EXPECT_EQ(round_parts({}).total(), "0.000");
}

TEST(Percent, ClaimsCertaintyOnlyWhereItIs) {
  EXPECT_EQ(percent(0.0), "0 %");
  EXPECT_EQ(percent(0.004), "<1 %");
  EXPECT_EQ(percent(0.006), "1 %");
  EXPECT_EQ(percent(0.994), "99 %");
  EXPECT_EQ(percent(0.996), ">99 %");
  EXPECT_EQ(percent(1.0), "100 %");
}

}  // namespace
}  // namespace entente::cli
