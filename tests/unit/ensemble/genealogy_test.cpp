#include "entente/ensemble/genealogy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"
#include "support/tiny_world.hpp"

namespace entente::test {
namespace {

constexpr auto recognition = LadderRole::recognition;
constexpr CascadeTarget recognised{0, recognition, 1};
constexpr double closed = 1e-6;  // of closed forms, computed from floats
constexpr float conformity = 1.5F;
constexpr std::size_t a = 0, b = 1, c = 2;

/// Who looks at whom, with which share.
struct Look {
  std::uint32_t who, at;
  double weight = 1.0;
};

Relation looks(std::size_t actors, const std::vector<Look>& list) {
  std::vector<std::uint32_t> rows, columns;
  std::vector<std::int32_t> weights;
  for (const auto& look : list) {
    rows.push_back(look.who);
    columns.push_back(look.at);
    weights.push_back(static_cast<std::int32_t>(look.weight * relation_unit));
  }
  return Relation::from_triplets(actors, rows, columns, weights);
}

Event recognising_event(const Model& model, std::size_t actor, std::uint32_t step) {
  Event event;
  event.id = "recognition of " + model.actors[actor].id;
  event.first_step = step;
  event.changes = {{EventOp::set, Space::rung, {model.rung_index(0, recognition, actor)}, 1.0F}};
  return event;
}

/// Everyone reconsiders recognition in every step and nobody takes it back. Conformity makes the
/// utility of recognising -1.5 alone and +1.5 where everyone one looks at recognises.
Model world(std::size_t actors, const std::vector<Look>& list, std::uint32_t steps = 4) {
  Model model = bare_world(actors, steps);
  auto& ladder = model.ladders[index_of(recognition)];
  ladder.rate = 1e6F;
  ladder.down = 1000.0F;
  model.terms = {{"alignment", {conformity}}, {"switching", {1.0F}}};
  model.alignment = looks(actors, list);
  // Who looks at nobody is kept from moving for no reason.
  for (std::size_t i = 0; i < actors; ++i) {
    if (model.alignment.row_sum(i) == 0) model.parameters.at(Param::attention, 0, i) = 0.0F;
  }
  return model;
}

/// A is brought in at once, B looks at A alone and C at B alone.
Model chain(std::uint32_t steps = 4) {
  Model model = world(3, {{b, a}, {c, b}}, steps);
  model.events = {recognising_event(model, a, 0)};
  return model;
}

struct Traced {
  explicit Traced(Model model, std::size_t replicates = 400, CascadeTarget target = recognised,
                  std::size_t threads = 0, std::size_t lanes = 0)
      : simulation(std::move(model), builtin_terms()), genealogy(simulation, target) {
    RunOptions options;
    options.record = RecordLevel::full;
    options.replicates = replicates;
    options.threads = threads;
    options.lanes = lanes;
    simulation.run(options, genealogy);
  }
  /// The edge, with zeros where there is none.
  [[nodiscard]] CascadeEdge edge(std::size_t from, std::size_t to) const {
    for (const auto& edge : genealogy.edges()) {
      if (edge.from == from && edge.to == to) return edge;
    }
    return {};
  }

