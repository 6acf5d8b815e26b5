#include "engine/relations.hpp"

#include <algorithm>
#include <vector>

namespace entente::detail {
namespace {

/// The value of an entry after a change.
float altered_weight(EventOp op, float before, float value) {
  float weight = value;
  if (op == EventOp::add) weight = before + value;
  if (op == EventOp::scale) weight = before * value;
  weight = weight < 0.0F ? 0.0F : weight;
  return weight > 1.0F ? 1.0F : weight;
}

/// Folds the changes of one entry after the other, in all replicates at once.
class Folder {
 public:
  Folder(const CompiledModel& m, const Tile& tile)
      : tile_(tile), active_(m.activity_rows), value_(tile.lanes), changed_(tile.lanes) {
    for (std::size_t row = 0; row < active_.size(); ++row) {
      const auto* cells = &tile.active_rows[row * tile.lanes];
      active_[row] = std::any_of(cells, cells + tile.lanes, [](auto cell) { return cell != 0; });
    }
  }

  /// Whether a change of the entry came into force or went out of it in this step.
  [[nodiscard]] bool turned(const TouchedEdge& edge) const {
    return std::any_of(edge.changes.begin(), edge.changes.end(), [&](const ActiveChange& change) {
      return tile_.turned[change.source] != 0;
    });
  }

  /// Values of the entry, in units of 2^-15.
  void fold(const TouchedEdge& edge, std::vector<std::int32_t>& weights) {
    constexpr auto unit = static_cast<float>(relation_unit);
    std::fill(value_.begin(), value_.end(), static_cast<float>(edge.base) / unit);
    std::fill(changed_.begin(), changed_.end(), std::uint8_t{0});
    for (const auto& change : edge.changes) {
      if (active_[change.source] != 0) apply(change);
    }
    for (std::size_t l = 0; l < value_.size(); ++l) {
      const auto weight = static_cast<std::int32_t>(value_[l] * unit + 0.5F);
      weights[l] = changed_[l] != 0 ? weight : edge.base;
    }
  }

 private:
  void apply(const ActiveChange& change) {
    switch (change.op) {
      case EventOp::add:
        return apply_as<EventOp::add>(change);
      case EventOp::scale:
        return apply_as<EventOp::scale>(change);
      case EventOp::set:
      case EventOp::hold:
      case EventOp::band:
        return apply_as<EventOp::set>(change);
    }
  }

  template <EventOp op>
  void apply_as(const ActiveChange& change) {
    const auto* active = &tile_.active_rows[change.source * tile_.lanes];
    for (std::size_t l = 0; l < value_.size(); ++l) {
      const float after = altered_weight(op, value_[l], change.value);
      value_[l] = active[l] != 0 ? after : value_[l];
      changed_[l] |= active[l];
    }
  }

  const Tile& tile_;
  std::vector<std::uint8_t> active_;  ///< by row of the activity table: in some replicate
  std::vector<float> value_;
  std::vector<std::uint8_t> changed_;
};

void refold(const CompiledModel& m, Tile& tile, Folder& folder,
            const std::vector<TouchedEdge>& edges, std::vector<std::int32_t>& weights,
            std::vector<std::int32_t>& shift, bool alignment) {
  const std::size_t lanes = tile.lanes;
  std::vector<std::int32_t> folded(lanes);
  std::vector<std::int32_t> moved(lanes);
  for (std::size_t e = 0; e < edges.size(); ++e) {
    if (!folder.turned(edges[e])) continue;  // it stays what it was
    folder.fold(edges[e], folded);
    std::int32_t any = 0;
    for (std::size_t l = 0; l < lanes; ++l) {
      moved[l] = folded[l] - weights[e * lanes + l];
      any |= moved[l];
      weights[e * lanes + l] = folded[l];
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
  Folder folder(m, tile);
  refold(m, tile, folder, m.touched_alignment, tile.alignment_edges, tile.alignment_shift, true);
  refold(m, tile, folder, m.touched_rivalry, tile.rivalry_edges, tile.rivalry_shift, false);
}

}  // namespace entente::detail
