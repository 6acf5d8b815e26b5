#include "terms/need.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Need, PullsInProportionToNeed) {
  const auto term = make_term("need", {0.5F});
  const TermRows rows{{Driver::need, {0.5F, 1.0F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(0.25F, 0.5F));
}

TEST(Need, ActsOnItsLaddersOnly) {
  const auto term = make_term("need", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), ElementsAre(Profile::security));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), ElementsAre(Profile::security));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), IsEmpty());
}

}  // namespace
}  // namespace entente::test
