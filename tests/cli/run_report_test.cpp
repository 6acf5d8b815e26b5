#include "run_report.hpp"

#include <gtest/gtest.h>

#include "entente/engine/simulation.hpp"
#include "entente/terms/registry.hpp"
#include "support/tiny_world.hpp"

namespace entente::cli {
namespace {

using test::tiny_world;

Ladder ladder_of(std::size_t rungs) {
  Ladder ladder;
  for (std::size_t r = 0; r < rungs; ++r) ladder.rungs.push_back("r" + std::to_string(r));
  return ladder;
}

TEST(TellingRung, IsTheLastButOneOfEngagement) {
  EXPECT_EQ(telling_rung(ladder_of(5), LadderRole::engagement), 3);
  EXPECT_EQ(telling_rung(ladder_of(2), LadderRole::engagement), 1);
}

TEST(TellingRung, IsTheFirstThatRecognises) {
  Ladder ladder = ladder_of(4);
  ladder.recognises_from = 2;
  EXPECT_EQ(telling_rung(ladder, LadderRole::recognition), 2);
  ladder.recognises_from = max_rungs;  // none does
  EXPECT_EQ(telling_rung(ladder, LadderRole::recognition), 3);
}

TEST(TellingRung, IsTheFirstActOfCoercion) {
  EXPECT_EQ(telling_rung(ladder_of(3), LadderRole::coercion), 1);
}

TEST(TellingRung, IsNoneWhereThereIsNothingToTell) {
  for (const auto role : all_ladders) EXPECT_EQ(telling_rung(ladder_of(1), role), std::nullopt);
}

TEST(MostProbable, TakesTheLowerOfTwo) {
  EXPECT_EQ(most_probable({0.2, 0.4, 0.4}), 1);
  EXPECT_DOUBLE_EQ(at_or_above({0.2, 0.4, 0.4}, 1), 0.8);
}

class Report : public testing::Test {
 protected:
  Report() {
    scenario.model = tiny_world();
    // A world in which nobody ever moves: the end is the beginning.
    for (auto& ladder : scenario.model.ladders) ladder.rate = 0.0F;
    scenario.model.events.clear();
    scenario.model.bodies.clear();
  }

  RunReport report() {
    const Simulation simulation(scenario.model, builtin_terms());
    Summary summary(simulation.model());
    RunOptions options;
    options.replicates = 4;
    options.record = RecordLevel::summary;
    simulation.run(options, summary);
    return make_report(scenario, summary);
  }
  Rung start(std::size_t actor) const {
    return scenario.model
        .initial_rungs[scenario.model.rung_index(0, LadderRole::engagement, actor)];
  }

  Scenario scenario;
};

TEST_F(Report, FindsEveryoneWhereTheyBegan) {
  const auto engagement = index_of(LadderRole::engagement);
  const RunReport found = report();
  for (const auto& actor : found.authorities[0].actors) {
    EXPECT_EQ(actor.probability[engagement][start(actor.actor)], 1.0);
  }
}

TEST_F(Report, ComparesTheLastObservationUpToTheEnd) {
  const auto engagement = index_of(LadderRole::engagement);
  const auto steps = scenario.model.calendar.steps();
  const Rung other = start(0) == 0 ? 1 : 0;
  scenario.history.observations = {
      {0, 0, LadderRole::engagement, 0, other, true},
      {0, 0, LadderRole::engagement, 1, start(0), false},
      {0, 0, LadderRole::engagement, steps, other, false},  // beyond the end
      {1, 0, LadderRole::engagement, 0, start(1), true},
      {2, 0, LadderRole::engagement, 0, start(2), true}};
  const Rung third = start(2) == 4 ? 0 : 4;
  scenario.history.observations[4].rung = third;
  const RunReport found = report();
  const Fit& fit = found.authorities[0].ladders[engagement].fit;
  EXPECT_EQ(fit.states, 3U);
  EXPECT_EQ(fit.hits, 2U);
  EXPECT_DOUBLE_EQ(fit.probability, 2.0 / 3.0);
  const auto& lowest = found.authorities[0].ladders[engagement].rungs[0];
  EXPECT_DOUBLE_EQ(lowest.among, 3.0);
  EXPECT_EQ(lowest.observed, 3U);
}

TEST_F(Report, PutsThoseWhoGoFurthestFirst) {
  const RunReport found = report();
  const auto& actors = found.authorities[0].actors;
  const auto height = [&](std::size_t n) {
    const Model& model = scenario.model;
    int sum = 0;
    for (const auto role : {LadderRole::engagement, LadderRole::recognition}) {
      const Rung rung = model.initial_rungs[model.rung_index(0, role, actors[n].actor)];
      sum += model.ladders[index_of(role)].height[rung];
    }
    return sum;
  };
  for (std::size_t n = 1; n < actors.size(); ++n) EXPECT_GE(height(n - 1), height(n));
  EXPECT_EQ(actors.size(), scenario.model.actors.size());
}

}  // namespace
}  // namespace entente::cli
