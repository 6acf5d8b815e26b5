#include "entente/estimate/backtest.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "entente/terms/registry.hpp"
#include "support/recorded_path.hpp"

namespace entente {
namespace {

constexpr auto recognition = LadderRole::recognition;
constexpr std::size_t actors = 30;
constexpr std::uint32_t steps = 40;

/// Actors who look at each other, differ in a covariate and may recognise; a disposition each.
Model small_world() {
  Model model = test::bare_world(actors, steps);
  auto& ladder = model.ladders[index_of(recognition)];
  ladder.baseline = {0.0F, -3.0F};
  ladder.down = 6.0F;
  ladder.rate = 1200.0F;
  model.terms = {{"baseline", {1.0F}}, {"switching", {1.0F}}, {"alignment", {1.0F}}};
  CovariateChoice closeness, disposition;
  closeness.key = "closeness";
  closeness.coefficient = 1.0F;
  closeness.ladders = {recognition};
  disposition.key = "disposition";
  disposition.coefficient = 1.0F;
  disposition.ladders = {recognition};
  disposition.by_actor = true;
  model.covariates = {closeness, disposition};
  model.parameters = ParameterTable(model.extents());
  std::vector<std::uint32_t> rows, columns;
  std::vector<std::int32_t> weights;
  for (std::uint32_t i = 0; i < actors; ++i) {
    model.parameters.at(Param::attention, 0, i) = 1.0F;
    model.parameters.at(Param::alignment_weight, 0, i) = 1.0F;
    model.parameters.at(Param::covariate, 0, i) = static_cast<float>(i % 3) - 1.0F;
    rows.push_back(i);
    columns.push_back(i + 1 < actors ? i + 1 : 0);
    weights.push_back(32768);
  }
  model.alignment = Relation::from_triplets(actors, rows, columns, weights);
  return model;
}

BacktestCase case_of(const Model& model, const Path& path) {
  return {"small", model, path, design_of(model, path, builtin_terms(), 1, 1)};
}

BacktestOptions quick() {
  BacktestOptions options;
  options.horizons = {3, 6};
  options.first = 20;
  options.every = 8;
  options.replicates = 200;
  options.threads = 1;
  return options;
}

/// A run of the world, known in full on the ladder that it is about.
Path recorded(const Model& model) {
  Path path = test::recorded_path(model, test::simulate(model, 1), 0);
  for (const auto ladder : {LadderRole::engagement, LadderRole::coercion}) {
    for (std::size_t t = 0; t < steps; ++t) {
      for (std::size_t i = 0; i < actors; ++i) path.observed[path.decision(0, ladder, t, i)] = 0;
    }
  }
  return path;
}

TEST(Forecast, KnowsNothingOfTheFuture) {
  constexpr std::uint32_t origin = 20;
  Model model = small_world();
  const Path path = recorded(model);
  Path other = path;  // from the origin on everyone does the contrary
  for (std::size_t t = origin + 1; t <= steps; ++t) {
    for (std::size_t i = 0; i < actors; ++i) {
      auto& walked = other.walked[other.at(0, recognition, t, i)];
      walked = walked == 0 ? 1 : 0;
      other.standing[other.at(0, recognition, t, i)] = walked;
    }
  }
  Model changed = model;  // and the world changes too
  Event event;
  event.id = "later";
  event.first_step = origin;
  Change change;
  change.op = EventOp::set;
  change.space = Space::parameter;
  change.indices = {changed.parameters.slot(Param::covariate, 0, 4)};
  change.value = 9.0F;
  event.changes = {change};
  changed.events.push_back(event);
  for (const auto method : all_methods) {
    const auto a = forecast({case_of(model, path)}, 0, origin, method, builtin_terms(), quick());
    const auto b = forecast({case_of(changed, other)}, 0, origin, method, builtin_terms(), quick());
    EXPECT_EQ(a.probabilities, b.probabilities) << to_string(method);
    EXPECT_EQ(a.counts, b.counts) << to_string(method);
    EXPECT_EQ(a.waits, b.waits) << to_string(method);
  }
}

TEST(Forecast, StartsFromNoDispositionButThoseOfThePast) {
  const Model model = small_world();
  const Path path = recorded(model);
  std::vector<std::pair<std::uint32_t, double>> values;
  for (std::uint32_t i = 0; i < actors; ++i) values.emplace_back(i, 5.0);
  const Model has_dispositions = with_dispositions(model, values);
  for (const auto method : {Method::model, Method::covariates}) {
    const auto a = forecast({case_of(model, path)}, 0, 20, method, builtin_terms(), quick());
    const auto b =
        forecast({case_of(has_dispositions, path)}, 0, 20, method, builtin_terms(), quick());
    EXPECT_EQ(a.probabilities, b.probabilities) << to_string(method);
  }
}

TEST(Forecast, RatesGiveTheMarkovChainThatTheyEstimate) {
  const Model model = small_world();
  const Path path = recorded(model);
  auto options = quick();
  options.replicates = 4000;
  const auto result =
      forecast({case_of(model, path)}, 0, 20, Method::rates, builtin_terms(), options);
  const double up = 1.0 / (1.0 + std::exp(-result.fit.estimates[0].value));
  const double down =
      1.0 / (1.0 + std::exp(result.fit.estimates[0].value + result.fit.estimates[1].value));
  for (std::size_t h = 0; h < options.horizons.size(); ++h) {
    for (std::size_t i = 0; i < actors; ++i) {
      double p = path.standing[path.at(0, recognition, 20, i)];
      for (std::uint32_t t = 0; t < options.horizons[h]; ++t) p = p * (1.0 - down) + (1.0 - p) * up;
      const std::size_t row = (h * ladder_count + index_of(recognition)) * actors + i;
      const double seen = result.probabilities[row * max_rungs + 1];
      EXPECT_NEAR(seen, p, 5.0 * std::sqrt(p * (1.0 - p) / 4000.0) + 1e-3) << h << ' ' << i;
    }
  }
}

TEST(Forecast, NoChangeStaysWithHalfAReplicateForEveryRung) {
  const Model model = small_world();
  const Path path = recorded(model);
  const auto result =
      forecast({case_of(model, path)}, 0, 20, Method::no_change, builtin_terms(), quick());
  for (std::size_t i = 0; i < actors; ++i) {
    const std::size_t row = index_of(recognition) * actors + i;
    const Rung rung = path.standing[path.at(0, recognition, 20, i)];
    EXPECT_DOUBLE_EQ(result.probabilities[row * max_rungs + rung], 200.5 / 201.0);
    EXPECT_DOUBLE_EQ(result.probabilities[row * max_rungs + 1 - rung], 0.5 / 201.0);
  }
}

TEST(Backtest, ScoresWhatIsOnRecordFromOriginToHorizon) {
  const Model model = small_world();
  Path path = recorded(model);
  // Nothing is known of actor 3 from step 24 on, and actor 5 was only found somewhere at step 22.
  for (std::size_t t = 24; t < steps; ++t) path.observed[path.decision(0, recognition, t, 3)] = 0;
  path.observed[path.decision(0, recognition, 22, 5)] = 0;
  const auto test = backtest({case_of(model, path)}, builtin_terms(), quick());
  ASSERT_EQ(test.origins.size(), 3U);  // 20, 28, 36
  std::size_t of_third = 0, of_fifth = 0;
  for (const auto& target : test.targets) {
    EXPECT_EQ(target.from, path.standing[path.at(0, recognition, target.origin, target.actor)]);
    const auto end = target.origin + quick().horizons[target.horizon];
    EXPECT_EQ(target.observed, path.standing[path.at(0, recognition, end, target.actor)]);
    of_third += target.actor == 3 ? 1 : 0;
    of_fifth += target.actor == 5 && target.origin == 20 ? 1 : 0;
  }
  EXPECT_EQ(of_third, 1U);  // origin 20, three steps
  EXPECT_EQ(of_fifth, 0U);
  const auto rows = score_table(test, {});
  ASSERT_EQ(rows.size(), method_count);
  EXPECT_EQ(rows[0].method, Method::model);
  EXPECT_EQ(rows[0].targets, test.targets.size());
  for (std::size_t m = 0; m < method_count; ++m) {
    double sum = 0.0;
    for (const auto& target : test.targets) {
      sum -= std::log(static_cast<double>(target.probabilities[m][target.observed]));
    }
    EXPECT_NEAR(rows[m].log, sum / static_cast<double>(test.targets.size()), 1e-9);
    EXPECT_NEAR(rows[m].log_skill.value, 1.0 - rows[0].log / rows[m].log, 1e-9);
  }
}

}  // namespace
}  // namespace entente
