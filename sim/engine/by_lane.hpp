#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/tile.hpp"

namespace entente::detail {

// Rows of one value per lane: what is not an actor's.

/// The value of a parameter that belongs to no actor (lanes).
void load_single(const CompiledModel& m, const Tile& tile, Param param, std::size_t row,
                 std::size_t column, float* out);

/// Posture value p of an authority towards a group (lanes).
void load_posture(const CompiledModel& m, const Tile& tile, std::size_t authority,
                  std::size_t group, float* out);

/// One word per entity and lane, for entities numbered from 0.
class LaneWords {
 public:
  LaneWords(const CompiledModel& m, const Tile& tile, std::size_t entities, std::uint32_t step,
            std::uint32_t stream);
  [[nodiscard]] const std::uint32_t* operator[](std::size_t entity) const {
    return rows_[entity].data();
  }

 private:
  std::vector<std::vector<std::uint32_t>> rows_;
};

}  // namespace entente::detail
