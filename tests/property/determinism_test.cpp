// The promise of repeatability: how a run is carried out never shows in what it finds.

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "core/lanes.hpp"
#include "support/bare_world.hpp"
#include "support/tiny_world.hpp"

namespace entente::test {
namespace {

Memory run_with(const Model& model, std::size_t replicates, std::size_t threads, std::size_t lanes,
                RecordLevel level = RecordLevel::full) {
  RunOptions options;
  options.replicates = replicates;
  options.threads = threads;
  options.lanes = lanes;
  options.record = level;
  return simulate(model, options);
}

TEST(Determinism, AnyNumberOfThreadsGivesTheSameBytes) {
  for (const std::size_t authorities : {1U, 2U}) {
    const Model model = tiny_world(authorities);
    const auto expected = run_with(model, 37, 1, 8).bytes(model);
    for (const std::size_t threads : {2U, 7U, 64U}) {
      EXPECT_EQ(run_with(model, 37, threads, 8).bytes(model), expected) << threads << " threads";
    }
  }
}

/// So many actors that a step is split over tasks: everyone looks at a few others.
Model crowd(std::size_t actors) {
  Model model = bare_world(actors, 6);
  std::vector<std::uint32_t> rows, columns;
  std::vector<std::int32_t> weights;
  for (std::size_t i = 0; i < actors; ++i) {
    for (const std::size_t step : {1U, 7U, 111U, 1234U}) {
      rows.push_back(static_cast<std::uint32_t>(i));
      columns.push_back(static_cast<std::uint32_t>((i + step) % actors));
      weights.push_back(relation_unit / 4);
    }
  }
  model.alignment = Relation::from_triplets(actors, rows, columns, weights);
  for (auto& ladder : model.ladders) ladder.rate = 6.0F;
  for (std::size_t i = 0; i < actors; i += 3) model.initial_rungs[i] = 3;
  model.terms = {{"alignment", {4.0F}}, {"bandwagon", {2.0F}}, {"switching", {1.0F}}};
  model.authorities[0].dynamics.soften = 0.5F;
  return model;
}

TEST(Determinism, ATileLeavesNothingInTheNextWhereALadderHasOneRung) {
  Model model = crowd(40);
  for (const auto role : {LadderRole::engagement, LadderRole::coercion}) {
    Ladder& ladder = model.ladders[index_of(role)];
    ladder.rungs.resize(1);
    for (auto* row :
         {&ladder.baseline, &ladder.security, &ladder.economic, &ladder.exposure, &ladder.signal}) {
      row->resize(1);
    }
    ladder.height.resize(1);
  }
  std::fill(model.initial_rungs.begin(), model.initial_rungs.end(), Rung{0});
  const auto expected = run_with(model, 37, 1, 40).bytes(model);  // one tile
  EXPECT_EQ(run_with(model, 37, 1, 8).bytes(model), expected);    // four, and a shorter one
}

TEST(Determinism, SplittingOneLargeWorldOverTasksGivesTheSameBytes) {
  const Model model = crowd(3000);
  const auto expected = run_with(model, 16, 1, 16, RecordLevel::rungs).bytes(model);
  EXPECT_EQ(run_with(model, 16, 7, 16, RecordLevel::rungs).bytes(model), expected);
  EXPECT_EQ(run_with(model, 16, 7, 2, RecordLevel::rungs).bytes(model), expected);
}

TEST(Determinism, EveryInstructionSetGivesTheSameBytes) {
  const Model model = tiny_world(2);
  const auto expected = run_with(model, 70, 2, 64).bytes(model);
  for (const auto level : {lanes::Level::plain, lanes::Level::v2, lanes::Level::v3}) {
    lanes::use(level);
    EXPECT_EQ(run_with(model, 70, 2, 64).bytes(model), expected)
        << "level " << static_cast<int>(lanes::level());
  }
  lanes::use(lanes::supported());
}

TEST(Determinism, AnyTileWidthGivesTheSameBytes) {
  const Model model = tiny_world(2);
  const auto expected = run_with(model, 70, 2, 64).bytes(model);
  for (const std::size_t lanes : {1U, 3U, 8U, 256U}) {
    EXPECT_EQ(run_with(model, 70, 2, lanes).bytes(model), expected) << lanes << " lanes";
  }
}

TEST(Determinism, ReplicateOfAnEnsembleEqualsTheSingleRun) {
  const Model model = tiny_world();
  const Memory ensemble = run_with(model, 20, 2, 8);
  for (const std::size_t k : {0U, 7U, 8U, 19U}) {
    RunOptions options;
    options.first_replicate = k;
    options.replicates = 1;
    const Memory single = simulate(model, options);
    for (std::uint32_t t = 0; t < model.calendar.steps(); ++t) {
      for (std::size_t i = 0; i < model.actors.size(); ++i) {
        for (const auto role : all_ladders) {
          ASSERT_EQ(single.rung(model, role, 0, t, i), ensemble.rung(model, role, k, t, i))
              << "replicate " << k << " step " << t << " actor " << i;
        }
      }
    }
  }
}

TEST(Determinism, RecordingMoreChangesNothing) {
  const Model model = tiny_world();
  const Memory rungs = run_with(model, 16, 2, 8, RecordLevel::rungs);
  const Memory full = run_with(model, 16, 2, 8, RecordLevel::full);
  ASSERT_EQ(rungs.tiles.size(), full.tiles.size());
  for (std::size_t tile = 0; tile < rungs.tiles.size(); ++tile) {
    EXPECT_EQ(rungs.tiles[tile].rungs, full.tiles[tile].rungs);
    EXPECT_EQ(rungs.tiles[tile].occupancy, full.tiles[tile].occupancy);
  }
}

TEST(Determinism, AnotherSeedGivesAnotherWorld) {
  Model model = tiny_world();
  const auto expected = run_with(model, 8, 1, 8).bytes(model);
  ++model.seed;
  EXPECT_NE(run_with(model, 8, 1, 8).bytes(model), expected);
}

/// The same world with actor order[i] in place i.
Model permuted(const Model& model, const std::vector<std::size_t>& order) {
  const std::size_t n = order.size();
  Model out = model;
  std::vector<std::size_t> place(n);
  for (std::size_t i = 0; i < n; ++i) place[order[i]] = i;
  for (std::size_t i = 0; i < n; ++i) out.actors[i] = model.actors[order[i]];
  for (const auto& parameter : parameter_infos()) {
    if (out.parameters.columns(parameter.param) != n || parameter.shape == Shape::authority)
      continue;
    for (std::size_t row = 0; row < out.parameters.rows(parameter.param); ++row) {
      for (std::size_t i = 0; i < n; ++i) {
        out.parameters.at(parameter.param, row, i) =
            model.parameters.at(parameter.param, row, order[i]);
      }
    }
  }
  const auto relabel = [&](const Relation& relation) {
    std::vector<std::uint32_t> rows, columns;
    std::vector<std::int32_t> weights;
    for (std::size_t j = 0; j < n; ++j) {
      for (const auto& entry : relation.column(j)) {
        rows.push_back(static_cast<std::uint32_t>(place[entry.row]));
        columns.push_back(static_cast<std::uint32_t>(place[j]));
        weights.push_back(entry.weight);
      }
    }
    return Relation::from_triplets(n, rows, columns, weights);
  };
  out.alignment = relabel(model.alignment);
  out.rivalry = relabel(model.rivalry);
  for (std::size_t row = 0; row < model.initial_rungs.size() / n; ++row) {
    for (std::size_t i = 0; i < n; ++i) {
      out.initial_rungs[row * n + i] = model.initial_rungs[row * n + order[i]];
    }
  }
  for (std::size_t g = 0; g < model.groups.size(); ++g) {
    for (std::size_t i = 0; i < n; ++i) {
      out.initial_salience[g * n + i] = model.initial_salience[g * n + order[i]];
    }
  }
  // Series, events and bodies of the world name actors by place.
  const auto move_slots = [&](std::vector<std::size_t>& slots) {
    for (auto& slot : slots) {
      const auto param = out.parameters.param_of(slot);
      if (out.parameters.columns(param) != n || info(param).shape == Shape::authority) continue;
      const std::size_t first = out.parameters.slot(param, 0, 0);
      slot = first + (slot - first) / n * n + place[(slot - first) % n];
    }
    std::sort(slots.begin(), slots.end());
  };
  for (auto& series : out.series) move_slots(series.slots);
  const auto move_actors = [&](std::vector<std::uint32_t>& actors) {
    for (auto& i : actors) i = static_cast<std::uint32_t>(place[i]);
    std::sort(actors.begin(), actors.end());
  };
  const auto move_changes = [&](std::vector<Change>& changes) {
    for (auto& change : changes) {
      for (auto& index : change.indices) {
        if (change.space == Space::rung || change.space == Space::salience) {
          index = index / n * n + place[index % n];
        } else if (change.space == Space::alignment || change.space == Space::rivalry) {
          index = place[index / n] * n + place[index % n];
        } else if (change.space == Space::parameter) {
          std::vector<std::size_t> slot{static_cast<std::size_t>(index)};
          move_slots(slot);
          index = slot.front();
        }
      }
      std::sort(change.indices.begin(), change.indices.end());
    }
  };
  for (auto& event : out.events) {
    move_changes(event.changes);
    for (auto& condition : event.when) {
      if (auto* count = std::get_if<CountCondition>(&condition)) move_actors(count->among);
    }
  }
  for (auto& body : out.bodies) {
    move_changes(body.changes);
    move_actors(body.members);
    move_actors(body.vetoes);
  }
  return out;
}

TEST(Determinism, RelabellingActorsPermutesTheResultAndNothingElse) {
  const Model model = tiny_world(2);
  const std::size_t n = model.actors.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  std::rotate(order.begin(), order.begin() + 2, order.end());
  std::swap(order.front(), order.back());
  const Model other = permuted(model, order);
  const Memory before = run_with(model, 40, 2, 8, RecordLevel::rungs);
  const Memory after = run_with(other, 40, 2, 8, RecordLevel::rungs);
  for (std::size_t r = 0; r < 40; ++r) {
    for (std::uint32_t t = 0; t < model.calendar.steps(); ++t) {
      for (std::size_t i = 0; i < n; ++i) {
        for (const auto role : all_ladders) {
          ASSERT_EQ(after.rung(other, role, r, t, i), before.rung(model, role, r, t, order[i]))
              << "replicate " << r << " step " << t << " actor " << model.actors[order[i]].id;
        }
      }
    }
  }
  for (std::size_t tile = 0; tile < before.tiles.size(); ++tile) {
    EXPECT_EQ(before.tiles[tile].authority_states, after.tiles[tile].authority_states);
    EXPECT_EQ(before.tiles[tile].authority_rungs, after.tiles[tile].authority_rungs);
    EXPECT_EQ(before.tiles[tile].at_or_above, after.tiles[tile].at_or_above);
  }
}

}  // namespace
}  // namespace entente::test
