#include "engine/events.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"

namespace entente::test {
namespace {

constexpr std::size_t actors = 4;

Event event_at(std::uint32_t step, Change change) {
  Event event;
  event.id = "event";
  event.first_step = step;
  event.changes = {std::move(change)};
  return event;
}

Change set_rung(const Model& model, LadderRole ladder, std::size_t actor, float rung,
                EventOp op = EventOp::set) {
  return {op, Space::rung, {model.rung_index(0, ladder, actor)}, rung, rung};
}

/// The path of one actor's rung in replicate 0.
std::vector<int> path(const Model& model, const Memory& run, LadderRole ladder, std::size_t actor,
                      std::size_t replicate = 0) {
  std::vector<int> rungs;
  for (std::uint32_t t = 0; t < model.calendar.steps(); ++t) {
    rungs.push_back(run.rung(model, ladder, replicate, t, actor));
  }
  return rungs;
}

/// Everyone reconsiders at every step and wants to climb.
void make_climbers(Model& model) {
  auto& ladder = model.ladders[index_of(LadderRole::engagement)];
  ladder.rate = 1000.0F;
  ladder.baseline = {0.0F, 50.0F, 100.0F, 150.0F, 200.0F};
  model.terms = {{"baseline", {1.0F}}};
}

TEST(Events, SetRungMovesOnceAndThatStepIsNotChosen) {
  Model model = bare_world(actors, 5);
  make_climbers(model);
  model.events = {event_at(2, set_rung(model, LadderRole::engagement, 1, 0.0F))};
  const Memory run = simulate(model, 1);
  EXPECT_EQ(path(model, run, LadderRole::engagement, 0), (std::vector<int>{1, 2, 3, 4, 4}));
  EXPECT_EQ(path(model, run, LadderRole::engagement, 1), (std::vector<int>{1, 2, 0, 1, 2}));
}

TEST(Events, HoldKeepsARungForItsDuration) {
  Model model = bare_world(actors, 6);
  make_climbers(model);
  auto event = event_at(1, set_rung(model, LadderRole::engagement, 0, 2.0F, EventOp::hold));
  event.duration = 3;
  model.events = {event};
  const Memory run = simulate(model, 1);
  EXPECT_EQ(path(model, run, LadderRole::engagement, 0), (std::vector<int>{1, 2, 2, 2, 3, 4}));
}

TEST(Events, BandKeepsARungBetweenItsBounds) {
  Model model = bare_world(actors, 5);
  make_climbers(model);
  auto change = set_rung(model, LadderRole::engagement, 0, 2.0F, EventOp::band);
  change.high = 3.0F;
  model.events = {event_at(0, change)};
  const Memory run = simulate(model, 1);
  EXPECT_EQ(path(model, run, LadderRole::engagement, 0), (std::vector<int>{3, 3, 3, 3, 3}));
}

TEST(Events, ProbabilityIsTheShareOfReplicatesInWhichItHappens) {
  Model model = bare_world(actors, 3);
  auto event = event_at(1, set_rung(model, LadderRole::recognition, 0, 1.0F));
  event.probability = 0.3F;
  model.events = {event};
  constexpr std::size_t replicates = 4000;
  const Memory run = simulate(model, replicates);
  double happened = 0.0;
  for (std::size_t r = 0; r < replicates; ++r) {
    EXPECT_EQ(run.rung(model, LadderRole::recognition, r, 0, 0), 0);
    happened += run.rung(model, LadderRole::recognition, r, 2, 0);
  }
  EXPECT_NEAR(happened / replicates, 0.3, 5.0 * std::sqrt(0.21 / replicates));
}

TEST(Events, LuckOfAnEventDoesNotDependOnItsPlaceInTheList) {
  Model model = bare_world(actors, 2);
  auto event = event_at(0, set_rung(model, LadderRole::recognition, 0, 1.0F));
  event.probability = 0.5F;
  model.events = {event};
  const Memory alone = simulate(model, 64);
  auto other = event_at(0, set_rung(model, LadderRole::engagement, 3, 4.0F));
  other.id = "another";
  other.probability = 0.5F;
  model.events = {other, event};
  const Memory second = simulate(model, 64);
  for (std::size_t r = 0; r < 64; ++r) {
    EXPECT_EQ(alone.rung(model, LadderRole::recognition, r, 1, 0),
              second.rung(model, LadderRole::recognition, r, 1, 0));
  }
}

TEST(Events, ConditionFiresAtTheFirstStepAtWhoseStartItHolds) {
  Model model = bare_world(actors, 6);
  // Two actors recognise at steps 1 and 2; the third follows when both have.
  auto first = event_at(1, set_rung(model, LadderRole::recognition, 0, 1.0F));
  first.id = "first";
  auto second = event_at(2, set_rung(model, LadderRole::recognition, 1, 1.0F));
  second.id = "second";
  auto third = event_at(0, set_rung(model, LadderRole::recognition, 2, 1.0F));
  third.id = "third";
  CountCondition both;
  both.rung = 1;
  both.among = {0, 1, 2, 3};
  both.at_least = 2.0F;
  third.when = {both};
  model.events = {first, second, third};
  const Memory run = simulate(model, 1);
  EXPECT_EQ(path(model, run, LadderRole::recognition, 1), (std::vector<int>{0, 0, 1, 1, 1, 1}));
  EXPECT_EQ(path(model, run, LadderRole::recognition, 2), (std::vector<int>{0, 0, 0, 1, 1, 1}));
  // Armed for too short a time it never fires.
  model.events[2].last_step = 2;
  const Memory missed = simulate(model, 1);
  EXPECT_EQ(path(model, missed, LadderRole::recognition, 2), (std::vector<int>{0, 0, 0, 0, 0, 0}));
}

TEST(Events, ParametersReturnToTheirBaseWhenAnEventEnds) {
  Model model = bare_world(actors, 5);
  auto& ladder = model.ladders[index_of(LadderRole::recognition)];
  ladder.rate = 1000.0F;
  ladder.signal = {0.0F, 1.0F};
  ladder.baseline = {0.0F, -30.0F};
  model.terms = {{"baseline", {1.0F}}, {"confrontation", {50.0F}}};
  // Within the two steps of the event confrontation outweighs the baseline, outside it does not.
  Event event = event_at(1, {EventOp::add,
                             Space::parameter,
                             {model.parameters.slot(Param::confrontation, 0, 2)},
                             0.9F,
                             0.0F});
  event.duration = 2;
  model.events = {event};
  const Memory run = simulate(model, 1);
  EXPECT_EQ(path(model, run, LadderRole::recognition, 2), (std::vector<int>{0, 1, 1, 0, 0}));
  EXPECT_EQ(path(model, run, LadderRole::recognition, 1), (std::vector<int>{0, 0, 0, 0, 0}));
}

TEST(Events, ChangesOfOneParameterApplyInTheOrderOfTheFile) {
  Model model = bare_world(actors, 1);
  const auto slot = model.parameters.slot(Param::need, 0, 0);
  model.parameters.at(Param::need, 0, 0) = 0.2F;
  auto add = event_at(0, {EventOp::add, Space::parameter, {slot}, 0.3F, 0.0F});
  auto scale = event_at(0, {EventOp::scale, Space::parameter, {slot}, 0.5F, 0.0F});
  scale.id = "scale";
  const auto value = [&](std::vector<Event> events) {
    model.events = std::move(events);
    const detail::CompiledModel m(model, builtin_terms());
    detail::Tile tile(m, 8);
    tile.reset(m, 0, 8);
    detail::apply_events(m, tile, 0);
    EXPECT_EQ(m.touched.size() + m.scheduled.size(), 1U);
    return m.touched.empty() ? tile.parameters[slot] : tile.touched[0];
  };
  // Once as events that come in every replicate, once as events that hang on the state.
  const std::vector<Condition> always{StateCondition{}};
  for (const auto& when : {std::vector<Condition>{}, always}) {
    add.when = when;
    add.changes[0].value = 0.3F;
    EXPECT_FLOAT_EQ(value({add, scale}), 0.25F);
    EXPECT_FLOAT_EQ(value({scale, add}), 0.4F);
    // Held inside the range of the parameter after every change.
    add.changes[0].value = 5.0F;
    EXPECT_FLOAT_EQ(value({add, scale}), 0.5F);
  }
}

TEST(Events, SeriesGiveTheBaseValueOfEachStep) {
  Model model = bare_world(actors, 3);
  const auto slot = model.parameters.slot(Param::sanctions, 0, 0);
  model.series = {{{slot}, {0.1F, 0.5F, 0.2F}}};
  const detail::CompiledModel m(model, builtin_terms());
  detail::Tile tile(m, 8);
  tile.reset(m, 0, 8);
  for (std::uint32_t step = 0; step < 3; ++step) {
    detail::apply_events(m, tile, step);
    EXPECT_EQ(tile.parameters[slot], model.series[0].values[step]);
  }
}

TEST(Bodies, DecideByRuleTakeEffectNextStepAndAreReversed) {
  Model model = bare_world(actors, 8);
  Body body;
  body.id = "body";
  body.rung = 1;
  body.members = {0, 1, 2, 3};
  body.threshold = 0.5F;
  body.reverse_below = 0.25F;
  body.changes = {set_rung(model, LadderRole::engagement, 3, 4.0F, EventOp::hold)};
  model.bodies = {body};
  const auto recognise = [&](std::uint32_t step, std::size_t actor, float rung) {
    auto event = event_at(step, set_rung(model, LadderRole::recognition, actor, rung));
    event.id = "r" + std::to_string(step);
    return event;
  };
  model.events = {recognise(1, 0, 1), recognise(2, 1, 1), recognise(4, 0, 0), recognise(5, 1, 0)};
  const Memory run = simulate(model, 1);
  std::vector<int> decision(run.tiles[0].bodies.begin(), run.tiles[0].bodies.end());
  EXPECT_EQ(decision, (std::vector<int>{0, 0, 1, 1, 1, 0, 0, 0}));
  EXPECT_EQ(path(model, run, LadderRole::engagement, 3),
            (std::vector<int>{0, 0, 0, 4, 4, 4, 4, 4}));

  // A veto holder that stands below its rung blocks the decision.
  model.bodies[0].vetoes = {2};
  model.bodies[0].veto_rung = 1;
  const Memory vetoed = simulate(model, 1);
  EXPECT_TRUE(std::all_of(vetoed.tiles[0].bodies.begin(), vetoed.tiles[0].bodies.end(),
                          [](std::uint8_t yes) { return yes == 0; }));
}

TEST(Events, HeldStateStaysWhereItIsHeldAgainstItsOwnDynamics) {
  Model model = bare_world(actors, 4);
  add_group(model, 0.0F);
  model.groups[0].reversion = 6.0F;
  model.authorities[0].dynamics.relax = 6.0F;
  const auto distress = static_cast<std::uint64_t>(AuthorityState::distress);
  auto hold = event_at(1, {EventOp::hold, Space::authority_state, {distress}, 0.5F, 0.0F});
  hold.duration = 2;
  auto activity = event_at(1, {EventOp::hold, Space::activity, {0}, 4.0F, 0.0F});
  activity.id = "activity";
  activity.duration = 2;
  model.events = {hold, activity};
  const TileResult tile = simulate(model, 1).tiles[0];
  const std::vector<float> path(tile.authority_states.begin() + 4,
                                tile.authority_states.begin() + 8);
  EXPECT_EQ(path, (std::vector<float>{0.0F, 0.5F, 0.5F, 0.25F}));
  EXPECT_NEAR(tile.activity[1], 4.0F, 1e-5F);
  EXPECT_NEAR(tile.activity[2], 4.0F, 1e-5F);
  EXPECT_NEAR(tile.activity[3], 2.0F, 1e-5F);
}

TEST(Bodies, ChangeStateOnceWhenTheyTurnToYes) {
  Model model = bare_world(actors, 4);
  Body body;
  body.id = "body";
  body.rung = 1;
  body.members = {0};
  body.changes = {{EventOp::add,
                   Space::authority_state,
                   {static_cast<std::uint64_t>(AuthorityState::hardliner)},
                   0.1F,
                   0.0F}};
  model.bodies = {body};
  model.events = {event_at(1, set_rung(model, LadderRole::recognition, 0, 1.0F))};
  const TileResult tile = simulate(model, 1).tiles[0];
  const std::vector<float> path(tile.authority_states.begin(), tile.authority_states.begin() + 4);
  EXPECT_EQ(path, (std::vector<float>{0.5F, 0.5F, 0.6F, 0.6F}));
}

TEST(Events, StatesAreSetAddedScaledAndHeld) {
  Model model = bare_world(actors, 4);
  add_group(model, 0.0F);
  const auto hardliner = static_cast<std::uint64_t>(AuthorityState::hardliner);
  const auto salience = static_cast<std::uint64_t>(AuthorityState::rights_salience);
  auto set = event_at(1, {EventOp::set, Space::authority_state, {hardliner}, 0.9F, 0.0F});
  auto add = event_at(2, {EventOp::add, Space::authority_state, {salience}, 0.4F, 0.0F});
  add.id = "add";
  auto scale = event_at(2, {EventOp::scale, Space::activity, {0}, 3.0F, 0.0F});
  scale.id = "scale";
  auto posture = event_at(3, {EventOp::set, Space::authority_rung, {1}, 3.0F, 0.0F});
  posture.id = "posture";
  model.events = {set, add, scale, posture};
  model.authorities[0].dynamics.rights_salience_halflife = 1e9F;
  const TileResult tile = simulate(model, 1).tiles[0];
  const auto at = [](const std::vector<float>& rows, std::size_t row) {
    return std::vector<float>(rows.begin() + static_cast<std::ptrdiff_t>(4 * row),
                              rows.begin() + static_cast<std::ptrdiff_t>(4 * row + 4));
  };
  EXPECT_EQ(at(tile.authority_states, 0), (std::vector<float>{0.5F, 0.9F, 0.9F, 0.9F}));
  EXPECT_EQ(at(tile.authority_states, 3), (std::vector<float>{0.0F, 0.0F, 0.4F, 0.4F}));
  EXPECT_NEAR(tile.activity[1], 1.0F, 1e-6F);
  EXPECT_NEAR(tile.activity[2], 3.0F, 1e-5F);
  EXPECT_EQ(tile.authority_rungs[4 + 2], 1);
  EXPECT_EQ(tile.authority_rungs[4 + 3], 3);
}

}  // namespace
}  // namespace entente::test
