#include "terms/bandwagon.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Bandwagon, IsProportionalToTheShareThatRecognises) {
  const auto term = make_term("bandwagon", {2.0F});
  const TermRows rows{{Driver::bandwagon, {0.0F, 0.25F, 1.0F, -0.5F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(0.0F, 0.5F, 2.0F, -1.0F));
}

TEST(Bandwagon, ActsOnItsLaddersOnly) {
  const auto term = make_term("bandwagon", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), ElementsAre(Profile::signal));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), ElementsAre(Profile::signal));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), IsEmpty());
}

}  // namespace
}  // namespace entente::test
