#include "engine/peers.hpp"

#include <algorithm>
#include <cstring>

#include "core/lanes.hpp"
#include "engine/parallel.hpp"

namespace entente::detail {
namespace {

/// Actors per task when the sums of one large world are brought up to date.
constexpr std::size_t rows_per_task = 2048;

/// What one mover adds to the field of everyone who looks at it, by replicate.
struct Delta {
  std::size_t actor;
  PeerField field;
  std::size_t authority;
  std::size_t row;  ///< into the table of deltas, in rows of lanes
};

const Relation& relation_of(const CompiledModel& m, PeerField field) {
  return static_cast<std::size_t>(field) < 4 ? m.model.alignment : m.model.rivalry;
}

/// What moves in one step: deltas, and the rows of lanes that they point to.
struct Deltas {
  std::vector<Delta> list;
  std::vector<std::int32_t> rows;
};

/// One actor's rungs on one ladder before and after (lanes).
struct Move {
  std::size_t authority;
  LadderRole ladder;
  std::size_t actor;
  const Rung* before;
  const Rung* after;
};

/// Appends a delta for each field that a move touches.
void collect(const CompiledModel& m, const Move& move, std::size_t lanes, Deltas& deltas) {
  for (std::size_t f = 0; f < peer_field_count; ++f) {
    const auto field = static_cast<PeerField>(f);
    if (!m.peers[f] || peer_ladder(field) != move.ladder) continue;
    const auto& value = m.peer_values[f];
    const std::size_t row = deltas.rows.size();
    deltas.rows.resize(row + lanes);
    std::int32_t any = 0;
    for (std::size_t l = 0; l < lanes; ++l) {
      const std::int32_t delta = value[move.after[l]] - value[move.before[l]];
      deltas.rows[row + l] = delta;
      any |= delta;
    }
    if (any == 0) {
      deltas.rows.resize(row);
    } else {
      deltas.list.push_back({move.actor, field, move.authority, row});
    }
  }
}

void add_scaled(std::int32_t* out, const std::int32_t* delta, std::int32_t weight,
                std::size_t lanes) {
  lanes::each(lanes, [=](std::size_t l) { out[l] += weight * delta[l]; });
}

/// Adds a delta to the sums of the actors in [first, last) who look at the mover.
void spread(const CompiledModel& m, Tile& tile, const Delta& delta, const std::int32_t* values,
            std::size_t first, std::size_t last) {
  const std::size_t lanes = tile.lanes;
  const auto column = relation_of(m, delta.field).column(delta.actor);
  const auto begin = std::lower_bound(
      column.begin(), column.end(), first,
      [](const Relation::Entry& entry, std::size_t row) { return entry.row < row; });
  for (auto entry = begin; entry != column.end() && entry->row < last; ++entry) {
    auto* out = &tile.peers[m.peer_row(delta.authority, delta.field, entry->row) * lanes];
    add_scaled(out, values, entry->weight, lanes);
  }
}

/// Entries under events differ from the base by replicate: adds what the base pass left out.
void spread_touched(const CompiledModel& m, Tile& tile, const Delta& delta,
                    const std::int32_t* values) {
  const bool alignment = static_cast<std::size_t>(delta.field) < 4;
  const auto& edges = alignment ? m.touched_alignment : m.touched_rivalry;
  const auto& weights = alignment ? tile.alignment_edges : tile.rivalry_edges;
  const std::size_t lanes = tile.lanes;
  for (std::size_t e = 0; e < edges.size(); ++e) {
    if (edges[e].column != delta.actor) continue;
    auto* out = &tile.peers[m.peer_row(delta.authority, delta.field, edges[e].row) * lanes];
    const auto* weight = &weights[e * lanes];
    for (std::size_t l = 0; l < lanes; ++l) out[l] += (weight[l] - edges[e].base) * values[l];
  }
}

void apply(const CompiledModel& m, Tile& tile, const Deltas& deltas) {
  if (deltas.list.empty()) return;
  for_chunks(tile.actors, rows_per_task, [&](std::size_t, std::size_t first, std::size_t last) {
    for (const auto& delta : deltas.list) {
      spread(m, tile, delta, &deltas.rows[delta.row], first, last);
    }
  });
  for (const auto& delta : deltas.list) spread_touched(m, tile, delta, &deltas.rows[delta.row]);
}

void count_recognition(const CompiledModel& m, Tile& tile, const Move& move) {
  if (move.ladder != LadderRole::recognition) return;
  const auto& recognises = m.ladders[index_of(LadderRole::recognition)].recognises;
  auto* sum = &tile.recognising[move.authority * tile.lanes];
  for (std::size_t l = 0; l < tile.lanes; ++l) {
    sum[l] +=
        (recognises[move.after[l]] - recognises[move.before[l]]) * m.importance_fixed[move.actor];
  }
}

}  // namespace

void move_rungs(const CompiledModel& m, Tile& tile, std::size_t authority, LadderRole ladder,
                std::size_t actor, const Rung* after) {
  auto* before = &tile.rungs[tile.rung_row(authority, ladder, actor)];
  const Move move{authority, ladder, actor, before, after};
  Deltas deltas;
  collect(m, move, tile.lanes, deltas);
  count_recognition(m, tile, move);
  apply(m, tile, deltas);
  std::copy_n(after, tile.lanes, before);
}

void commit_rungs(const CompiledModel& m, Tile& tile) {
  Deltas deltas;
  for (std::size_t k = 0; k < m.authorities; ++k) {
    for (const auto ladder : all_ladders) {
      for (std::size_t i = 0; i < tile.actors; ++i) {
        const std::size_t row = tile.rung_row(k, ladder, i);
        const Move move{k, ladder, i, &tile.rungs[row], &tile.next_rungs[row]};
        if (std::memcmp(move.before, move.after, tile.lanes) == 0) continue;
        collect(m, move, tile.lanes, deltas);
        count_recognition(m, tile, move);
      }
    }
  }
  apply(m, tile, deltas);
  tile.rungs.swap(tile.next_rungs);
  tile.authority_rungs.swap(tile.next_authority_rungs);
}

namespace {

/// Value of a touched entry in one replicate, in units of 2^-15.
std::int32_t folded_weight(const TouchedEdge& edge, const Tile& tile, std::size_t lane) {
  float weight = static_cast<float>(edge.base) / static_cast<float>(relation_unit);
  bool changed = false;
  for (const auto& change : edge.changes) {
    if (tile.active_rows[change.source * tile.lanes + lane] == 0) continue;
    changed = true;
    if (change.op == EventOp::add) {
      weight += change.value;
    } else if (change.op == EventOp::scale) {
      weight *= change.value;
    } else {
      weight = change.value;
    }
    weight = weight < 0.0F ? 0.0F : weight;
    weight = weight > 1.0F ? 1.0F : weight;
  }
  if (!changed) return edge.base;
  return static_cast<std::int32_t>(weight * static_cast<float>(relation_unit) + 0.5F);
}

void refold(const CompiledModel& m, Tile& tile, const std::vector<TouchedEdge>& edges,
            std::vector<std::int32_t>& weights, std::vector<std::int32_t>& shift, bool alignment) {
  const std::size_t lanes = tile.lanes;
  std::vector<std::int32_t> moved(lanes);
  for (std::size_t e = 0; e < edges.size(); ++e) {
    std::int32_t any = 0;
    for (std::size_t l = 0; l < lanes; ++l) {
      const std::int32_t weight = folded_weight(edges[e], tile, l);
      moved[l] = weight - weights[e * lanes + l];
      any |= moved[l];
      weights[e * lanes + l] = weight;
      shift[edges[e].row * lanes + l] += moved[l];
    }
    if (any == 0) continue;
    for (std::size_t k = 0; k < m.authorities; ++k) {
      for (std::size_t f = alignment ? 0 : 4; f < (alignment ? 4U : peer_field_count); ++f) {
        if (!m.peers[f]) continue;
        const auto field = static_cast<PeerField>(f);
        const auto* rung = &tile.rungs[tile.rung_row(k, peer_ladder(field), edges[e].column)];
        auto* out = &tile.peers[m.peer_row(k, field, edges[e].row) * lanes];
        for (std::size_t l = 0; l < lanes; ++l) out[l] += moved[l] * m.peer_values[f][rung[l]];
      }
    }
  }
}

}  // namespace

void refold_relations(const CompiledModel& m, Tile& tile) {
  refold(m, tile, m.touched_alignment, tile.alignment_edges, tile.alignment_shift, true);
  refold(m, tile, m.touched_rivalry, tile.rivalry_edges, tile.rivalry_shift, false);
}

}  // namespace entente::detail
