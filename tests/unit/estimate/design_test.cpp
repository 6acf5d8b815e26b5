#include "entente/estimate/design.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "entente/engine/simulation.hpp"
#include "entente/terms/registry.hpp"
#include "support/recorded_path.hpp"
#include "support/tiny_world.hpp"

namespace entente {
namespace {

std::size_t column(const Design& design, const std::string& name) {
  for (std::size_t c = 0; c < design.coefficients.size(); ++c) {
    if (design.coefficients[c].name == name) return c;
  }
  ADD_FAILURE() << "no coefficient " << name;
  return 0;
}

/// The tiny world without events that move rungs and without what is random apart from decisions,
/// so that a run along a recorded path meets the very drivers of the recorded run.
Model predictable() {
  Model model = test::tiny_world();
  model.events.clear();
  model.bodies.clear();
  for (auto& group : model.groups) group.volatility = 0.0F;
  for (std::size_t g = 0; g < model.groups.size(); ++g) {
    model.parameters.at(Param::attack_rate, 0, g) = 0.0F;
  }
  model.authorities[0].dynamics.hardliner_noise = 0.0F;
  model.rights.rate = 0.0F;
  model.posture.rate = 0.0F;
  return model;
}

TEST(DesignOf, UtilitiesAreThoseOfTheEngine) {
  const Model model = predictable();
  RunOptions options;
  options.replicates = 1;
  options.record = RecordLevel::full;
  const auto run = test::simulate(model, options);
  const auto& tile = run.tiles.front();
  const auto path = test::recorded_path(model, run, 0);
  const auto design = design_of(model, path, builtin_terms(), 2);
  const Simulation simulation(model, builtin_terms());
  const std::size_t terms = simulation.term_names().size();
  const std::size_t width = design.coefficients.size();
  std::size_t moves = 0;
  for (std::size_t n = 0; n < design.size(); ++n) {
    const auto& one = design.decisions[n];
    const std::size_t at = path.decision(one.authority, one.ladder, one.step, one.actor);
    double rise = 0.0, fall = 0.0;
    for (std::size_t term = 0; term < terms; ++term) {
      fall += static_cast<double>(tile.contributions[(at * terms + term) * 2]);
      rise += static_cast<double>(tile.contributions[(at * terms + term) * 2 + 1]);
    }
    double u = design.offset_rise[n], d = design.offset_fall[n];
    for (std::size_t c = 0; c < width; ++c) {
      u += design.rise[n * width + c] * design.coefficients[c].value;
      d += design.fall[n * width + c] * design.coefficients[c].value;
    }
    const auto tau = static_cast<double>(model.temperature);
    if (one.can_rise) {
      EXPECT_NEAR(u, rise / tau, 2e-5) << one.step << ' ' << one.actor;
    }
    if (one.can_fall) {
      EXPECT_NEAR(d, fall / tau, 2e-5) << one.step << ' ' << one.actor;
    }
    EXPECT_NEAR(one.opportunity, static_cast<double>(tile.opportunity[at]), 1e-7);
    moves += one.moved != 0 ? 1 : 0;
  }
  EXPECT_GT(moves, 10U);  // a path on which something happens
}

TEST(DesignOf, CoefficientsThatShareATermAreToldApart) {
  const Model model = predictable();
  const auto run = test::simulate(model, 1);
  const auto design = design_of(model, test::recorded_path(model, run, 0), builtin_terms(), 1);
  const std::size_t recognition = column(design, "cross");
  const std::size_t engagement = column(design, "cross.coercion");
  const std::size_t width = design.coefficients.size();
  for (std::size_t n = 0; n < design.size(); ++n) {
    const auto ladder = design.decisions[n].ladder;
    if (ladder != LadderRole::recognition) {
      EXPECT_EQ(design.rise[n * width + recognition], 0.0);
    }
    if (ladder != LadderRole::engagement) {
      EXPECT_EQ(design.rise[n * width + engagement], 0.0);
    }
  }
}

TEST(DesignOf, RecordThatEndsChangesNothingOfTheStepsBefore) {
  const Model model = predictable();
  const auto run = test::simulate(model, 1);
  const Path path = test::recorded_path(model, run, 0);
  Path shorter = path;
  constexpr std::size_t end = 9;
  for (const auto ladder : all_ladders) {
    for (std::size_t t = end; t < path.steps; ++t) {
      for (std::size_t i = 0; i < path.actors; ++i) {
        shorter.observed[path.decision(0, ladder, t, i)] = 0;
      }
    }
  }
  const auto whole = before(design_of(model, path, builtin_terms(), 1), end);
  const auto part = design_of(model, shorter, builtin_terms(), 1);
  ASSERT_EQ(whole.size(), part.size());
  EXPECT_EQ(whole.rise, part.rise);
  EXPECT_EQ(whole.fall, part.fall);
}

TEST(DesignOf, LeavesOutWhatAnEventHoldsForCertain) {
  Model model = predictable();
  Event certain, possible;
  Change hold;
  hold.op = EventOp::hold;
  hold.space = Space::rung;
  hold.indices = {model.rung_index(0, LadderRole::engagement, 1)};
  certain.id = "certain";
  certain.first_step = 3;
  certain.duration = 4;
  certain.changes = {hold};
  possible = certain;
  possible.id = "possible";
  possible.first_step = 10;
  possible.probability = 0.5F;
  model.events = {certain, possible};
  const auto run = test::simulate(model, 1);
  const auto design = design_of(model, test::recorded_path(model, run, 0), builtin_terms(), 1);
  std::vector<std::uint32_t> steps;
  for (const auto& one : design.decisions) {
    if (one.actor == 1 && one.ladder == LadderRole::engagement) steps.push_back(one.step);
  }
  EXPECT_EQ(steps.size(), model.calendar.steps() - 4U);
  EXPECT_EQ(std::count(steps.begin(), steps.end(), 2U), 1);
  for (std::uint32_t t = 3; t < 7; ++t) EXPECT_EQ(std::count(steps.begin(), steps.end(), t), 0);
  EXPECT_EQ(std::count(steps.begin(), steps.end(), 10U), 1);
}

TEST(Before, KeepsThePastAlone) {
  const Model model = predictable();
  const auto run = test::simulate(model, 1);
  const auto design = design_of(model, test::recorded_path(model, run, 0), builtin_terms(), 1);
  const auto past = before(design, 5);
  EXPECT_EQ(past.size(), 5 * model.actors.size() * ladder_count);
  for (const auto& one : past.decisions) EXPECT_LT(one.step, 5U);
  EXPECT_EQ(past.rise.size(), past.size() * past.coefficients.size());
}

TEST(Pool, TermsAreSharedAndLaddersAreNot) {
  const Model model = predictable();
  const auto run = test::simulate(model, 1);
  const auto design = design_of(model, test::recorded_path(model, run, 0), builtin_terms(), 1);
  const auto both = pool({design, design}, {"a", "b"}, {"economic"});
  EXPECT_EQ(both.size(), 2 * design.size());
  const std::size_t security = column(both, "security");
  const std::size_t economic = column(both, "economic@b");
  const std::size_t down = column(both, "engagement.down@a");
  const std::size_t width = both.coefficients.size();
  const std::size_t n = design.size();  // the first row of the second history
  const std::size_t own = design.coefficients.size();
  EXPECT_EQ(both.rise[n * width + security], design.rise[column(design, "security")]);
  EXPECT_EQ(both.rise[n * width + economic], design.rise[column(design, "economic")]);
  EXPECT_EQ(both.rise[economic], 0.0);
  for (std::size_t x = n; x < both.size(); ++x) EXPECT_EQ(both.fall[x * width + down], 0.0);
  EXPECT_LT(width, 2 * own);
}

TEST(WithCoefficients, PutsValuesWhereTheyCameFrom) {
  const Model model = predictable();
  const auto run = test::simulate(model, 1);
  const auto design = design_of(model, test::recorded_path(model, run, 0), builtin_terms(), 1);
  std::vector<double> values;
  for (std::size_t c = 0; c < design.coefficients.size(); ++c) {
    values.push_back(0.25 * static_cast<double>(c + 1));
  }
  const Model other = with_coefficients(model, design.coefficients, values);
  const auto again = design_of(other, test::recorded_path(model, run, 0), builtin_terms(), 1);
  for (std::size_t c = 0; c < values.size(); ++c) {
    EXPECT_NEAR(again.coefficients[c].value, values[c], 1e-5) << again.coefficients[c].name;
  }
}

}  // namespace
}  // namespace entente
