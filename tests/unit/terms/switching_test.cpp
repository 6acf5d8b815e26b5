#include "terms/switching.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;

TEST(Switching, CostsTheSameInBothDirectionsUpToTheLadders) {
  const auto term = make_term("switching", {1.5F});
  EXPECT_THAT(TermRows(2).intensity(*term, 0), ElementsAre(-1.5F, -1.5F));
  EXPECT_THAT(TermRows(2).intensity(*term, 1), ElementsAre(-1.5F, -1.5F));
}

TEST(Switching, ActsOnItsLaddersOnly) {
  const auto term = make_term("switching", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement),
              ElementsAre(Profile::moving_up, Profile::moving_down));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition),
              ElementsAre(Profile::moving_up, Profile::moving_down));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion),
              ElementsAre(Profile::moving_up, Profile::moving_down));
}

}  // namespace
}  // namespace entente::test
