#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/model/model.hpp"

namespace entente::detail {

/// What measures need of a model; a copy, so that recorders may outlive it.
struct MeasuredWorld {
  explicit MeasuredWorld(const Model& model);

  std::size_t authorities, groups, actors, steps;
  std::size_t rungs = 0;                                         ///< of the longest ladder
  double dt;                                                     ///< [yr]
  std::array<std::vector<std::uint16_t>, ladder_count> heights;  ///< in units of 1/240
  std::vector<float> rights, posture;                            ///< values of their rungs
  std::vector<float> importance;
  std::vector<Rung> initial_rungs;  ///< (authority, ladder, actor)
};

/// One replicate of a tile.
class ReplicateView {
 public:
  ReplicateView(const MeasuredWorld& world, const TileResult& tile, std::size_t place)
      : world_(world), tile_(tile), place_(place) {}

  [[nodiscard]] const MeasuredWorld& world() const noexcept { return world_; }
  /// Rungs of all actors at the end of a step, and before the first.
  [[nodiscard]] std::span<const Rung> rungs(std::size_t authority, LadderRole ladder,
                                            std::size_t t) const;
  [[nodiscard]] std::span<const Rung> initial_rungs(std::size_t authority, LadderRole ladder) const;
  /// Number of actors at or above each rung at the end of a step.
  [[nodiscard]] std::span<const std::uint32_t> at_or_above(std::size_t authority, LadderRole ladder,
                                                           std::size_t t) const;
  [[nodiscard]] float state(std::size_t authority, AuthorityState state, std::size_t t) const;
  /// Rung of rights (0) or of the posture to group g (1 + g).
  [[nodiscard]] Rung policy(std::size_t authority, std::size_t policy, std::size_t t) const;

 private:
  /// Position in rows of shape (R, T).
  [[nodiscard]] std::size_t at(std::size_t row, std::size_t t) const {
    return (row * tile_.replicates + place_) * world_.steps + t;
  }

  const MeasuredWorld& world_;
  const TileResult& tile_;
  std::size_t place_;
};

/// Whether a tile has the shape of the world, and rungs where they are needed.
[[nodiscard]] bool fits(const MeasuredWorld& world, const TileResult& tile, RecordLevel level);

}  // namespace entente::detail
