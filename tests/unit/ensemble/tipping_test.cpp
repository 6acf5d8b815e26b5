#include "entente/ensemble/tipping.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <stdexcept>

#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"

namespace entente {
namespace {

using Members = std::vector<std::uint32_t>;

constexpr std::uint32_t steps = 12;
constexpr float certain = 60.0F;  ///< a utility that leaves nothing to luck

/// Everyone decides on recognition in every step.
Model deciding_world(std::size_t actors) {
  Model model = test::bare_world(actors, steps);
  auto& recognition = model.ladders[index_of(LadderRole::recognition)];
  recognition.rate = 1e4F;
  recognition.baseline = {0.0F, -certain / 2.0F};
  model.terms = {{"baseline", {1.0F}}};
  return model;
}

/// Actor 2 looks at 0 and 1 alike and recognises when both do; nobody else ever does.
Model follower_world() {
  constexpr std::size_t actors = 4;
  Model model = deciding_world(actors);
  std::vector<double> looks(actors * actors);
  looks[2 * actors + 0] = 1.0;
  looks[2 * actors + 1] = 1.0;
  model.alignment = Relation::normalised(actors, looks);
  model.terms.push_back({"alignment", {certain}});
  return model;
}

/// Having recognised costs more to undo than anybody would pay.
Model with_ratchet(Model model) {
  model.ladders[index_of(LadderRole::recognition)].down = 10.0F * certain;
  model.terms.push_back({"switching", {1.0F}});
  return model;
}

Outcome outcome_of(std::uint32_t at_least) {
  Outcome outcome;
  outcome.rung = 1;
  outcome.step = steps - 1;
  outcome.at_least = at_least;
  return outcome;
}

CoalitionSearch search_of(std::uint32_t at_least) {
  CoalitionSearch search;
  search.candidates = {0, 1, 2, 3};
  search.outcome = outcome_of(at_least);
  return search;
}

TrialOptions options_of(std::size_t replicates) {
  TrialOptions options;
  options.replicates = replicates;
  return options;
}

TEST(Chance, IntervalIsClopperPearsons) {
  const Chance chance{20, 7};
  EXPECT_DOUBLE_EQ(chance.share(), 0.35);
  EXPECT_NEAR(chance.low(), 0.1539092, 1e-6);  // R: binom.test(7, 20)
  EXPECT_NEAR(chance.high(), 0.5921885, 1e-6);
  EXPECT_EQ((Chance{20, 0}.low()), 0.0);
  EXPECT_NEAR((Chance{20, 0}.high()), 1.0 - std::pow(0.025, 1.0 / 20.0), 1e-12);
  EXPECT_EQ((Chance{20, 20}.high()), 1.0);
}

TEST(Trial, MeetsTheSameLuckInStagesAndAtOnce) {
  Model model = deciding_world(4);
  model.ladders[index_of(LadderRole::recognition)].baseline[1] = 0.0F;
  Trial staged(model, builtin_terms(), outcome_of(2), options_of(300));
  for (const std::size_t n : {10, 20, 130, 300}) staged.extend(n);
  Trial whole(model, builtin_terms(), outcome_of(2), options_of(300));
  whole.extend(1000);
  EXPECT_EQ(whole.chance().replicates, 300U);
  EXPECT_EQ(staged.hits(), whole.hits());
}

TEST(Trial, StopsWhereTheAnswerIsClear) {
  Trial never(deciding_world(4), builtin_terms(), outcome_of(1), options_of(5000));
  never.decide();
  EXPECT_EQ(never.verdict(), Verdict::below);
  EXPECT_LT(never.chance().replicates, 200U);
}

TEST(Trial, LeavesOutWhoDoesNotCount) {
  Act act;
  act.members = {0, 1};
  const Model model = with_act(deciding_world(4), act);
  Outcome outcome = outcome_of(2);
  Trial all(model, builtin_terms(), outcome, options_of(8));
  all.extend(8);
  EXPECT_EQ(all.chance().hits, 8U);
  outcome.leave_out = {1};
  Trial some(model, builtin_terms(), outcome, options_of(8));
  some.extend(8);
  EXPECT_EQ(some.chance().hits, 0U);
}

TEST(Trial, RefusesWhatTheModelDoesNotHave) {
  Outcome outcome = outcome_of(1);
  outcome.rung = 2;
  EXPECT_THROW(Trial(deciding_world(4), builtin_terms(), outcome, {}), std::invalid_argument);
}

TEST(ChancesByStep, FollowTheCourse) {
  Act act;
  act.members = {0, 1};
  act.step = 5;
  const auto course = chances_by_step(with_act(follower_world(), act), builtin_terms(),
                                      outcome_of(3), options_of(16));
  ASSERT_EQ(course.size(), steps);
  for (std::uint32_t t = 0; t < steps; ++t) {
    EXPECT_EQ(course[t].hits, t < 5 ? 0U : 16U) << t;  // events come before decisions
  }
}

TEST(SmallestCoalition, IsTheOneThatDrawsTheFollower) {
  const auto answer =
      smallest_coalition(follower_world(), builtin_terms(), search_of(3), options_of(200));
  EXPECT_EQ(answer.baseline.hits, 0U);
  ASSERT_EQ(answer.smallest.size(), 1U);
  EXPECT_EQ(answer.smallest[0].members, (Members{0, 1}));
  EXPECT_EQ(answer.smallest[0].verdict, Verdict::above);
  EXPECT_EQ(answer.certified, 2U);
  EXPECT_TRUE(answer.undecided.empty());
  EXPECT_FALSE(answer.interrupted);
}

TEST(SmallestCoalition, MayLeaveItsMembersOut) {
  auto search = search_of(1);
  search.count_members = false;
  const auto answer =
      smallest_coalition(follower_world(), builtin_terms(), search, options_of(200));
  ASSERT_EQ(answer.smallest.size(), 1U);
  EXPECT_EQ(answer.smallest[0].members, (Members{0, 1}));
}

TEST(SmallestCoalition, NamesAllTies) {
  const auto answer =
      smallest_coalition(deciding_world(4), builtin_terms(), search_of(2), options_of(64));
  ASSERT_EQ(answer.smallest.size(), 6U);  // any two of four
  EXPECT_EQ(answer.smallest[0].members, (Members{0, 1}));
  EXPECT_EQ(answer.smallest[5].members, (Members{2, 3}));
}

TEST(SmallestCoalition, IsEmptyWhereNoneIsNeededOrNoneSuffices) {
  Model eager = deciding_world(4);
  eager.ladders[index_of(LadderRole::recognition)].baseline[1] = certain;
  const auto needless = smallest_coalition(eager, builtin_terms(), search_of(3), options_of(32));
  EXPECT_EQ(needless.baseline.hits, 32U);
  EXPECT_TRUE(needless.greedy.empty());
  auto search = search_of(3);
  search.candidates = {0, 3};
  const auto helpless =
      smallest_coalition(follower_world(), builtin_terms(), search, options_of(32));
  EXPECT_TRUE(helpless.smallest.empty());
  EXPECT_EQ(helpless.greedy.size(), 2U);
  EXPECT_EQ(helpless.certified, 2U);
}

TEST(SmallestCoalition, TakesTheGreedyOneBeyondWhatWasTried) {
  auto search = search_of(4);
  search.exhaustive = 1;
  const auto answer =
      smallest_coalition(deciding_world(4), builtin_terms(), search, options_of(32));
  ASSERT_EQ(answer.smallest.size(), 1U);
  EXPECT_EQ(answer.smallest[0].members, (Members{0, 1, 2, 3}));
  EXPECT_EQ(answer.certified, 1U);
}

TEST(SmallestCoalition, TellsTheChanceOnAllReplicates) {
  // All four, each with q = 0.77 unless it acts: q^2 is clear of the bar early, q^3 is below it.
  Model model = deciding_world(4);
  model.ladders[index_of(LadderRole::recognition)].baseline[1] = 1.2F;
  auto search = search_of(4);
  search.outcome.step = 0;
  const auto answer = smallest_coalition(model, builtin_terms(), search, options_of(1000));
  ASSERT_EQ(answer.smallest.size(), 6U);
  for (const auto& coalition : answer.smallest) EXPECT_EQ(coalition.chance.replicates, 1000U);
  ASSERT_EQ(answer.greedy.size(), 2U);
  for (const auto& coalition : answer.smallest) {
    if (coalition.members != answer.greedy[1].members) continue;
    EXPECT_EQ(coalition.chance.hits, answer.greedy[1].chance.hits);
  }
  for (std::size_t n = 1; n < 6; ++n) {
    EXPECT_GE(answer.smallest[n - 1].chance.hits, answer.smallest[n].chance.hits);
  }
}

TEST(SmallestCoalition, IsTheSameForAnyThreadsAndLanes) {
  Model model = follower_world();
  model.ladders[index_of(LadderRole::recognition)].baseline[1] = -2.0F;
  model.terms[1] = {"alignment", {2.0F}};
  const auto answer_of = [&](std::size_t threads, std::size_t lanes) {
    auto options = options_of(100);
    options.threads = threads;
    options.lanes = lanes;
    return smallest_coalition(model, builtin_terms(), search_of(3), options);
  };
  const auto one = answer_of(1, 8);
  const auto two = answer_of(2, 16);
  EXPECT_EQ(one.replicates, two.replicates);
  ASSERT_EQ(one.greedy.size(), two.greedy.size());
  for (std::size_t n = 0; n < one.greedy.size(); ++n) {
    EXPECT_EQ(one.greedy[n].members, two.greedy[n].members);
    EXPECT_EQ(one.greedy[n].chance.hits, two.greedy[n].chance.hits);
  }
}

TEST(MostDrawing, NamesWhoIsFollowed) {
  constexpr std::size_t actors = 4;
  Model model = deciding_world(actors);
  std::vector<double> looks(actors * actors);
  looks[1 * actors + 3] = 1.0;
  looks[2 * actors + 3] = 1.0;
  looks[0 * actors + 2] = 1.0;
  model.alignment = Relation::normalised(actors, looks);
  model.terms.push_back({"alignment", {certain}});
  // 3 draws 1 and 2, and through 2 also 0; 2 draws 0 alone.
  EXPECT_EQ(most_drawing(model, builtin_terms(), {}, outcome_of(1), 1, options_of(32)),
            (Members{3}));
  EXPECT_EQ(most_drawing(model, builtin_terms(), {}, outcome_of(1), 2, options_of(32)),
            (Members{2, 3}));
}

TEST(MostDrawing, CountsWhoWouldNotHaveComeAnyway) {
  // 2 is put there at last, 3 follows it at once, and 1 would follow 3 a step too late. Whoever
  // acts alone has two others beside it; but only 2 and 3 have drawn one.
  constexpr std::size_t actors = 4;
  constexpr std::uint32_t last = steps - 2;
  Model model = deciding_world(actors);
  std::vector<double> looks(actors * actors);
  looks[3 * actors + 2] = 1.0;
  looks[1 * actors + 3] = 1.0;
  model.alignment = Relation::normalised(actors, looks);
  model.terms.push_back({"alignment", {certain}});
  Event put;
  put.id = "2 is put there";
  put.first_step = last;
  const std::uint64_t rung_of_2 = model.rung_index(0, LadderRole::recognition, 2);
  put.changes = {{EventOp::hold, Space::rung, {rung_of_2}, 1.0F, 0.0F}};
  model.events.push_back(put);
  Outcome outcome = outcome_of(1);
  outcome.step = last;
  EXPECT_EQ(most_drawing(model, builtin_terms(), {}, outcome, 2, options_of(32)), (Members{2, 3}));
}

TEST(LeastChange, FindsTheThresholdOfTheClosedForm) {
  // Four actors decide once and independently: at least one with probability 1 - (1 - q)^4.
  LevelSearch search;
  search.from = -4.0;
  search.to = 0.0;
  search.model_at = [](double baseline) {
    Model model = deciding_world(4);
    model.ladders[index_of(LadderRole::recognition)].baseline[1] = static_cast<float>(baseline);
    return model;
  };
  Outcome outcome = outcome_of(1);
  outcome.step = 0;
  const auto answer = least_change(builtin_terms(), search, outcome, options_of(4000));
  const double q = 1.0 - std::pow(0.5, 0.25);
  const double threshold = std::log(q / (1.0 - q));
  ASSERT_TRUE(answer.enough && answer.not_enough);
  EXPECT_NEAR(*answer.enough, threshold, 0.1);
  EXPECT_LT(*answer.not_enough, *answer.enough);
  EXPECT_LE(*answer.enough - *answer.not_enough, 4.0 / 128.0);
  EXPECT_TRUE(answer.one_way);
}

TEST(LeastChange, SaysWhereThereAreSeveralThresholds) {
  LevelSearch search;
  search.from = 0.0;
  search.to = 8.0;
  search.model_at = [](double value) {
    Act act;
    if (value > 2.5 && value < 5.5) act.members = {0};
    return with_act(deciding_world(4), act);
  };
  const auto answer = least_change(builtin_terms(), search, outcome_of(1), options_of(200));
  ASSERT_TRUE(answer.enough);
  EXPECT_NEAR(*answer.enough, 2.5, 0.05);
  EXPECT_FALSE(answer.one_way);
  search.model_at = [](double) { return deciding_world(4); };
  EXPECT_FALSE(
      least_change(builtin_terms(), search, outcome_of(1), options_of(200)).enough.has_value());
}

TEST(LeastChange, TellsNoValueThatAnInterruptionCutShort) {
  std::atomic<bool> stop{false};
  auto options = options_of(64);
  options.stop = &stop;
  LevelSearch search;
  search.model_at = [&](double value) {
    stop = value > 0.2;  // as the third of the grid's nine is about to be tried
    return deciding_world(4);
  };
  const auto answer = least_change(builtin_terms(), search, outcome_of(1), options);
  EXPECT_TRUE(answer.interrupted);
  ASSERT_EQ(answer.tried.size(), 2U);
  EXPECT_EQ(answer.tried[1].chance.replicates, 64U);
}

TEST(LeastChange, FindsTheLatestDateOfAnAct) {
  LevelSearch search;
  search.from = steps - 1;
  search.to = 0.0;
  search.resolution = 1.0;
  search.model_at = [](double value) {
    Act act;
    act.members = {0, 1};
    act.step = static_cast<std::uint32_t>(value + 0.5);
    return with_act(follower_world(), act);
  };
  Outcome outcome = outcome_of(3);
  outcome.step = 7;
  const auto answer = least_change(builtin_terms(), search, outcome, options_of(32));
  ASSERT_TRUE(answer.enough);
  EXPECT_EQ(static_cast<int>(*answer.enough + 0.5), 7);
}

TEST(UndoAct, UnwindsWhatNothingHolds) {
  Act act;
  act.members = {0, 1};
  act.step = 1;
  const auto loose = undo_act(follower_world(), builtin_terms(), act, 6, steps - 1, options_of(16));
  EXPECT_EQ(loose.acted.difference, 1.0);
  EXPECT_EQ(loose.undone.difference, 0.0);
  EXPECT_EQ(loose.kept(), 0.0);
  const auto held =
      undo_act(with_ratchet(follower_world()), builtin_terms(), act, 6, steps - 1, options_of(16));
  EXPECT_EQ(held.acted.difference, 1.0);
  EXPECT_EQ(held.kept(), 1.0);
  const auto nobody =
      undo_act(deciding_world(4), builtin_terms(), act, 6, steps - 1, options_of(16));
  EXPECT_TRUE(std::isnan(nobody.kept()));
}

TEST(Act, LetsThoseGoWhoDoNotKeepToIt) {
  Act act;
  act.members = {0};
  act.step = 2;
  const auto at_end = [&](const Model& model) {
    const auto course = chances_by_step(model, builtin_terms(), outcome_of(1), options_of(8));
    return course.back().hits;
  };
  EXPECT_EQ(at_end(with_act(deciding_world(4), act)), 8U);
  act.keeps = false;
  EXPECT_EQ(at_end(with_act(deciding_world(4), act)), 0U);
  EXPECT_EQ(at_end(with_undone_act(with_ratchet(deciding_world(4)), act, 5)), 0U);
}

}  // namespace
}  // namespace entente
