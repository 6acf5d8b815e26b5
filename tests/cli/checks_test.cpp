#include "checks.hpp"

#include <gtest/gtest.h>

namespace entente::cli {
namespace {

TEST(WholeNumber, TakesWhatLiesWithin) {
  const Check check = whole_number(1, 100);
  for (const auto* good : {"1", "7", "100"}) EXPECT_EQ(check(good), "");
  for (const auto* bad : {"0", "101", "", "-1", "1.5", "7x", " 7", "99999999999999999999999"}) {
    EXPECT_NE(check(bad).find("allowed: a whole number from 1 to 100"), std::string::npos) << bad;
  }
}

TEST(WholeNumber, TakesMultiples) {
  const Check check = whole_number(0, 64, 8);
  EXPECT_EQ(check("0"), "");
  EXPECT_EQ(check("16"), "");
  EXPECT_EQ(check("12"), "found '12'; allowed: a multiple of 8 from 0 to 64");
}

TEST(OneOf, SuggestsTheNearest) {
  const Check check = one_of({"summary", "rungs", "full"});
  EXPECT_EQ(check("full"), "");
  EXPECT_NE(check("rung").find("did you mean 'rungs'?"), std::string::npos);
}

}  // namespace
}  // namespace entente::cli
