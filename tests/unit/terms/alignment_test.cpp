#include "terms/alignment.hpp"

#include <gmock/gmock.h>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;

TEST(Alignment, IsTheSquareOfTheDistanceUpToAConstant) {
  // With th = 2, w = 0.5, A = 0.25 the difference between two heights s and s0 must be
  // -th w ((s - A)^2 - (s0 - A)^2).
  const auto term = make_term("alignment", {2.0F});
  const TermRows rows{{Driver::alignment_weight, {0.5F}}, {Driver::alignment, {0.25F}}};
  const float linear = rows.intensity(*term, 0)[0];
  const float square = rows.intensity(*term, 1)[0];
  const auto utility = [&](float s) { return linear * s + square * s * s; };
  EXPECT_FLOAT_EQ(utility(1.0F) - utility(0.5F), -(0.5625F - 0.0625F));
  EXPECT_FLOAT_EQ(utility(0.25F) - utility(0.0F), 0.0625F);
}

TEST(Alignment, IsHighestAtTheMeanOfTheReferenceGroup) {
  const auto term = make_term("alignment", {1.0F});
  const TermRows rows{{Driver::alignment_weight, {3.0F}}, {Driver::alignment, {0.5F}}};
  const float linear = rows.intensity(*term, 0)[0];
  const float square = rows.intensity(*term, 1)[0];
  EXPECT_FLOAT_EQ(-linear / (2.0F * square), 0.5F);
  EXPECT_LT(square, 0.0F);
}

TEST(Alignment, ActsOnItsLaddersOnly) {
  const auto term = make_term("alignment", {1.0F});
  EXPECT_THAT(profiles_on(*term, LadderRole::engagement),
              ElementsAre(Profile::height, Profile::height_squared));
  EXPECT_THAT(profiles_on(*term, LadderRole::recognition),
              ElementsAre(Profile::height, Profile::height_squared));
  EXPECT_THAT(profiles_on(*term, LadderRole::coercion),
              ElementsAre(Profile::height, Profile::height_squared));
}

}  // namespace
}  // namespace entente::test
