#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/tile.hpp"

namespace entente::detail {

/// Scratch rows of one task: block.count * lanes elements each, actor slowest.
struct Workspace {
  Workspace(const CompiledModel& m, const Tile& tile, std::size_t block_actors);

  /// Sets the block and fills the address rows of its draws.
  void enter(const CompiledModel& m, const Tile& tile, const ActorBlock& next);

  /// One word per element for this stream and step, in `draws`.
  void draw(const CompiledModel& m, std::uint32_t step, std::uint32_t stream);

  /// The values of a parameter for the block's actors.
  void load(const CompiledModel& m, const Tile& tile, Param param, std::size_t row,
            float* out) const;

  /// Whether a group may strike any of the block's actors.
  [[nodiscard]] bool exposed_to(const CompiledModel& m, std::size_t group) const;

  ActorBlock block;
  std::size_t lanes;
  std::size_t size = 0;  ///< block.count * lanes

  std::vector<std::uint32_t> draws;

  std::array<std::vector<float>, driver_count> rows;
  std::vector<std::vector<float>> covariates;
  std::vector<const float*> covariate_rows;
  std::array<std::vector<float>, profile_count> intensity;
  std::vector<float> scratch, scratch2, up, down, opportunity;
  /// Heights of the block's actors on each ladder at the start of the step.
  std::array<std::vector<float>, ladder_count> height;
  /// Drivers that differ between ladders.
  std::array<std::vector<float>, ladder_count> alignment;
  std::array<std::vector<float>, ladder_count> rival_claims;

 private:
  std::vector<std::uint32_t> quarter_, replicate_;
  std::array<std::vector<std::uint32_t>, 4> words_;
};

}  // namespace entente::detail
