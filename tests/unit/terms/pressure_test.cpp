#include "terms/pressure.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Pressure, CostsInProportionToPressure) {
  const auto term = make_term("pressure", {2.0F});
  const TermRows rows{{Driver::pressure, {0.25F, 1.0F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(-0.5F, -2.0F));
}

TEST(Pressure, ActsOnItsLaddersOnly) {
  const auto term = make_term("pressure", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), ElementsAre(Profile::exposure));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), ElementsAre(Profile::exposure));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), IsEmpty());
}

}  // namespace
}  // namespace entente::test
