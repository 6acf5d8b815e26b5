#include "entente/estimate/history.hpp"

#include <gtest/gtest.h>

#include "support/bare_world.hpp"

namespace entente {
namespace {

constexpr auto engagement = LadderRole::engagement;
constexpr auto recognition = LadderRole::recognition;

Rung standing(const Path& path, std::size_t step, std::size_t actor,
              LadderRole ladder = engagement) {
  return path.standing[path.at(0, ladder, step, actor)];
}
Rung walked(const Path& path, std::size_t step, std::size_t actor, LadderRole ladder = engagement) {
  return path.walked[path.at(0, ladder, step, actor)];
}
bool observed(const Path& path, std::size_t step, std::size_t actor,
              LadderRole ladder = engagement) {
  return path.observed[path.decision(0, ladder, step, actor)] != 0;
}

TEST(PathOf, ChangeTakesEffectAfterItsStep) {
  History history;
  history.observations = {{0, 0, engagement, 3, 1, false}};
  const auto path = path_of(test::bare_world(2, 6), history);
  EXPECT_EQ(standing(path, 3, 0), 0);
  EXPECT_EQ(standing(path, 4, 0), 1);
  EXPECT_EQ(standing(path, 6, 0), 1);
  for (std::size_t t = 0; t < 6; ++t) EXPECT_TRUE(observed(path, t, 0));
}

TEST(PathOf, SeveralRungsBeginAtTheDateAndTakeAStepEach) {
  History history;
  history.observations = {{0, 0, engagement, 2, 3, false}, {0, 0, engagement, 8, 1, false}};
  const auto path = path_of(test::bare_world(1, 12), history);
  EXPECT_EQ(standing(path, 3, 0), 3);
  EXPECT_EQ(walked(path, 2, 0), 0);  // nothing moves before the date
  EXPECT_EQ(walked(path, 3, 0), 1);
  EXPECT_EQ(walked(path, 4, 0), 2);
  EXPECT_EQ(walked(path, 5, 0), 3);
  EXPECT_EQ(walked(path, 8, 0), 3);
  EXPECT_EQ(walked(path, 10, 0), 1);
}

TEST(PathOf, InheritedRungIsTheStartAndNoDecision) {
  History history;
  history.observations = {{0, 0, engagement, 0, 3, true}, {1, 0, engagement, 4, 2, true}};
  const auto path = path_of(test::bare_world(2, 6), history);
  EXPECT_EQ(walked(path, 0, 0), 3);
  EXPECT_TRUE(observed(path, 0, 0));
  EXPECT_EQ(walked(path, 4, 1), 0);  // the model's start: nobody knew better then
  EXPECT_EQ(walked(path, 5, 1), 2);
  EXPECT_FALSE(observed(path, 0, 1));
  EXPECT_FALSE(observed(path, 4, 1));
  EXPECT_TRUE(observed(path, 5, 1));
}

TEST(PathOf, ActorsWithoutRowsStayOrAreLeftOutAsTheHistorySays) {
  History history;
  history.observations = {{0, 0, engagement, 3, 1, false}, {0, 0, recognition, 3, 1, false}};
  history.others.assign(ladder_count, std::nullopt);
  history.others[index_of(engagement)] = 2;
  const auto path = path_of(test::bare_world(2, 6), history);
  EXPECT_EQ(walked(path, 0, 1), 2);
  EXPECT_EQ(walked(path, 6, 1), 2);
  EXPECT_TRUE(observed(path, 5, 1));
  EXPECT_FALSE(observed(path, 5, 1, recognition));
}

TEST(PathOf, CensoringEndsTheRecord) {
  History history;
  history.observations = {{0, 0, engagement, 1, 1, false}, {1, 0, engagement, 1, 1, false}};
  history.censored = {{0U, 0, engagement, 4}};
  const auto path = path_of(test::bare_world(2, 6), history);
  EXPECT_TRUE(observed(path, 3, 0));
  EXPECT_FALSE(observed(path, 4, 0));
  EXPECT_TRUE(observed(path, 5, 1));
}

/// A world in which everybody moves all the time, so that what does not move was held.
Model restless(std::size_t actors, std::uint32_t steps) {
  Model model = test::bare_world(actors, steps);
  for (auto& ladder : model.ladders) ladder.rate = 1000.0F;
  return model;
}

TEST(FollowHistory, RunsStandWhereTheRecordDoesAndAreFreeFromTheOriginOn) {
  History history;
  history.observations = {{0, 0, engagement, 2, 2, false}, {1, 0, engagement, 7, 1, false}};
  const Model model = restless(2, 12);
  const auto path = path_of(model, history);
  constexpr std::uint32_t origin = 8;
  const auto run = test::simulate(follow_history(model, path, origin), 64);
  bool moved = false;
  for (std::size_t r = 0; r < 64; ++r) {
    for (std::uint32_t t = 0; t + 1 < origin; ++t) {
      for (std::size_t i = 0; i < 2; ++i) {
        // What is held through a step is the state at its start, which is recorded at its end.
        EXPECT_EQ(run.rung(model, engagement, r, t, i), walked(path, t, i));
      }
    }
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_EQ(run.rung(model, engagement, r, origin - 1, i), standing(path, origin, i));
      moved = moved || run.rung(model, engagement, r, origin, i) != standing(path, origin, i);
    }
  }
  EXPECT_TRUE(moved);
}

TEST(FollowHistory, LeavesPairsWithoutRecordFree) {
  History history;
  history.observations = {{0, 0, engagement, 2, 2, false}};
  const Model model = restless(2, 12);
  const auto run = test::simulate(follow_history(model, path_of(model, history), 12), 64);
  bool moved = false;
  for (std::size_t r = 0; r < 64; ++r) {
    moved = moved || run.rung(model, engagement, r, 6, 1) != 0;
  }
  EXPECT_TRUE(moved);
}

TEST(ForgetFuture, DropsLaterEventsFreezesSeriesAndKeepsWhatIsInForce) {
  Model model = test::bare_world(1, 10);
  const auto slot = model.parameters.slot(Param::opposition, 0, 0);
  model.series.push_back({{slot}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}});
  Event early, long_one, late;
  early.id = "early";
  early.first_step = 1;
  early.duration = 2;
  long_one.id = "long";
  long_one.first_step = 3;
  long_one.duration = 4;
  late.id = "late";
  late.first_step = 5;
  model.events = {early, long_one, late};
  const auto past = forget_future(model, 5);
  ASSERT_EQ(past.events.size(), 2U);
  EXPECT_EQ(past.events[0].duration, 2U);       // over before the origin: known
  EXPECT_EQ(past.events[1].duration, forever);  // its end is not known yet
  EXPECT_EQ(past.series[0].values, (std::vector<float>{0, 1, 2, 3, 4, 4, 4, 4, 4, 4}));
}

TEST(ForgetFuture, ConditionsFireNoneFromTheOriginOn) {
  Model model = test::bare_world(1, 40);
  Event event;
  event.id = "if";
  event.first_step = 10;
  event.last_step = 35;
  event.duration = 6;
  event.when = {StateCondition{}};
  model.events = {event};
  const auto past = forget_future(model, 20);
  ASSERT_EQ(past.events.size(), 1U);
  EXPECT_EQ(past.events[0].last_step, 19U);
  EXPECT_EQ(past.events[0].duration, forever);  // it may be in force, and its end is not known
}

}  // namespace
}  // namespace entente
