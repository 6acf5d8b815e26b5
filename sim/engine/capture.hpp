#pragma once

#include <cstdint>

#include "engine/workspace.hpp"
#include "entente/engine/recorder.hpp"

namespace entente::detail {

/// Turns the state of a tile into a TileResult, step by step.
class Capture {
 public:
  Capture(const CompiledModel& m, const Tile& tile, RecordLevel level);

  /// The state at the end of a step.
  void state(const Tile& tile, std::uint32_t step);

  // Level full: what the decisions of a step are taken on. Blocks may be captured in parallel.
  [[nodiscard]] bool full() const { return level_ == RecordLevel::full; }
  void drivers(const Workspace& work, std::size_t authority, std::uint32_t step);
  void contribution(const Workspace& work, std::size_t authority, LadderRole ladder,
                    std::uint32_t step, std::size_t term, const ProfileSteps& steps,
                    const float* intensity, const Rung* rung);
  void luck(const Workspace& work, std::size_t authority, LadderRole ladder, std::uint32_t step);

  [[nodiscard]] TileResult take() { return std::move(result_); }

 private:
  void count(const Tile& tile, std::uint32_t step);
  /// Position of (authority, ladder, replicate, step, first actor of a block).
  [[nodiscard]] std::size_t decision(std::size_t authority, std::size_t ladder,
                                     std::size_t replicate, std::uint32_t step,
                                     std::size_t actor) const;

  const CompiledModel& m_;
  RecordLevel level_;
  std::size_t replicates_, steps_, most_rungs_;
  TileResult result_;
};

}  // namespace entente::detail
