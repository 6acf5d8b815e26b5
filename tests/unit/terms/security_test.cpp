#include "terms/security.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Security, MultipliesWeightTrustAndSecurity) {
  // 2 * 0.5 * 0.5 * 0.75 = 0.375; 2 * 1 * 0.5 * -0.25 = -0.25
  const auto term = make_term("security", {2.0F});
  const TermRows rows{{Driver::security_weight, {0.5F, 1.0F}},
                      {Driver::trust, {0.5F, 0.5F}},
                      {Driver::security, {0.75F, -0.25F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(0.375F, -0.25F));
}

TEST(Security, IsNothingToOneWhoCannotDeliver) {
  const auto term = make_term("security", {2.0F});
  const TermRows rows{
      {Driver::security_weight, {1.0F}}, {Driver::trust, {0.0F}}, {Driver::security, {1.0F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(0.0F));
}

TEST(Security, ActsOnItsLaddersOnly) {
  const auto term = make_term("security", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), ElementsAre(Profile::security));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), ElementsAre(Profile::security));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), IsEmpty());
}

}  // namespace
}  // namespace entente::test
