#include "engine/relations.hpp"

#include <vector>

namespace entente::detail {
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
