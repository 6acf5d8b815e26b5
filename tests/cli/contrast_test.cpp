#include "contrast.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/bare_world.hpp"

namespace entente::cli {
namespace {

Difference shares(double movers, double others, double expected, double standard_error) {
  Difference x;
  x.movers = movers;
  x.others = others;
  x.difference = movers - others;
  x.expected = expected;
  x.standard_error = standard_error;
  return x;
}

TEST(StandsOut, ByTheNormalLawWhereManyAreExpected) {
  // 400 movers, variance of their number 100: 1.96 standard errors are 0.049.
  EXPECT_TRUE(stands_out(shares(0.55, 0.5, 0.5, 0.025), 400, 1));
  EXPECT_FALSE(stands_out(shares(0.548, 0.5, 0.5, 0.025), 400, 1));
  EXPECT_TRUE(stands_out(shares(0.45, 0.5, 0.5, 0.025), 400, 1));
}

TEST(StandsOut, AsksForMoreTheMoreAreCompared) {
  const Difference x = shares(0.56, 0.5, 0.5, 0.025);  // 2.4 standard errors
  EXPECT_TRUE(stands_out(x, 400, 1));
  EXPECT_FALSE(stands_out(x, 400, 10));
}

TEST(StandsOut, ByPoissonsLawWhereHardlyAnyAreExpected) {
  // Of 100 movers half of one is expected: P(X >= 3) = 0.0144, P(X >= 2) = 0.0902.
  EXPECT_TRUE(stands_out(shares(0.03, 0.005, 0.005, 0.007), 100, 1));
  EXPECT_FALSE(stands_out(shares(0.02, 0.005, 0.005, 0.007), 100, 1));
  // Those without count where nearly all have it.
  EXPECT_TRUE(stands_out(shares(0.97, 0.995, 0.995, 0.007), 100, 1));
  EXPECT_FALSE(stands_out(shares(0.98, 0.995, 0.995, 0.007), 100, 1));
}

TEST(StandsOut, NotWithoutVariation) {
  EXPECT_FALSE(stands_out(shares(1.0, 1.0, 1.0, 0.0), 100, 1));
}

/// One actor that recognises with probability q a step, for ever.
Model coin(std::uint32_t steps, double q) {
  Model model = test::bare_world(1, steps);
  auto& ladder = model.ladders[index_of(LadderRole::recognition)];
  ladder.rate = 1e4F;
  ladder.baseline = {0.0F, static_cast<float>(std::log(q / (1.0 - q)))};
  model.terms = {{"baseline", {1.0F}}};
  return model;
}

TEST(Contrast, CountsArrivalsOfACoin) {
  constexpr double q = 0.1;
  constexpr std::size_t replicates = 2000;
  const Contrast found =
      find_contrast(coin(12, q), {{0, 0, LadderRole::recognition}, 1, 5}, 0, replicates);
  const double expected = 1.0 - std::pow(1.0 - q, 6.0);
  EXPECT_EQ(found.replicates, replicates);
  EXPECT_NEAR(static_cast<double>(found.by_choice) / replicates, expected,
              5.0 * std::sqrt(expected * (1.0 - expected) / replicates));
  EXPECT_EQ(found.steps.size(), found.by_choice);
  EXPECT_LE(found.steps.back(), 5U);
  EXPECT_NEAR(found.probability.movers, q, 1e-6);
  EXPECT_NEAR(found.foreseen.difference, 0.0, 1e-12);
}

TEST(Contrast, LeavesOutWhoCannotChoose) {
  Model model = coin(12, 0.5);
  Event pinned;
  pinned.id = "pinned";
  pinned.duration = 4;
  pinned.changes.push_back(
      {EventOp::hold, Space::rung, {model.rung_index(0, LadderRole::recognition, 0)}, 0.0F});
  model.events.push_back(pinned);
  const Contrast found = find_contrast(model, {{0, 0, LadderRole::recognition}, 1, 11}, 0, 300);
  EXPECT_EQ(found.steps.front(), 4U);
  EXPECT_EQ(found.by_event, 0U);
}

TEST(Contrast, StartsFromAnyReplicate) {
  const ContrastQuestion question{{0, 0, LadderRole::recognition}, 1, 11};
  const Model model = coin(12, 0.2);
  const auto all = find_contrast(model, question, 0, 100);
  const auto first = find_contrast(model, question, 0, 60);
  const auto rest = find_contrast(model, question, 60, 40);
  EXPECT_EQ(all.by_choice, first.by_choice + rest.by_choice);
}

}  // namespace
}  // namespace entente::cli
