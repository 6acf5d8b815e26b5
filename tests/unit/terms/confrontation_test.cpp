#include "terms/confrontation.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Confrontation, IsProportionalToConfrontation) {
  const auto term = make_term("confrontation", {4.0F});
  const TermRows rows{{Driver::confrontation, {0.25F, 0.0F}}};
  EXPECT_THAT(rows.intensity(*term), ElementsAre(1.0F, 0.0F));
}

TEST(Confrontation, ActsOnItsLaddersOnly) {
  const auto term = make_term("confrontation", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), ElementsAre(Profile::signal));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), ElementsAre(Profile::signal));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), IsEmpty());
}

}  // namespace
}  // namespace entente::test
