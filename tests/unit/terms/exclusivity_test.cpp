#include "terms/exclusivity.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Exclusivity, CostsWhatTheActorHasWithRivalClaimants) {
  const auto term = make_term("exclusivity", {2.0F});
  const TermRows rows{{Driver::rival_claims, {0.0F, 0.25F, 1.0F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(0.0F, -0.5F, -2.0F));
}

TEST(Exclusivity, ActsOnItsLaddersOnly) {
  const auto term = make_term("exclusivity", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), ElementsAre(Profile::height));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), ElementsAre(Profile::height));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), IsEmpty());
}

}  // namespace
}  // namespace entente::test
