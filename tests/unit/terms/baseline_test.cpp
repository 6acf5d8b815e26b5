#include "terms/baseline.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;

TEST(Baseline, GivesEveryElementItsCoefficient) {
  const auto term = make_term("baseline", {1.5F});
  EXPECT_THAT(TermRows(3).intensity(*term), ElementsAre(1.5F, 1.5F, 1.5F));
}

TEST(Baseline, LeavesTheScenarioBaselinesAsTheyAreByDefault) {
  const auto info = detail::baseline_term();
  EXPECT_EQ(info.field("coefficient")->fallback, 1.0F);
}

TEST(Baseline, ActsOnItsLaddersOnly) {
  const auto term = make_term("baseline", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), ElementsAre(Profile::baseline));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), ElementsAre(Profile::baseline));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), ElementsAre(Profile::baseline));
}

}  // namespace
}  // namespace entente::test
