#include "engine/relations.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "engine/events.hpp"
#include "engine/tile.hpp"
#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"

namespace entente::detail {
namespace {

constexpr std::size_t actors = 3;
constexpr std::size_t lanes = 16;
constexpr std::uint64_t entry = 0 * actors + 1;
constexpr std::uint64_t other = 2 * actors + 0;

Event event_of(const char* id, std::uint32_t step, std::uint32_t duration, float probability,
               std::vector<Change> changes) {
  Event event;
  event.id = id;
  event.first_step = step;
  event.last_step = step;
  event.duration = duration;
  event.probability = probability;
  event.changes = std::move(changes);
  return event;
}

/// Rivalry of 0.5 between all, under events that overlap, in some replicates.
Model contested_world() {
  Model model = test::bare_world(actors, 8);
  std::vector<double> rivalry(actors * actors, 0.5);
  for (std::size_t i = 0; i < actors; ++i) rivalry[i * actors + i] = 0.0;
  model.rivalry = Relation::scaled(actors, rivalry);
  model.rivalry_presence = 0.3F;
  model.terms = {{"rivalry", {1.0F}}};
  const auto change = [](EventOp op, std::vector<std::uint64_t> indices, float value) {
    return Change{op, Space::rivalry, std::move(indices), value, 0.0F};
  };
  model.events = {
      event_of("more", 1, 4, 0.5F, {change(EventOp::add, {entry, other}, 0.8F)}),
      event_of("less", 2, 4, 0.5F,
               {change(EventOp::scale, {entry}, 0.3F), change(EventOp::scale, {entry}, 0.9F)}),
      event_of("elsewhere", 3, 2, 1.0F, {change(EventOp::set, {other}, 0.25F)}),
      event_of("below", 4, 1, 0.5F, {change(EventOp::add, {entry}, -2.0F)})};
  return model;
}

/// The entry as docs/model.md says: its changes in the order of the file, each held within 0 to 1.
std::int32_t expected(const CompiledModel& m, const Tile& tile, const TouchedEdge& edge,
                      std::size_t lane) {
  float value = static_cast<float>(edge.base) / static_cast<float>(relation_unit);
  bool changed = false;
  for (std::size_t e = 0; e < m.model.events.size(); ++e) {
    if (tile.active_rows[e * lanes + lane] == 0) continue;
    for (const auto& change : m.model.events[e].changes) {
      const auto index = static_cast<std::uint64_t>(edge.row) * actors + edge.column;
      if (std::count(change.indices.begin(), change.indices.end(), index) == 0) continue;
      changed = true;
      if (change.op == EventOp::add) value += change.value;
      if (change.op == EventOp::scale) value *= change.value;
      if (change.op == EventOp::set) value = change.value;
      value = std::clamp(value, 0.0F, 1.0F);
    }
  }
  if (!changed) return edge.base;
  return static_cast<std::int32_t>(value * static_cast<float>(relation_unit) + 0.5F);
}

TEST(Relations, EntriesFollowTheEventsInForceInEachReplicate) {
  const CompiledModel m(contested_world(), builtin_terms());
  ASSERT_EQ(m.touched_rivalry.size(), 2U);
  Tile tile(m, lanes);
  tile.reset(m, 0, lanes);
  const auto base = tile.rivalry_edges;
  std::vector<std::int32_t> seen;
  for (std::uint32_t step = 0; step < 8; ++step) {
    apply_events(m, tile, step);
    for (std::size_t x = 0; x < m.touched_rivalry.size(); ++x) {
      const auto& edge = m.touched_rivalry[x];
      for (std::size_t l = 0; l < lanes; ++l) {
        const auto value = tile.rivalry_edges[x * lanes + l];
        ASSERT_EQ(value, expected(m, tile, edge, l)) << "step " << step << " lane " << l;
        ASSERT_EQ(tile.rivalry_shift[edge.row * lanes + l], value - edge.base);
        seen.push_back(value);
      }
    }
  }
  EXPECT_EQ(tile.rivalry_edges, base) << "all events are over";
  std::sort(seen.begin(), seen.end());
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  EXPECT_EQ(seen.front(), 0);
  EXPECT_EQ(seen.back(), relation_unit);
  EXPECT_GE(seen.size(), 6U) << "events that do not overlap say little";
}

}  // namespace
}  // namespace entente::detail
