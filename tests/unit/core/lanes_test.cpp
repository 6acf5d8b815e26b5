#include "core/lanes.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace entente {
namespace {

TEST(Lanes, EveryLevelVisitsEachElementOnce) {
  for (const auto level :
       {lanes::Level::plain, lanes::Level::v2, lanes::Level::v3, lanes::Level::v4}) {
    lanes::use(level);
    for (const std::size_t count : {0U, 1U, 15U, 64U, 1001U}) {
      std::vector<int> visits(count + 1, 0);
      int* out = visits.data();
      lanes::each(count, [=](std::size_t x) { out[x] += 1; });
      for (std::size_t x = 0; x < count; ++x) ASSERT_EQ(visits[x], 1);
      EXPECT_EQ(visits[count], 0);
    }
  }
  lanes::use(lanes::supported());
}

TEST(Lanes, ALevelThatTheMachineLacksIsNotUsed) {
  lanes::use(lanes::Level::v4);
  EXPECT_EQ(lanes::level(), lanes::supported());
  lanes::use(lanes::Level::plain);
  EXPECT_EQ(lanes::level(), lanes::Level::plain);
  lanes::use(lanes::supported());
}

}  // namespace
}  // namespace entente
