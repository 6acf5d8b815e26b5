#include "terms/rights.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Rights, CostsWeightTimesPressureWithoutCover) {
  // -2 * 0.5 * 0.75
  const auto term = make_term("rights", {2.0F, 0.5F});
  const TermRows rows{
      {Driver::rights_weight, {0.5F}}, {Driver::rights, {0.75F}}, {Driver::cover, {0.0F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(-0.75F));
}

TEST(Rights, LetsRecognisingPeersLowerTheCost) {
  // the share 1 - 0.5 F remains: all of it, three quarters, half
  const auto term = make_term("rights", {2.0F, 0.5F});
  const TermRows rows{{Driver::rights_weight, {1.0F, 1.0F, 1.0F}},
                      {Driver::rights, {1.0F, 1.0F, 1.0F}},
                      {Driver::cover, {0.0F, 0.5F, 1.0F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(-2.0F, -1.5F, -1.0F));
}

TEST(Rights, StatesTheRangeOfCoverEffect) {
  const auto info = detail::rights_term();
  const auto* field = info.field("cover_effect");
  ASSERT_NE(field, nullptr);
  EXPECT_EQ(field->min, 0.0F);
  EXPECT_EQ(field->max, 1.0F);
  EXPECT_EQ(field->unit, "1");
}

TEST(Rights, ActsOnItsLaddersOnly) {
  const auto term = make_term("rights", {1.0F, 0.5F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), ElementsAre(Profile::exposure));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), ElementsAre(Profile::exposure));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), IsEmpty());
}

}  // namespace
}  // namespace entente::test
