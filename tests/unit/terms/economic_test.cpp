#include "terms/economic.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Economic, MultipliesWeightTrustAndGain) {
  // 4 * 0.5 * 0.75 * 0.5 = 0.75
  const auto term = make_term("economic", {4.0F});
  const TermRows rows{{Driver::economic_weight, {0.5F, 0.0F}},
                      {Driver::trust, {0.75F, 1.0F}},
                      {Driver::economic, {0.5F, 1.0F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(0.75F, 0.0F));
}

TEST(Economic, ActsOnItsLaddersOnly) {
  const auto term = make_term("economic", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), ElementsAre(Profile::economic));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), ElementsAre(Profile::economic));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), IsEmpty());
}

}  // namespace
}  // namespace entente::test
