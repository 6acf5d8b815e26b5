#include "terms/mediation.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Mediation, HoldsCoercionDown) {
  const auto term = make_term("mediation", {2.0F});
  const TermRows rows{{Driver::mediation, {0.25F, 0.0F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(-0.5F, 0.0F));
}

TEST(Mediation, ActsOnItsLaddersOnly) {
  const auto term = make_term("mediation", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), IsEmpty());
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), IsEmpty());
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), ElementsAre(Profile::height));
}

}  // namespace
}  // namespace entente::test
