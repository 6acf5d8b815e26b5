#include "engine/peers.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/events.hpp"
#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"

namespace entente::detail {
namespace {

constexpr std::size_t actors = 5;
constexpr std::size_t lanes = 8;

/// Everyone looks at everyone, more at those further down the list; rivals are neighbours.
Model connected_world() {
  Model model = test::bare_world(actors, 4);
  std::vector<double> alignment(actors * actors);
  std::vector<double> rivalry(actors * actors);
  for (std::size_t i = 0; i < actors; ++i) {
    for (std::size_t j = 0; j < actors; ++j) {
      if (i != j) alignment[i * actors + j] = 1.0 + static_cast<double>(j);
    }
    rivalry[i * actors + (i + 1) % actors] = 0.4;
  }
  model.alignment = Relation::normalised(actors, alignment);
  model.rivalry = Relation::scaled(actors, rivalry);
  model.rivalry_presence = 0.3F;
  model.terms = {{"alignment", {1.0F}}, {"rights", {1.0F, 0.5F}}, {"rivalry", {1.0F}}};
  for (auto& ladder : model.ladders) {
    ladder.economic.back() = 1.0F;
    ladder.exposure.back() = 1.0F;
  }
  return model;
}

/// The sums from scratch, entry by entry.
std::vector<std::int32_t> recomputed(const CompiledModel& m, const Tile& tile) {
  std::vector<std::int32_t> sums(tile.peers.size(), 0);
  for (std::size_t f = 0; f < peer_field_count; ++f) {
    if (!m.peers[f]) continue;
    const auto field = static_cast<PeerField>(f);
    const bool alignment = f < 4;
    const auto& relation = alignment ? m.model.alignment : m.model.rivalry;
    const auto& edges = alignment ? m.touched_alignment : m.touched_rivalry;
    const auto& weights = alignment ? tile.alignment_edges : tile.rivalry_edges;
    for (std::size_t i = 0; i < actors; ++i) {
      for (std::size_t j = 0; j < actors; ++j) {
        for (std::size_t l = 0; l < lanes; ++l) {
          std::int32_t weight = relation.weight(i, j);
          for (std::size_t e = 0; e < edges.size(); ++e) {
            if (edges[e].row == i && edges[e].column == j) weight = weights[e * lanes + l];
          }
          const Rung rung = tile.rungs[tile.rung_row(0, peer_ladder(field), j) + l];
          sums[m.peer_row(0, field, i) * lanes + l] += weight * m.peer_values[f][rung];
        }
      }
    }
  }
  return sums;
}

TEST(Peers, UpdatesAgreeWithSumsFromScratch) {
  const CompiledModel m(connected_world(), builtin_terms());
  Tile tile(m, lanes);
  tile.reset(m, 0, lanes);
  EXPECT_EQ(tile.peers, recomputed(m, tile));
  for (std::size_t round = 0; round < 6; ++round) {
    for (std::size_t x = 0; x < tile.next_rungs.size(); ++x) {
      const auto pair = x / (actors * lanes);
      tile.next_rungs[x] = static_cast<Rung>((x * 7 + round * 3) % m.ladders[pair].rungs);
    }
    tile.next_authority_rungs = tile.authority_rungs;
    commit_rungs(m, tile);
    ASSERT_EQ(tile.peers, recomputed(m, tile)) << "round " << round;
  }
}

TEST(Peers, AllWaysGiveTheSameSums) {
  Model model = connected_world();
  Event event;
  event.id = "tilt";
  event.probability = 0.5F;
  event.changes = {{EventOp::set, Space::alignment, {0 * actors + 3, 4 * actors + 0}, 0.7F, 0.0F},
                   {EventOp::scale, Space::rivalry, {1 * actors + 2}, 0.25F, 0.0F}};
  model.events = {event};
  const CompiledModel m(model, builtin_terms());
  ASSERT_FALSE(m.alignment_rows.pairs.empty()) << "no dense product to test";
  for (const auto way : {PeerWay::incremental, PeerWay::sparse, PeerWay::dense}) {
    Tile tile(m, lanes);
    tile.reset(m, 0, lanes);
    apply_events(m, tile, 0);
    for (std::size_t round = 0; round < 6; ++round) {
      for (std::size_t x = 0; x < tile.next_rungs.size(); ++x) {
        const auto pair = x / (actors * lanes);
        tile.next_rungs[x] = static_cast<Rung>((x * 7 + round * 3) % m.ladders[pair].rungs);
      }
      tile.next_authority_rungs = tile.authority_rungs;
      commit_rungs(m, tile, way);
      ASSERT_EQ(tile.peers, recomputed(m, tile)) << "way " << static_cast<int>(way);
    }
  }
}

TEST(Peers, MovingOneActorEqualsCommittingTheSameMove) {
  const CompiledModel m(connected_world(), builtin_terms());
  Tile one(m, lanes);
  one.reset(m, 0, lanes);
  const std::vector<Rung> after{0, 1, 2, 3, 4, 3, 2, 1};
  move_rungs(m, one, 0, LadderRole::engagement, 2, after.data());
  Tile all(m, lanes);
  all.reset(m, 0, lanes);
  all.next_rungs = all.rungs;
  all.next_authority_rungs = all.authority_rungs;
  std::copy(after.begin(), after.end(),
            &all.next_rungs[all.rung_row(0, LadderRole::engagement, 2)]);
  commit_rungs(m, all);
  EXPECT_EQ(one.peers, all.peers);
  EXPECT_EQ(one.rungs, all.rungs);
}

TEST(Peers, RelationsUnderEventsKeepSumsExactAndLeaveNoTrace) {
  Model model = connected_world();
  Event event;
  event.id = "tilt";
  event.first_step = 1;
  event.duration = 2;
  event.probability = 0.5F;
  event.changes = {{EventOp::set, Space::alignment, {0 * actors + 3, 4 * actors + 0}, 0.7F, 0.0F},
                   {EventOp::scale, Space::rivalry, {1 * actors + 2}, 0.25F, 0.0F}};
  model.events = {event};
  const CompiledModel m(model, builtin_terms());
  Tile tile(m, lanes);
  tile.reset(m, 0, lanes);
  const auto before = tile.alignment_edges;
  for (std::uint32_t step = 0; step < 4; ++step) {
    apply_events(m, tile, step);
    ASSERT_EQ(tile.peers, recomputed(m, tile)) << "step " << step;
    for (std::size_t x = 0; x < tile.next_rungs.size(); ++x) {
      const auto pair = x / (actors * lanes);
      tile.next_rungs[x] = static_cast<Rung>((x * 5 + step) % m.ladders[pair].rungs);
    }
    tile.next_authority_rungs = tile.authority_rungs;
    commit_rungs(m, tile);
    ASSERT_EQ(tile.peers, recomputed(m, tile)) << "end of step " << step;
    if (step == 1) {
      EXPECT_NE(tile.alignment_edges, before);
    }
  }
  EXPECT_EQ(tile.alignment_edges, before);
  EXPECT_TRUE(std::all_of(tile.alignment_shift.begin(), tile.alignment_shift.end(),
                          [](std::int32_t shift) { return shift == 0; }));
}

}  // namespace
}  // namespace entente::detail