  Simulation simulation;
  Genealogy genealogy;
};

/// Part of a move with utility +1.5 that would be absent with utility -1.5.
const double due = 1.0 - std::exp(-static_cast<double>(conformity));

TEST(Genealogy, ChainOfThreeHasItsClosedForm) {
  const Traced run(chain());
  const auto actors = run.genealogy.actors();
  const auto from_a = run.edge(a, b);
  const auto from_b = run.edge(b, c);
  // Every move of B is made with A in sight; C also moves before B does.
  EXPECT_EQ(from_a.moves, actors[b].moves.mean);
  EXPECT_GT(from_b.moves, 0.1);
  EXPECT_LT(from_b.moves, actors[c].moves.mean);
  EXPECT_NEAR(from_a.log_odds, 2.0 * conformity, closed);
  EXPECT_NEAR(from_b.log_odds, 2.0 * conformity, closed);
  EXPECT_NEAR(from_a.credit.mean, due * from_a.moves, closed);
  EXPECT_NEAR(from_b.credit.mean, due * from_b.moves, closed);
  EXPECT_NEAR(actors[b].own_reasons, (1.0 - due) * actors[b].moves.mean, closed);
}

TEST(Genealogy, ChainsPassCreditOn) {
  const Traced run(chain());
  const auto actors = run.genealogy.actors();
  EXPECT_EQ(run.edge(a, c).moves, 0.0);  // C does not look at A
  EXPECT_NEAR(actors[a].direct.mean, run.edge(a, b).credit.mean, closed);
  EXPECT_NEAR(actors[b].with_chains.mean, run.edge(b, c).credit.mean, closed);
  // Whenever C follows B, the part of B's move that is A's counts for A, too.
  EXPECT_NEAR(actors[a].with_chains.mean, actors[a].direct.mean + due * actors[b].direct.mean,
              closed);
  EXPECT_EQ(actors[c].with_chains.mean, 0.0);
}

TEST(Genealogy, CountsMovesAsTheRungsHaveThem) {
  const Model model = chain();
  const Traced run(model);
  RunOptions options;
  options.replicates = 400;
  const auto memory = simulate(model, options);
  std::size_t end = 0;
  for (std::size_t r = 0; r < 400; ++r) {
    for (const auto i : {b, c}) end += memory.rung(model, recognition, r, 3, i) == 1 ? 1 : 0;
  }
  EXPECT_NEAR(run.genealogy.moves().mean, static_cast<double>(end) / 400.0, 1e-12);
  EXPECT_EQ(run.genealogy.replicates(), 400U);
}

TEST(Genealogy, WhoIsBroughtByAnEventFollowsNobody) {
  const Traced run(chain());
  const auto actors = run.genealogy.actors();
  EXPECT_EQ(run.genealogy.brought().mean, 1.0);
  EXPECT_EQ(run.genealogy.brought().standard_error, 0.0);
  EXPECT_EQ(actors[a].brought, 1.0);
  EXPECT_EQ(actors[a].moves.mean, 0.0);
  EXPECT_FALSE(actors[a].from_start);
  EXPECT_NEAR(run.genealogy.followed(Arrival::event), actors[a].direct.mean, closed);
  EXPECT_NEAR(run.genealogy.followed(Arrival::choice), actors[b].direct.mean, closed);
  EXPECT_EQ(run.genealogy.followed(Arrival::start), 0.0);
}

TEST(Genealogy, WhatAnEventBringsIsSeenInTheSameStep) {
  Model model = chain(1);
  const Traced run(model);
  EXPECT_GT(run.edge(a, b).moves, 0.7);  // 1 / (1 + exp(-1.5)) = 0.82
}

TEST(Genealogy, MarksThoseWhoStoodThereFromTheStart) {
  Model model = chain();
  model.events.clear();
  model.initial_rungs[model.rung_index(0, recognition, a)] = 1;
  const Traced run(model);
  const auto actors = run.genealogy.actors();
  EXPECT_TRUE(actors[a].from_start);
  EXPECT_FALSE(actors[b].from_start);
  EXPECT_NEAR(run.genealogy.followed(Arrival::start), actors[a].direct.mean, closed);
  EXPECT_NEAR(run.edge(a, b).credit.mean, due * run.edge(a, b).moves, closed);
}

TEST(Genealogy, WithoutCouplingAllMovesAreForOwnReasons) {
  Model model = chain();
  model.terms = {{"switching", {1.0F}}};
  const Traced run(model);
  EXPECT_FALSE(run.genealogy.looks_at_others());
  EXPECT_GT(run.genealogy.moves().mean, 1.0);
  EXPECT_EQ(run.genealogy.followed().mean, 0.0);
  EXPECT_TRUE(run.genealogy.edges().empty());
  for (const auto& actor : run.genealogy.actors()) EXPECT_EQ(actor.own_reasons, actor.moves.mean);
}

TEST(Genealogy, EqualPeersShareEqually) {
  Model model = world(3, {{c, a, 0.5}, {c, b, 0.5}});
  model.events = {recognising_event(model, a, 0), recognising_event(model, b, 0)};
  const Traced run(model);
  EXPECT_EQ(run.edge(a, c).credit.mean, run.edge(b, c).credit.mean);
  EXPECT_NEAR(run.edge(a, c).log_odds, conformity, closed);
  EXPECT_NEAR(run.edge(a, c).credit.mean, due / 2.0 * run.edge(a, c).moves, closed);
}

TEST(Genealogy, ThoseWhoMoveTogetherDoNotFollowEachOther) {
  const Traced run(world(2, {{a, b}, {b, a}}, 1));
  EXPECT_GT(run.genealogy.moves().mean, 0.0);
  EXPECT_EQ(run.genealogy.followed().mean, 0.0);
}

TEST(Genealogy, CoverAndBandwagonCount) {
  Model model = chain(1);
  auto& ladder = model.ladders[index_of(recognition)];
  ladder.exposure = {0.0F, 1.0F};
  ladder.signal = {0.0F, 1.0F};
  model.rights.value[0] = 0.0F;
  for (std::size_t i = 0; i < 3; ++i) {
    model.actors[i].importance = i == a ? 0.5F : 0.25F;
    model.parameters.at(Param::rights_sensitivity, 0, i) = 1.0F;
  }
  model.terms = {{"rights", {2.0F, 0.5F}}, {"bandwagon", {3.0F}}};
  const Traced run(model);
  // B sees A recognise: cover 1 halves the rights cost of 2; half of the world adds 3 / 2.
  EXPECT_NEAR(run.edge(a, b).log_odds, 1.0 + 1.5, closed);
  const double p = 1.0 / (1.0 + std::exp(-0.5)), alone = 1.0 / (1.0 + std::exp(2.0));
  EXPECT_NEAR(run.edge(a, b).credit.mean, (1.0 - alone / p) * run.edge(a, b).moves, closed);
  // C looks at B, who is not there yet: drift alone.
  EXPECT_NEAR(run.edge(a, c).log_odds, 1.5, closed);
}

TEST(Genealogy, BrakesGetNoCredit) {
  Model model = world(3, {{c, a}});
  model.ladders[index_of(recognition)].signal = {0.0F, 1.0F};
  model.actors[a].importance = 0.25F;
  model.actors[b].importance = 0.5F;
  model.actors[c].importance = 0.25F;
  model.terms.push_back({"bandwagon", {-2.0F}});
  model.events = {recognising_event(model, a, 0), recognising_event(model, b, 0)};
  const Traced run(model);
  EXPECT_NEAR(run.edge(a, c).log_odds, 2.0 * conformity - 0.5, closed);
  EXPECT_NEAR(run.edge(b, c).log_odds, -1.0, closed);
  EXPECT_EQ(run.edge(b, c).credit.mean, 0.0);
  const double p = 1.0 / (1.0 + std::exp(0.0)), alone = 1.0 / (1.0 + std::exp(1.5));
  EXPECT_NEAR(run.edge(a, c).credit.mean, (1.0 - alone / p) * run.edge(a, c).moves, closed);
}

/// Actor c is brought in, set back and brought in again; what it led to in between stays credited.
TEST(Genealogy, EachStayIsCreditedByItself) {
  Model model = chain(6);
  Event back = recognising_event(model, b, 3);
  back.id = "back";
  back.changes[0].value = 0.0F;
  model.events.push_back(back);
  const Traced run(model);
  const auto actors = run.genealogy.actors();
  EXPECT_GT(actors[b].moves.mean, 1.2);  // twice in many replicates
  EXPECT_LE(actors[b].moved, 1.0);
  EXPECT_NEAR(run.edge(a, b).credit.mean, due * actors[b].moves.mean, closed);
  EXPECT_NEAR(actors[a].with_chains.mean, actors[a].direct.mean + due * actors[b].direct.mean,
              closed);
}

/// The tiny world without what alters its relations, more restless than it is.
Model restless_world() {
  Model model = tiny_world();
  for (auto& event : model.events) {
    std::erase_if(event.changes, [](const Change& change) {
      return change.space == Space::alignment || change.space == Space::rivalry;
    });
  }
  for (auto& body : model.bodies) {
    std::erase_if(body.changes, [](const Change& change) {
      return change.space == Space::alignment || change.space == Space::rivalry;
    });
  }
  for (auto& ladder : model.ladders) ladder.rate = 12.0F;
  return model;
}

TEST(Genealogy, CreditOfEveryMoveSumsToOne) {
  for (const CascadeTarget target : {recognised, CascadeTarget{0, LadderRole::engagement, 2},
                                     CascadeTarget{0, LadderRole::coercion, 1}}) {
    const Traced run(restless_world(), 64, target);
    double direct = 0.0, own = 0.0, credit = 0.0;
    for (const auto& actor : run.genealogy.actors()) {
      direct += actor.direct.mean;
      own += actor.own_reasons;
      EXPECT_GE(actor.with_chains.mean, actor.direct.mean);
    }
    for (const auto& edge : run.genealogy.edges()) credit += edge.credit.mean;
    EXPECT_GT(run.genealogy.followed().mean, 0.0);
    EXPECT_NEAR(direct + own, run.genealogy.moves().mean, 1e-9);
    EXPECT_NEAR(credit, run.genealogy.followed().mean, 1e-9);
    EXPECT_NEAR(credit, direct, 1e-9);
    EXPECT_NEAR(credit,
                run.genealogy.followed(Arrival::start) + run.genealogy.followed(Arrival::event) +
                    run.genealogy.followed(Arrival::choice),
                1e-9);
  }
}

TEST(Genealogy, ThreadsAndLanesDoNotShow) {
  const Traced expected(restless_world(), 53, recognised, 1, 8);
  for (const auto& [threads, lanes] :
       {std::pair<std::size_t, std::size_t>{2, 8}, {5, 16}, {3, 64}}) {
    const Traced run(restless_world(), 53, recognised, threads, lanes);
    const auto edges = run.genealogy.edges();
    const auto others = expected.genealogy.edges();
    ASSERT_EQ(edges.size(), others.size());
    for (std::size_t e = 0; e < edges.size(); ++e) {
      EXPECT_EQ(edges[e].credit.mean, others[e].credit.mean);
      EXPECT_EQ(edges[e].credit.standard_error, others[e].credit.standard_error);
      EXPECT_EQ(edges[e].log_odds, others[e].log_odds);
    }
    for (std::size_t i = 0; i < 5; ++i) {
      EXPECT_EQ(run.genealogy.actors()[i].with_chains.mean,
                expected.genealogy.actors()[i].with_chains.mean);
    }
  }
}

TEST(Genealogy, StandardErrorIsThatOfAMean) {
  const Traced run(chain(1));
  const auto actors = run.genealogy.actors();
  // One step: B moves or does not.
  const double p = actors[b].moves.mean;
  EXPECT_NEAR(actors[b].moves.standard_error, std::sqrt(p * (1.0 - p) / 399.0), closed);
  EXPECT_NEAR(actors[a].direct.standard_error, due * actors[b].moves.standard_error, closed);
  EXPECT_TRUE(std::isnan(Traced(chain(1), 1).genealogy.moves().standard_error));
}

TEST(Genealogy, RefusesRelationsThatEventsAlter) {
  Model model = chain();
  Event event;
  event.id = "quarrel";
  event.changes = {{EventOp::set, Space::alignment, {1 * 3 + 0}, 0.5F}};
  model.events.push_back(event);
  const Simulation simulation(model, builtin_terms());
  EXPECT_EQ(relation_changes(simulation, recognised), std::vector<std::string>{"quarrel"});
  EXPECT_THROW(Genealogy(simulation, recognised), std::invalid_argument);

  model.terms = {{"bandwagon", {1.0F}}};  // looks at all alike
  const Simulation drift(model, builtin_terms());
  EXPECT_TRUE(relation_changes(drift, recognised).empty());
}

TEST(Genealogy, RefusesTargetsThatAreNone) {
  const Simulation simulation(chain(), builtin_terms());
  EXPECT_THROW(Genealogy(simulation, {1, recognition, 1}), std::invalid_argument);
  EXPECT_THROW(Genealogy(simulation, {0, recognition, 0}), std::invalid_argument);
  EXPECT_THROW(Genealogy(simulation, {0, recognition, 2}), std::invalid_argument);
}

TEST(Genealogy, RefusesTilesThatLackDrivers) {
  const Simulation simulation(chain(), builtin_terms());
  Genealogy genealogy(simulation, recognised);
  RunOptions options;
  EXPECT_THROW(simulation.run(options, genealogy), std::invalid_argument);
}

TEST(Genealogy, NoticesDriversThatDoNotBelongToTheRungs) {
  const Model model = chain();
  RunOptions options;
  options.replicates = 16;
  options.record = RecordLevel::full;
  auto memory = simulate(model, options);
  const Simulation simulation(model, builtin_terms());
  Genealogy genealogy(simulation, recognised);
  for (auto& tile : memory.tiles) {
    for (auto& driver : tile.drivers) driver += 0.01F;
  }
  EXPECT_THROW(genealogy.record(memory.tiles.at(0)), std::logic_error);
}

}  // namespace
}  // namespace entente::test
