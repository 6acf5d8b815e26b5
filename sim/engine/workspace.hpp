#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/lanes.hpp"
#include "engine/tile.hpp"

namespace entente::detail {

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

  /// From one value per actor of the block.
  template <class T>
  const T* by_actor(const T* values, T* out) const;
  /// From one value per lane.
  template <class T>
  const T* by_lane(const T* values, T* out) const;
  /// From one value per element of the block.
  template <class T>
  const T* by_element(const T* values, T* out) const;
  /// The values of a parameter.
  const float* parameter(const CompiledModel& m, const Tile& tile, Param param, std::size_t row,
                         float* out) const;

  /// Actor of the block, per element taken.
  [[nodiscard]] const std::uint32_t* actors() const {
    return whole ? actor_of_.data() : actor.data();
  }

  /// One word per element of the block (taken or not) for this stream and step, in `draws`.
  void draw(const CompiledModel& m, std::uint32_t step, std::uint32_t stream);

  /// Whether a group may strike any of the block's actors.
  [[nodiscard]] bool exposed_to(const CompiledModel& m, std::size_t group) const;

  ActorBlock block;
  std::size_t lanes;
  std::size_t elements = 0;  ///< block.count * lanes
  std::size_t size = 0;      ///< elements taken
  bool whole = true;         ///< all are

  // Of the elements taken, unless all are: place in the block, actor of the block, lane.
  std::vector<std::uint32_t> element, actor, lane;

  std::vector<std::uint32_t> draws;
  std::vector<std::uint8_t> flags;  ///< of the elements of the block

  /// Drivers of the elements taken: where their rows stand, and rows to put them.
  Block rows;
  std::array<std::vector<float>, driver_count> driver;
  std::vector<std::vector<float>> covariates;
  std::vector<const float*> covariate_rows;
  DriverSet ready;  ///< drivers in `rows` that hold for the elements taken

  std::array<std::vector<float>, profile_count> intensity;
  std::array<std::vector<float>, 8> scratch;
  std::array<std::vector<std::int32_t>, 3> integers;
  std::vector<float> up, down, opportunity;
  std::vector<std::uint32_t> words;  ///< draws of the elements taken
  std::vector<Rung> rung, other_rung, next;

 private:
  /// out[x] = values[at[x]].
  template <class T>
  void pick(const T* values, const std::vector<std::uint32_t>& places, T* out) const {
    const std::uint32_t* at = places.data();
    lanes::each(size, [=](std::size_t x) { out[x] = values[at[x]]; });
  }

  std::vector<std::uint32_t> actor_of_, lane_of_;  ///< of every element of a block
  std::vector<std::uint32_t> quarter_, replicate_;
  std::array<std::vector<std::uint32_t>, 4> words_;
};

template <class T>
const T* Workspace::by_actor(const T* values, T* out) const {
  if (whole && lanes == 1) return values;
  if (whole) {
    for (std::size_t a = 0; a < block.count; ++a) std::fill_n(out + a * lanes, lanes, values[a]);
  } else {
    pick(values, actor, out);
  }
  return out;
}

template <class T>
const T* Workspace::by_lane(const T* values, T* out) const {
  if (whole) {
    for (std::size_t a = 0; a < block.count; ++a) std::copy_n(values, lanes, out + a * lanes);
  } else {
    pick(values, lane, out);
  }
  return out;
}

template <class T>
const T* Workspace::by_element(const T* values, T* out) const {
  if (whole) return values;
  pick(values, element, out);
  return out;
}

}  // namespace entente::detail
