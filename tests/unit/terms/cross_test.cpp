#include "terms/cross.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Cross, LetsEngagementPullTowardsRecognition) {
  const auto term = make_term("cross", {2.0F, 0.5F});
  const TermRows rows{{Driver::engagement, {0.75F, 0.0F}}};
  EXPECT_THAT(rows.intensity(*term, 0), ElementsAre(1.5F, 0.0F));
}

TEST(Cross, LetsCoercionPushDownEngagement) {
  const auto term = make_term("cross", {2.0F, 0.5F});
  const TermRows rows{{Driver::coercion, {0.5F, 1.0F}}};
  EXPECT_THAT(rows.intensity(*term, 1), ElementsAre(-0.25F, -0.5F));
}

TEST(Cross, ActsOnItsLaddersOnly) {
  const auto term = make_term("cross", {1.0F, 0.5F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), ElementsAre(Profile::height));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), ElementsAre(Profile::recognises));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), IsEmpty());
}

}  // namespace
}  // namespace entente::test
