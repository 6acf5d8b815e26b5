#include "entente/estimate/fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "entente/core/error.hpp"
#include "entente/estimate/likelihood.hpp"
#include "entente/terms/registry.hpp"
#include "support/recorded_path.hpp"
#include "support/tiny_world.hpp"

namespace entente {
namespace {

constexpr double none = std::numeric_limits<double>::infinity();

FitOptions without_prior() {
  FitOptions options;
  options.scale = none;
  options.ladder_scale = none;
  options.down_scale = none;
  return options;
}

const Estimate& estimate(const Fit& fit, const std::string& name) {
  for (const auto& one : fit.estimates) {
    if (one.coefficient.name == name) return one;
  }
  throw std::out_of_range(name);
}

/// A design of one ladder with a gap, `down` and one driver.
struct Hand {
  Design design;
  Hand() {
    design.coefficients.resize(3);
    design.coefficients[0].name = "x";
    design.coefficients[1] = {"engagement.contact", Coefficient::Kind::gap, 0, 1, 0.0};
    design.coefficients[2] = {"engagement.down", Coefficient::Kind::down, 0, 0, 0.0};
  }
  void add(std::size_t times, Rung from, int moved, double x, double q = 1.0,
           std::uint32_t actor = 0) {
    for (std::size_t n = 0; n < times; ++n) {
      Decision one;
      one.actor = actor;
      one.from = from;
      one.moved = static_cast<std::int8_t>(moved);
      one.can_rise = from == 0;
      one.can_fall = from == 1;
      one.opportunity = q;
      design.decisions.push_back(one);
      const double up = one.can_rise ? 1.0 : 0.0;
      const double down = one.can_fall ? 1.0 : 0.0;
      design.rise.insert(design.rise.end(), {up * x, up, 0.0});
      design.fall.insert(design.fall.end(), {-down * x, -down, -down});
      design.offset_rise.push_back(0.0);
      design.offset_fall.push_back(0.0);
    }
  }
};

TEST(Likelihood, DerivativesAgreeWithDifferences) {
  const Model model = test::tiny_world();
  const auto run = test::simulate(model, 1);
  const auto design = design_of(model, test::recorded_path(model, run, 0), builtin_terms(), 2);
  std::vector<std::size_t> free;
  std::vector<double> values;
  for (std::size_t c = 0; c < design.coefficients.size(); ++c) {
    free.push_back(c);
    values.push_back(design.coefficients[c].value);
  }
  const LikelihoodData data(design, free, values);
  Eigen::VectorXd theta(static_cast<Eigen::Index>(free.size()));
  for (Eigen::Index c = 0; c < theta.size(); ++c) {
    theta[c] = 0.7 * values[static_cast<std::size_t>(c)] + 0.1;
  }
  const auto here = data.at({theta, {}});
  EXPECT_NEAR(here.value, data.value_at({theta, {}}), 1e-9);
  constexpr double h = 1e-5;
  for (Eigen::Index c = 0; c < theta.size(); ++c) {
    Eigen::VectorXd more = theta, less = theta;
    more[c] += h;
    less[c] -= h;
    const auto above = data.at({more, {}});
    const auto below = data.at({less, {}});
    const double scale = std::max(1.0, std::abs(here.gradient[c]));
    EXPECT_NEAR((above.value - below.value) / (2 * h), here.gradient[c], 1e-5 * scale);
    for (Eigen::Index b = 0; b < theta.size(); ++b) {
      const double size = std::max(1.0, std::abs(here.hessian(c, b)));
      EXPECT_NEAR((above.gradient[b] - below.gradient[b]) / (2 * h), here.hessian(c, b),
                  1e-5 * size);
    }
  }
}

TEST(Likelihood, DerivativesInDispositionsAgreeWithDifferences) {
  Hand hand;
  for (std::uint32_t actor = 0; actor < 3; ++actor) {
    hand.add(7, 0, 0, 0.3 * actor, 0.8, actor);
    hand.add(2, 0, 1, 0.5, 0.8, actor);
    hand.add(5, 1, 0, -0.2 * actor, 0.9, actor);
    hand.add(1, 1, -1, 0.4, 0.9, actor);
  }
  for (auto& one : hand.design.decisions) {
    one.rise_effect = one.can_rise ? 0.25 : 0.0;
    one.fall_effect = one.can_fall ? -0.25 : 0.0;
  }
  const LikelihoodData data(hand.design, {0, 1, 2}, {0.0, 0.0, 0.0}, true);
  ASSERT_EQ(data.dispositions(), 3);
  const Point point{Eigen::Vector3d(0.4, -1.0, 1.5), Eigen::Vector3d(0.7, -2.0, 0.1)};
  const auto here = data.at(point);
  constexpr double h = 1e-5;
  for (Eigen::Index g = 0; g < 3; ++g) {
    Point more = point, less = point;
    more.disposition[g] += h;
    less.disposition[g] -= h;
    const auto above = data.at(more);
    const auto below = data.at(less);
    EXPECT_NEAR((above.value - below.value) / (2 * h), here.disposition_gradient[g], 1e-7);
    for (Eigen::Index k = 0; k < 3; ++k) {
      EXPECT_NEAR((above.disposition_gradient[k] - below.disposition_gradient[k]) / (2 * h),
                  k == g ? here.disposition_hessian[g] : 0.0, 1e-7);
      EXPECT_NEAR((above.gradient[k] - below.gradient[k]) / (2 * h), here.disposition_cross(k, g),
                  1e-7);
    }
  }
}

TEST(Fit, DispositionsSatisfyTheirFirstOrderCondition) {
  // Two actors with the same driver: one moves in half of its decisions, the other never.
  Hand hand;
  hand.add(20, 0, 0, 0.0, 1.0, 0);
  hand.add(20, 0, 1, 0.0, 1.0, 0);
  hand.add(40, 0, 0, 0.0, 1.0, 1);
  for (auto& one : hand.design.decisions) one.rise_effect = 1.0;
  auto options = without_prior();
  options.fixed = {"x", "engagement.down"};
  options.disposition_scale = 2.0;
  const auto result = fit(hand.design, options);
  ASSERT_EQ(result.dispositions.size(), 2U);
  const double gap = estimate(result, "engagement.contact").value;
  const auto p = [&](double disposition) { return 1.0 / (1.0 + std::exp(-gap - disposition)); };
  const double first = result.dispositions[0].value;
  const double second = result.dispositions[1].value;
  EXPECT_NEAR(20.0 - 40.0 * p(first), first / 4.0, 1e-7);
  EXPECT_NEAR(-40.0 * p(second), second / 4.0, 1e-7);
  EXPECT_NEAR(20.0 - 40.0 * p(first) - 40.0 * p(second), 0.0, 1e-7);  // that of the gap
  EXPECT_NEAR(first + second, 0.0, 1e-6);                             // sum of all three
  options.disposition_scale = -1.0;
  EXPECT_TRUE(fit(hand.design, options).dispositions.empty());
}

TEST(Fit, CrossValidationFindsNoDispositionsWhereThereAreNone) {
  Hand alike, apart;
  for (std::uint32_t actor = 0; actor < 40; ++actor) {
    for (std::uint32_t year = 0; year < 5; ++year) {
      const std::size_t before = apart.design.size();
      alike.add(11, 0, 0, 0.0, 1.0, actor);
      alike.add(1, 0, (actor + year) % 4 == 0 ? 1 : 0, 0.0, 1.0, actor);
      apart.add(11, 0, 0, 0.0, 1.0, actor);
      apart.add(1, 0, actor % 4 == 0 ? 1 : 0, 0.0, 1.0, actor);
      for (auto* hand : {&alike, &apart}) {
        for (std::size_t n = before; n < hand->design.size(); ++n) {
          auto& one = hand->design.decisions[n];
          one.rise_effect = 1.0;
          one.step = static_cast<std::uint32_t>(12 * year + (n - before));
        }
      }
    }
  }
  FitOptions options;
  options.fixed = {"x", "engagement.down"};
  EXPECT_EQ(fit(alike.design, options).disposition_scale, 0.0);
  EXPECT_GT(fit(apart.design, options).disposition_scale, 0.0);
}

TEST(Fit, EffectiveParametersAreTheTraceAlsoWithDispositions) {
  // One gap and one actor: H = v 1 1', P = diag(1/s^2, 1/t^2), whose trace of H (H + P)^-1 is
  // known.
  Hand hand;
  hand.add(30, 0, 0, 0.0);
  hand.add(10, 0, 1, 0.0);
  for (auto& one : hand.design.decisions) one.rise_effect = 1.0;
  FitOptions options;
  options.scale = 1.0;
  options.ladder_scale = 3.0;
  options.disposition_scale = 2.0;
  options.fixed = {"x", "engagement.down"};
  const auto result = fit(hand.design, options);
  const double u = result.estimates[0].value + result.dispositions[0].value;
  const double p = 1.0 / (1.0 + std::exp(-u));
  const double v = 40.0 * p * (1.0 - p);
  const double both = 9.0 + 4.0;  // variances of the priors
  EXPECT_NEAR(result.effective_parameters, v * both / (1.0 + v * both), 1e-6);
}

TEST(Fit, NothingToEstimateIsAFitToo) {
  Hand hand;
  hand.add(10, 0, 0, 0.0);
  auto options = without_prior();
  options.fixed = {"x", "engagement.contact", "engagement.down"};
  const auto result = fit(hand.design, options);
  EXPECT_TRUE(result.estimates.empty());
  EXPECT_NEAR(result.log_likelihood, 10.0 * std::log(0.5), 1e-12);
  const auto empty = fit(Design{}, FitOptions{});
  EXPECT_EQ(empty.decisions, 0U);
  EXPECT_EQ(empty.log_likelihood, 0.0);
}

TEST(Fit, RatesHaveTheirClosedForm) {
  Hand hand;
  hand.add(90, 0, 0, 0.0, 0.5);
  hand.add(10, 0, 1, 0.0, 0.5);
  hand.add(45, 1, 0, 0.0, 0.5);
  hand.add(5, 1, -1, 0.0, 0.5);
  auto options = without_prior();
  options.fixed = {"x"};
  const auto result = fit(hand.design, options);
  // A rise happens with 0.1 = 0.5 P, hence P = 0.2 and a gap of ln(0.2 / 0.8).
  const double logit = std::log(0.2 / 0.8);
  EXPECT_NEAR(estimate(result, "engagement.contact").value, logit, 1e-8);
  EXPECT_NEAR(estimate(result, "engagement.down").value, -2.0 * logit, 1e-8);
  const double expected =
      10 * std::log(0.1) + 90 * std::log(0.9) + 5 * std::log(0.1) + 45 * std::log(0.9);
  EXPECT_NEAR(result.log_likelihood, expected, 1e-9);
  EXPECT_NEAR(result.effective_parameters, 2.0, 1e-9);
  EXPECT_NEAR(result.aic, -2.0 * expected + 4.0, 1e-8);
  EXPECT_NEAR(result.bic, -2.0 * expected + 2.0 * std::log(150.0), 1e-8);
  EXPECT_EQ(result.moves, 15U);
}

TEST(Fit, TwoGroupsGiveTheLogOddsRatioAndItsStandardError) {
  Hand hand;
  hand.add(80, 0, 0, 0.0);
  hand.add(20, 0, 1, 0.0);
  hand.add(50, 0, 0, 1.0);
  hand.add(50, 0, 1, 1.0);
  auto options = without_prior();
  options.fixed = {"engagement.down"};
  options.profile = true;
  const auto result = fit(hand.design, options);
  const auto& x = estimate(result, "x");
  EXPECT_NEAR(x.value, std::log(50.0 / 50.0) - std::log(20.0 / 80.0), 1e-8);
  // Woolf (1955): the variance of a log odds ratio is the sum of the inverse counts.
  EXPECT_NEAR(x.standard_error, std::sqrt(1. / 80 + 1. / 20 + 1. / 50 + 1. / 50), 1e-7);
  ASSERT_TRUE(x.profile_low && x.profile_high);
  // Close to, but not the same as, estimate -+ 1.96 standard errors.
  EXPECT_NEAR(*x.profile_low, x.value - 1.96 * x.standard_error, 0.05);
  EXPECT_NEAR(*x.profile_high, x.value + 1.96 * x.standard_error, 0.05);
}

TEST(Fit, SeparationIsNamedAndThePriorHoldsIt) {
  Hand hand;
  hand.add(100, 0, 0, 0.0, 1.0, 0);
  hand.add(20, 0, 1, 1.0, 1.0, 1);
  auto options = without_prior();
  options.fixed = {"engagement.down"};
  options.ladder_scale = 5.0;
  EXPECT_THROW(
      {
        const auto result = fit(hand.design, options);
        for (const auto& warning : result.warnings) {
          if (warning.find("separation") != std::string::npos) throw NumericalError("separation");
        }
      },
      NumericalError);
  options.scale = 0.5;
  const auto result = fit(hand.design, options);
  EXPECT_GT(estimate(result, "x").value, 0.0);
  EXPECT_LT(estimate(result, "x").effect, 8.0);
}

TEST(Fit, DriverThatNeverVariesStaysAtThePriorAndIsNamed) {
  Hand hand;
  hand.add(90, 0, 0, 0.3);
  hand.add(10, 0, 1, 0.3);
  FitOptions options;
  options.scale = 1.0;
  const auto result = fit(hand.design, options);
  EXPECT_NEAR(estimate(result, "x").value, 0.0, 1e-6);
  ASSERT_FALSE(result.warnings.empty());
  EXPECT_NE(result.warnings.front().find("x: its driver does not vary"), std::string::npos);
}

TEST(Fit, CrossValidationShrinksNoiseAndKeepsSignal) {
  Hand noise, signal;
  for (std::uint32_t actor = 0; actor < 60; ++actor) {
    const double x = actor % 2 == 0 ? 0.0 : 1.0;
    // Moves that do not hang on x, and moves that do.
    noise.add(20, 0, 0, x, 1.0, actor);
    if (actor % 4 < 2) noise.add(1, 0, 1, x, 1.0, actor);
    signal.add(20, 0, 0, x, 1.0, actor);
    if (actor % 2 == 1) signal.add(3, 0, 1, x, 1.0, actor);
  }
  FitOptions options;
  const auto without = fit(noise.design, options);
  const auto with = fit(signal.design, options);
  EXPECT_LT(without.scale, with.scale);
  EXPECT_EQ(with.validation.size(), options.scales.size());
}

/// Twenty actors who look at each other, differ in a covariate, and climb one ladder.
Model recoverable() {
  Model model = test::bare_world(20, 48);
  auto& ladder = model.ladders[index_of(LadderRole::engagement)];
  ladder.rungs = {"low", "middle", "high"};
  ladder.height = {0, 120, 240};
  for (auto* row : {&ladder.security, &ladder.economic, &ladder.exposure, &ladder.signal}) {
    *row = {0.0F, 0.5F, 1.0F};
  }
  ladder.baseline = {0.0F, -1.0F, -2.5F};
  ladder.down = 0.5F;
  ladder.rate = 24.0F;
  model.terms = {{"baseline", {1.0F}}, {"switching", {1.0F}}, {"alignment", {2.0F}}};
  CovariateChoice covariate;
  covariate.key = "closeness";
  covariate.coefficient = 1.5F;
  covariate.profile = Profile::height;
  covariate.ladders = {LadderRole::engagement};
  model.covariates = {covariate};
  const auto parameters = ParameterTable(model.extents());
  model.parameters = parameters;
  std::vector<std::uint32_t> rows, columns;
  std::vector<std::int32_t> weights;
  for (std::uint32_t i = 0; i < 20; ++i) {
    model.parameters.at(Param::attention, 0, i) = 1.0F;
    model.parameters.at(Param::alignment_weight, 0, i) = 1.0F;
    model.parameters.at(Param::covariate, 0, i) = static_cast<float>(i % 5) / 2.0F - 1.0F;
    for (std::uint32_t step = 1; step <= 4; ++step) {
      rows.push_back(i);
      columns.push_back((i + step) % 20);
      weights.push_back(8192);
    }
  }
  model.alignment = Relation::from_triplets(20, rows, columns, weights);
  return model;
}

TEST(Fit, RecoversKnownCoefficientsWithHonestIntervals) {
  const Model model = recoverable();
  constexpr std::size_t histories = 200;
  const auto run = test::simulate(model, histories);
  std::vector<std::string> names{"alignment", "closeness", "engagement.middle", "engagement.high",
                                 "engagement.down"};
  std::vector<double> truth;
  std::vector<double> sums(names.size(), 0.0), errors(names.size(), 0.0);
  std::vector<std::size_t> covered(names.size(), 0);
  for (std::size_t h = 0; h < histories; ++h) {
    const auto design = design_of(model, test::recorded_path(model, run, h), builtin_terms(), 1, 1);
    const auto result = fit(design, without_prior());
    truth.clear();
    for (std::size_t c = 0; c < names.size(); ++c) {
      const auto& one = estimate(result, names[c]);
      truth.push_back(one.coefficient.value);
      sums[c] += one.value;
      errors[c] += one.standard_error;
      const bool inside = std::abs(one.value - truth[c]) < 1.959964 * one.standard_error;
      covered[c] += inside ? 1 : 0;
    }
  }
  std::size_t all = 0;
  for (std::size_t c = 0; c < names.size(); ++c) {
    const double coverage = static_cast<double>(covered[c]) / histories;
    EXPECT_GE(coverage, 0.90) << names[c];
    EXPECT_LE(coverage, 0.99) << names[c];
    // No bias beyond a quarter of a standard error.
    EXPECT_NEAR(sums[c] / histories, truth[c], 0.25 * errors[c] / histories) << names[c];
    all += covered[c];
  }
  const double coverage = static_cast<double>(all) / static_cast<double>(histories * names.size());
  EXPECT_NEAR(coverage, 0.95, 0.025);
}

}  // namespace
}  // namespace entente
