#include "terms/rivalry.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Rivalry, OpensADoorWhereARivalQuarrelsAndClosesItOtherwise) {
  const auto term = make_term("rivalry", {0.5F});
  const TermRows rows{{Driver::rivalry, {0.5F, -0.25F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(0.25F, -0.125F));
}

TEST(Rivalry, ActsOnItsLaddersOnly) {
  const auto term = make_term("rivalry", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), ElementsAre(Profile::economic));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), ElementsAre(Profile::economic));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), IsEmpty());
}

}  // namespace
}  // namespace entente::test
