// Worlds so plain that the answer can be written down.

#include <gtest/gtest.h>

#include <cmath>

#include "support/bare_world.hpp"

namespace entente::test {
namespace {

/// Five standard errors of a share of n independent draws.
double five_sigma(double p, double n) { return 5.0 * std::sqrt(p * (1.0 - p) / n); }

Ladder& ladder(Model& model, LadderRole role) { return model.ladders[index_of(role)]; }

void add_baseline(Model& model, LadderRole role, std::vector<float> alpha) {
  ladder(model, role).baseline = std::move(alpha);
  model.terms = {{"baseline", {1.0F}}};
}

TEST(ClosedForm, TwoStateMarkovChainFollowsItsTransitionMatrix) {
  constexpr std::size_t actors = 40;
  constexpr std::uint32_t steps = 30;
  constexpr std::size_t replicates = 1000;
  Model model = bare_world(actors, steps);
  model.temperature = 0.8F;
  ladder(model, LadderRole::recognition).rate = 3.0F;
  add_baseline(model, LadderRole::recognition, {0.0F, -0.9F});
  const Memory run = simulate(model, replicates);

  const double opportunity = 1.0 - std::exp(-3.0 / 12.0);
  const double chosen = 1.0 / (1.0 + std::exp(0.9 / 0.8));
  const double up = opportunity * chosen;
  const double down = opportunity * (1.0 - chosen);
  double expected = 0.0;
  for (std::uint32_t t = 0; t < steps; ++t) {
    expected = expected * (1.0 - down) + (1.0 - expected) * up;
    EXPECT_NEAR(run.share_at(model, LadderRole::recognition, t, 1), expected,
                five_sigma(expected, actors * replicates))
        << "step " << t;
  }
}

TEST(ClosedForm, OneCertainChoiceHasLogitProbabilities) {
  constexpr std::size_t actors = 40;
  constexpr std::size_t replicates = 1000;
  Model model = bare_world(actors, 1);
  ladder(model, LadderRole::engagement).rate = 1000.0F;
  add_baseline(model, LadderRole::engagement, {0.0F, 0.4F, 0.1F, 0.9F, 0.0F});
  for (std::size_t i = 0; i < actors; ++i) model.initial_rungs[i] = 2;
  const Memory run = simulate(model, replicates);

  const double below = std::exp(0.4), own = std::exp(0.1), above = std::exp(0.9);
  const double whole = below + own + above;
  const double n = actors * replicates;
  const auto share = [&](Rung r) { return run.share_at(model, LadderRole::engagement, 0, r); };
  EXPECT_NEAR(share(1), below / whole, five_sigma(below / whole, n));
  EXPECT_NEAR(share(2), own / whole, five_sigma(own / whole, n));
  EXPECT_NEAR(share(3), above / whole, five_sigma(above / whole, n));
  EXPECT_EQ(share(0), 0.0);
  EXPECT_EQ(share(4), 0.0);
}

TEST(ClosedForm, ZeroCoefficientsLeavePureNoiseAtTheComputedRate) {
  constexpr std::size_t actors = 40;
  constexpr std::size_t replicates = 1000;
  Model model = bare_world(actors, 1);
  ladder(model, LadderRole::coercion).rate = 2.0F;
  for (std::size_t i = 0; i < actors; ++i)
    model.initial_rungs[2 * actors + i] = static_cast<Rung>(i % 3);
  model.terms = {{"baseline", {0.0F}},
                 {"security", {0.0F}},
                 {"economic", {0.0F}},
                 {"rights", {0.0F, 0.5F}},
                 {"alignment", {0.0F}}};
  const Memory run = simulate(model, replicates);

  const double p = 1.0 - std::exp(-2.0 / 12.0);
  // From the ends half of those who reconsider move inwards, from the middle two thirds move.
  double moved[3] = {0, 0, 0};
  double seen[3] = {0, 0, 0};
  for (std::size_t r = 0; r < replicates; ++r) {
    for (std::size_t i = 0; i < actors; ++i) {
      seen[i % 3] += 1.0;
      moved[i % 3] += run.rung(model, LadderRole::coercion, r, 0, i) != i % 3 ? 1.0 : 0.0;
    }
  }
  EXPECT_NEAR(moved[0] / seen[0], p / 2.0, five_sigma(p / 2.0, seen[0]));
  EXPECT_NEAR(moved[1] / seen[1], p * 2.0 / 3.0, five_sigma(p * 2.0 / 3.0, seen[1]));
  EXPECT_NEAR(moved[2] / seen[2], p / 2.0, five_sigma(p / 2.0, seen[2]));
}

TEST(ClosedForm, ActorsWithoutCouplingAreIndependent) {
  constexpr std::size_t actors = 8;
  constexpr std::size_t replicates = 8000;
  Model model = bare_world(actors, 6);
  ladder(model, LadderRole::recognition).rate = 2.0F;
  add_baseline(model, LadderRole::recognition, {0.0F, 0.3F});
  const Memory run = simulate(model, replicates);
  // Covariance of the first two actors' end states, against its standard error under independence.
  double first = 0, second = 0, both = 0;
  for (std::size_t r = 0; r < replicates; ++r) {
    const double a = run.rung(model, LadderRole::recognition, r, 5, 0);
    const double b = run.rung(model, LadderRole::recognition, r, 5, 1);
    first += a;
    second += b;
    both += a * b;
  }
  const double n = replicates;
  const double covariance = both / n - first / n * second / n;
  EXPECT_NEAR(covariance, 0.0, 5.0 * 0.25 / std::sqrt(n));
}

/// Thresholds on the number of adopters, no noise, no way back: Granovetter's riot.
Model riot(const std::vector<float>& thresholds) {
  const std::size_t n = thresholds.size();
  Model model = bare_world(n, static_cast<std::uint32_t>(n) + 2);
  auto& recognition = ladder(model, LadderRole::recognition);
  recognition.rate = 1000.0F;
  recognition.signal = {0.0F, 1.0F};
  recognition.down = 1000.0F;
  model.temperature = 1e-4F;
  model.covariates.push_back(
      {"threshold", -1.0F, Profile::recognises, LadderSet{LadderRole::recognition}});
  model.parameters = ParameterTable(model.extents());
  for (std::size_t i = 0; i < n; ++i) {
    // Half a person of margin, so that neither side of the comparison is a tie.
    model.parameters.at(Param::covariate, 0, i) = (thresholds[i] - 0.5F) / static_cast<float>(n);
  }
  model.terms = {{"bandwagon", {1.0F}}, {"switching", {1.0F}}};
  return model;
}

TEST(ClosedForm, WithoutNoiseTheCascadeStopsAtGranovettersFixedPoint) {
  constexpr std::size_t n = 50;
  std::vector<float> thresholds;
  for (std::size_t i = 0; i < n; ++i) thresholds.push_back(static_cast<float>(i));
  const auto last = static_cast<std::uint32_t>(n) + 1;
  {
    const Model model = riot(thresholds);
    EXPECT_EQ(simulate(model, 3).share_at(model, LadderRole::recognition, last, 1), 1.0);
  }
  // One person less inclined to follow the first: the crowd of almost the same thresholds stays
  // home.
  thresholds[1] = 2.0F;
  const Model model = riot(thresholds);
  EXPECT_DOUBLE_EQ(simulate(model, 3).share_at(model, LadderRole::recognition, last, 1), 1.0 / n);
}

}  // namespace
}  // namespace entente::test
