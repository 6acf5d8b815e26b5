#include "terms/embeddedness.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Embeddedness, RestrainsThoseWhoEngage) {
  const auto term = make_term("embeddedness", {0.5F});
  const TermRows rows{{Driver::engagement, {0.0F, 0.5F, 1.0F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(0.0F, -0.25F, -0.5F));
}

TEST(Embeddedness, ActsOnItsLaddersOnly) {
  const auto term = make_term("embeddedness", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), IsEmpty());
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), IsEmpty());
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), ElementsAre(Profile::height));
}

}  // namespace
}  // namespace entente::test
