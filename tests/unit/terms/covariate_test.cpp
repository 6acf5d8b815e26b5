#include "terms/covariate.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Covariate, MultipliesItsOwnColumn) {
  TermRows rows(2);
  rows.add_covariate({1.0F, 2.0F});
  rows.add_covariate({0.5F, -0.25F});
  const CovariateChoice choice{"distance", -2.0F, Profile::height, {LadderRole::engagement}};
  EXPECT_THAT(rows.intensity(*detail::covariate_term(choice, 1)), ElementsAre(-1.0F, 0.5F));
}

TEST(Covariate, ActsOnTheChosenProfileAndLadders) {
  const CovariateChoice choice{
      "religion", 1.0F, Profile::signal, {LadderRole::recognition, LadderRole::coercion}};
  const auto term = detail::covariate_term(choice, 0);
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement), IsEmpty());
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition), ElementsAre(Profile::signal));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion), ElementsAre(Profile::signal));
}

}  // namespace
}  // namespace entente::test
