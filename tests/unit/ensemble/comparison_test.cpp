#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "support/bare_world.hpp"
#include "support/paired_worlds.hpp"
#include "support/tiny_world.hpp"

namespace entente {
namespace {

using test::bare_world;
using test::compare_worlds;
using test::for_rungs;
using test::simulate;
using test::tiny_world;
using test::with_event;
using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr auto engagement = LadderRole::engagement;
constexpr auto recognition = LadderRole::recognition;
constexpr std::size_t alf = 0, del = 3, ech = 4;
constexpr std::size_t pairs = 64;  // a power of two: means are exact

/// Recognition by an actor from a step on.
Model recognise(const Model& model, std::uint32_t step, std::size_t actor) {
  return with_event(model, step, EventOp::hold, Space::rung,
                    model.rung_index(0, recognition, actor), 1.0F);
}

/// True where no count differs in any pair at the end of a step.
bool same_counts(const Model& model, const Comparison& comparison, std::size_t t) {
  bool same = true;
  for_rungs(model, [&](std::size_t k, LadderRole d, Rung r) {
    const auto e = comparison.count(k, d, t, r);
    same = same && e.difference == 0.0 && e.error == 0.0 && e.more + e.fewer == 0.0;
  });
  return same;
}

/// The actors that are forced on a ladder.
std::vector<std::size_t> forced(const Model& model, const Comparison& comparison, LadderRole d) {
  std::vector<std::size_t> actors;
  for (std::size_t i = 0; i < model.actors.size(); ++i) {
    if (comparison.is_forced(0, d, i)) actors.push_back(i);
  }
  return actors;
}

TEST(Comparison, OfAWorldWithItselfIsZeroThroughout) {
  const Model world = tiny_world(2);
  const Comparison same = compare_worlds(world, world, pairs);
  EXPECT_EQ(same.pairs(), pairs);
  EXPECT_FALSE(same.first_difference().has_value());
  for (std::size_t t = 0; t < world.calendar.steps(); ++t) {
    EXPECT_TRUE(same_counts(world, same, t)) << t;
  }
  for (std::size_t k = 0; k < 2; ++k) {
    for (const auto d : all_ladders) {
      for (std::size_t i = 0; i < world.actors.size(); ++i) {
        EXPECT_FALSE(same.is_forced(k, d, i));
        EXPECT_EQ(same.changed(k, d, i), 0.0);
        EXPECT_EQ(same.higher(k, d, i) + same.lower(k, d, i), 0.0);
      }
    }
  }
}

TEST(Comparison, NothingDiffersBeforeTheIntervention) {
  const Model world = tiny_world();
  for (const std::uint32_t step : {0U, 1U, 7U, 23U}) {
    const Comparison found = compare_worlds(world, recognise(world, step, ech), pairs);
    EXPECT_EQ(found.first_difference(), step);
    for (std::size_t t = 0; t < world.calendar.steps(); ++t) {
      EXPECT_EQ(same_counts(world, found, t), t < step) << t;
    }
  }
}

TEST(Comparison, SeesWhereAStateAnActivityOrABodyDiffersFirst) {
  // Nobody decides here, so that nothing but the state itself differs.
  Model world = bare_world(2, 6);
  test::add_group(world, 0.0F);
  const auto state = static_cast<std::uint64_t>(AuthorityState::hardliner);
  for (const auto& variant : {with_event(world, 4, EventOp::hold, Space::authority_state, state, 1),
                              with_event(world, 4, EventOp::set, Space::authority_rung, 0, 2),
                              with_event(world, 4, EventOp::scale, Space::activity, 0, 2)}) {
    EXPECT_EQ(compare_worlds(world, variant, 8).first_difference(), 4U);
  }
  Body body;
  body.id = "assembly";
  body.members = {0, 1};
  body.rung = 1;
  body.threshold = 0.5F;
  world.bodies = {body};
  Model early = world;
  early.bodies[0].initially = true;
  early.bodies[0].reverse_below = 0.0F;
  EXPECT_EQ(compare_worlds(world, early, 8).first_difference(), 0U);
}

TEST(Comparison, SplitsCountsIntoForcedAndFollowers) {
  const Model world = tiny_world();
  const Comparison found = compare_worlds(world, recognise(world, 3, alf), pairs);
  EXPECT_EQ(forced(world, found, recognition), std::vector<std::size_t>{alf});
  EXPECT_TRUE(forced(world, found, engagement).empty());
  for_rungs(world, [&](std::size_t k, LadderRole d, Rung r) {
    for (std::size_t t = 0; t < world.calendar.steps(); ++t) {
      const auto all = found.count(k, d, t, r);
      const auto first = found.forced(k, d, t, r);
      const auto others = found.followers(k, d, t, r);
      EXPECT_EQ(all.baseline, first.baseline + others.baseline);
      EXPECT_EQ(all.variant, first.variant + others.variant);
      EXPECT_EQ(all.difference, first.difference + others.difference);
    }
  });
  EXPECT_EQ(found.forced(0, recognition, 23, 1).variant, 1.0);
}

TEST(Comparison, WhoIsFreedFromAnEventIsForced) {
  const Model world = tiny_world();
  Model freed = world;
  std::erase_if(freed.events, [](const Event& e) { return e.id == "common-position"; });
  const std::vector<std::size_t> both{del, ech};
  EXPECT_EQ(forced(world, compare_worlds(world, freed, 8), engagement), both);

  Model sooner = world;
  for (auto& event : sooner.events) event.first_step += event.id == "common-position" ? 1 : 0;
  EXPECT_EQ(forced(world, compare_worlds(world, sooner, 8), engagement), both);
}

TEST(Comparison, WhoStartsElsewhereOrIsMovedByABodyIsForced) {
  const Model world = tiny_world();
  Model variant = world;
  variant.initial_rungs[world.rung_index(0, engagement, alf)] = 0;
  variant.bodies[0].changes.push_back(
      {EventOp::hold, Space::rung, {world.rung_index(0, recognition, del)}, 1.0F, 0.0F});
  const Comparison found = compare_worlds(world, variant, 8);
  EXPECT_EQ(forced(world, found, engagement), std::vector<std::size_t>{alf});
  EXPECT_EQ(forced(world, found, recognition), std::vector<std::size_t>{del});
}

TEST(Comparison, AnotherNoteOrAnotherParameterForcesNobody) {
  const Model world = tiny_world();
  Model variant = world;
  for (auto& event : variant.events) event.note += ", and told otherwise";
  variant.parameters.at(Param::sanctions, 0, 0) = 0.0F;
  variant.temperature = 0.5F;
  for (const auto flag : forced_pairs(world, variant)) EXPECT_EQ(flag, 0);
}

TEST(Comparison, JointHasTheProbabilitiesOfBothAsMarginals) {
  const Model world = tiny_world();
  PairedOptions options;
  options.replicates = pairs;
  const auto worlds = test::run_worlds(world, {recognise(world, 6, alf)}, options);
  const Comparison& found = worlds.variants[0];
  const std::size_t last = world.calendar.steps() - 1;
  for (const auto d : all_ladders) {
    const auto rungs = static_cast<Rung>(world.ladders[index_of(d)].size());
    for (std::size_t i = 0; i < world.actors.size(); ++i) {
      double differs = 0;
      for (Rung x = 0; x < rungs; ++x) {
        double row = 0;
        double column = 0;
        for (Rung y = 0; y < rungs; ++y) {
          row += found.joint(0, d, i, x, y);
          column += found.joint(0, d, i, y, x);
          if (x != y) differs += found.joint(0, d, i, x, y);
        }
        EXPECT_EQ(row, worlds.baseline.probability(0, d, last, i, x));
        EXPECT_EQ(column, found.variant().probability(0, d, last, i, x));
      }
      EXPECT_EQ(found.higher(0, d, i) + found.lower(0, d, i), differs);
      EXPECT_GE(found.changed(0, d, i), differs);
    }
  }
}

TEST(Comparison, CountsAgreeWithTheSummariesOfBoth) {
  const Model world = tiny_world();
  PairedOptions options;
  options.replicates = pairs;
  const auto worlds = test::run_worlds(world, {recognise(world, 6, alf)}, options);
  for_rungs(world, [&](std::size_t k, LadderRole d, Rung r) {
    for (std::size_t t = 0; t < world.calendar.steps(); ++t) {
      const auto e = worlds.variants[0].count(k, d, t, r);
      EXPECT_EQ(e.baseline, worlds.baseline.mean_count(k, d, t, r));
      EXPECT_EQ(e.variant, worlds.variants[0].variant().mean_count(k, d, t, r));
    }
  });
}

TEST(Comparison, WhereNobodyLooksAtOthersNobodyFollows) {
  Model world = bare_world(6, 12);
  for (auto& ladder : world.ladders) ladder.rate = 4.0F;
  const Comparison found = compare_worlds(world, recognise(world, 2, 1), 200);
  const auto own = found.forced(0, recognition, 11, 1);
  EXPECT_GT(own.difference, 0.3);
  EXPECT_EQ(own.fewer, 0.0);
  for_rungs(world, [&](std::size_t k, LadderRole d, Rung r) {
    for (std::size_t t = 0; t < 12; ++t) {
      const auto others = found.followers(k, d, t, r);
      EXPECT_EQ(others.difference, 0.0);
      EXPECT_EQ(others.error, 0.0);
      EXPECT_EQ(others.more + others.fewer, 0.0);
    }
  });
  for (const auto d : all_ladders) {
    for (std::size_t i = 0; i < 6; ++i) {
      EXPECT_TRUE(found.is_forced(0, d, i) || found.changed(0, d, i) == 0.0);
    }
  }
}

TEST(Comparison, SharedLuckNarrowsTheInterval) {
  const Model world = tiny_world();
  const auto index = world.parameters.slot(Param::need, 0, ech);
  const Comparison found =
      compare_worlds(world, with_event(world, 6, EventOp::add, Space::parameter, index, 0.2F), 400);
  const auto e = found.count(0, engagement, 23, 2);
  EXPECT_GT(e.error, 0.0);
  EXPECT_GT(e.narrowing(), 3.0);
}

TEST(Comparison, RefusesModelsThatCannotBePaired) {
  const Model world = tiny_world();
  const auto with = [&](auto change) {
    Model other = world;
    change(other);
    return [=] { const Comparison never(world, other); };
  };
  const auto refused = [](const char* what) {
    return ThrowsMessage<std::invalid_argument>(HasSubstr(what));
  };
  EXPECT_THAT(with([](Model& m) { m.seed = 8; }), refused("seed"));
  EXPECT_THAT(with([](Model& m) { m.actors[0].entity = 99; }), refused("actors"));
  EXPECT_THAT(with([](Model& m) { m.actors.pop_back(); }), refused("actors"));
  EXPECT_THAT(with([](Model& m) { m.authorities[0].id = "X"; }), refused("authorities"));
  EXPECT_THAT(with([](Model& m) { m.groups.clear(); }), refused("groups"));
  EXPECT_THAT(with([](Model& m) { m.ladders[0].rungs.pop_back(); }), refused("ladders.engagement"));
  EXPECT_THAT(with([](Model& m) { m.calendar = Calendar(); }), refused("time"));
}

TEST(Comparison, RefusesTilesThatAreNoPair) {
  const Model world = bare_world(2, 3);
  Comparison comparison(world, world);
  const auto tile = [&](std::size_t first, std::size_t replicates, RecordLevel level) {
    RunOptions options;
    options.first_replicate = first;
    options.replicates = replicates;
    options.record = level;
    return simulate(world, options).tiles.at(0);
  };
  const auto usual = tile(0, 8, RecordLevel::rungs);
  EXPECT_THROW(comparison.record(usual, tile(8, 8, RecordLevel::rungs)), std::invalid_argument);
  EXPECT_THROW(comparison.record(usual, tile(0, 4, RecordLevel::rungs)), std::invalid_argument);
  EXPECT_THROW(comparison.record(usual, tile(0, 8, RecordLevel::summary)), std::invalid_argument);
  EXPECT_THROW(comparison.record(usual, simulate(bare_world(3, 3), 8).tiles.at(0)),
               std::invalid_argument);
  EXPECT_EQ(comparison.pairs(), 0U);
  comparison.record(usual, tile(0, 8, RecordLevel::full));
  EXPECT_EQ(comparison.pairs(), 8U);
}

}  // namespace
}  // namespace entente
