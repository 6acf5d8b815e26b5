#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/lanes.hpp"
#include "engine/row.hpp"
#include "engine/tile.hpp"

namespace entente::detail {

/// Some of the elements taken, or of the actors of a block: [first, last).
struct Range {
  std::size_t first;
  std::size_t last;
};

/// Scratch rows of one task, and the elements of a block that its kernels work on: all of them,
/// actor slowest, or those that were picked. A kernel sees contiguous rows of `size` elements and
/// need not know which.
class Workspace {
 public:
  Workspace(const CompiledModel& m, const Tile& tile, std::size_t block_actors);

  /// Sets the block, with all its elements.
  void enter(const CompiledModel& m, const Tile& tile, const ActorBlock& next);
  /// Takes all elements of the block.
  void take_all();
  /// Takes the elements of the block whose flag in `flags`, 0 or 1, is set.
  void take_flagged();
  /// Takes every actor once, in the first replicate.
  void take_actors();

  // Rows of the elements taken. Each returns `out`, or where the values stand already.

  /// All elements taken.
  [[nodiscard]] Range all() const { return {0, size}; }
  /// Those that belong to the actors [first, last) of the block, or more.
  [[nodiscard]] Range of_actors(std::size_t first, std::size_t last) const;

  /// From one value per actor of the block.
  template <class T>
  const T* by_actor(const T* values, T* out) const {
    return by_actor(values, all(), out);
  }
  template <class T>
  const T* by_actor(const T* values, Range part, T* out) const;
  /// From one value per lane.
  template <class T>
  const T* by_lane(const T* values, T* out) const {
    return by_lane(values, all(), out);
  }
  template <class T>
  const T* by_lane(const T* values, Range part, T* out) const;
  /// From one value per element of the block.
  template <class T>
  const T* by_element(const T* values, T* out) const {
    return by_element(values, all(), out);
  }
  template <class T>
  const T* by_element(const T* values, Range part, T* out) const;
  /// The values of a parameter.
  const float* parameter(const CompiledModel& m, const Tile& tile, Param param, std::size_t row,
                         float* out) const {
    return parameter(m, tile, param, row, all(), out);
  }
  const float* parameter(const CompiledModel& m, const Tile& tile, Param param, std::size_t row,
                         Range part, float* out) const;

  /// Actor of the block, per element taken.
  [[nodiscard]] const std::uint32_t* actors() const {
    return whole ? actor_of_.data() : actor.data();
  }

  /// One word per element of the block (taken or not) for this stream and step, in `draws`.
  void draw(const CompiledModel& m, std::uint32_t step, std::uint32_t stream);

  /// The first of the block's actors whom a group may strike, and the one behind the last; nothing
  /// where it may strike none.
  [[nodiscard]] std::optional<Range> exposed_to(const CompiledModel& m, std::size_t group) const;

  ActorBlock block;
  std::size_t lanes;
  std::size_t elements = 0;  ///< block.count * lanes
  std::size_t size = 0;      ///< elements taken
  bool whole = true;         ///< all are

  // Of the elements taken, unless all are: place in the block, actor of the block, lane.
  Row<std::uint32_t> element, actor, lane;

  Row<std::uint32_t> draws;
  Row<std::uint8_t> flags;  ///< of the elements of the block

  /// Drivers of the elements taken: where their rows stand, and rows to put them.
  Block rows;
  std::array<Row<float>, driver_count> driver;
  std::vector<Row<float>> covariates;
  std::vector<const float*> covariate_rows;
  DriverSet ready;  ///< drivers in `rows` that hold for the elements taken

  std::array<Row<float>, profile_count> intensity;
  std::array<Row<float>, 4> scratch;
  std::array<Row<std::int32_t>, 3> integers;
  Row<float> up, down, opportunity;
  Row<std::uint32_t> words;  ///< draws of the elements taken
  Row<Rung> rung, other_rung, next;

 private:
  /// out[x] = values[at[x]].
  template <class T>
  void pick(const T* values, const Row<std::uint32_t>& places, Range part, T* out) const {
    const std::uint32_t* at = places.data() + part.first;
    T* to = out + part.first;
    lanes::each(part.last - part.first, [=](std::size_t x) { to[x] = values[at[x]]; });
  }

  Row<std::uint32_t> actor_of_, lane_of_;  ///< of every element of a block
  Row<std::uint32_t> quarter_, replicate_;
  std::array<Row<std::uint32_t>, 4> words_;
};

template <class T>
const T* Workspace::by_actor(const T* values, Range part, T* out) const {
  if (whole && lanes == 1) return values;
  if (whole) {
    const std::size_t lane_count = lanes;
    lanes::each(block.count, [=](std::size_t a) {
      const T value = values[a];
      for (std::size_t l = 0; l < lane_count; ++l) out[a * lane_count + l] = value;
    });
  } else {
    pick(values, actor, part, out);
  }
  return out;
}

template <class T>
const T* Workspace::by_lane(const T* values, Range part, T* out) const {
  if (whole) {
    const std::size_t lane_count = lanes;
    lanes::each(block.count, [=](std::size_t a) {
      for (std::size_t l = 0; l < lane_count; ++l) out[a * lane_count + l] = values[l];
    });
  } else {
    pick(values, lane, part, out);
  }
  return out;
}

template <class T>
const T* Workspace::by_element(const T* values, Range part, T* out) const {
  if (whole) return values;
  pick(values, element, part, out);
  return out;
}

}  // namespace entente::detail
