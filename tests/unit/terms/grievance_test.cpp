#include "terms/grievance.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Grievance, MultipliesWeightGrievanceAndCapability) {
  // 2 * 0.5 * 0.5 * 0.5 = 0.25; without capability nothing
  const auto term = make_term("grievance", {2.0F});
  const TermRows rows{{Driver::security_weight, {0.5F, 1.0F}},
                      {Driver::grievance, {0.5F, 1.0F}},
                      {Driver::capability, {0.5F, 0.0F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(0.25F, 0.0F));
}

TEST(Grievance, ActsOnItsLaddersOnly) {
  const auto term = make_term("grievance", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), IsEmpty());
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), IsEmpty());
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), ElementsAre(Profile::height));
}

}  // namespace
}  // namespace entente::test
