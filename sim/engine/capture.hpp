#pragma once

#include <cstdint>
#include <memory>

#include "engine/drivers.hpp"
#include "engine/workspace.hpp"
#include "entente/engine/recorder.hpp"

namespace entente::detail {

/// Turns the state of a tile into a TileResult, step by step.
class Capture {
 public:
  /// @param result  new, or that of an earlier tile of the same run: its memory is used again
  Capture(const CompiledModel& m, const Tile& tile, RecordLevel level,
          std::unique_ptr<TileResult> result);

  /// The state at the end of a step.
  void state(const Tile& tile, std::uint32_t step);

  /// Level full: what the decisions of a step are taken on, all of them, for one block. Blocks may
  /// be captured in parallel.
  void decisions(const Tile& tile, const AuthorityRows& shared, std::size_t authority,
                 Workspace& work, std::uint32_t step);
  [[nodiscard]] bool full() const { return level_ == RecordLevel::full; }

  [[nodiscard]] std::unique_ptr<TileResult> take() { return std::move(result_); }

 private:
  void count(const Tile& tile, std::uint32_t step);
  void count_rest(const Rung* rows, std::size_t first_lane, std::size_t stride, std::size_t rungs,
                  std::uint32_t* occupancy);
  void driver(const Workspace& work, std::size_t authority, std::uint32_t step, std::size_t column,
              const float* row);
  void contribution(const Workspace& work, std::size_t authority, LadderRole ladder,
                    std::uint32_t step, const LadderChannel& channel, const float* intensity,
                    const Rung* rung);
  void decided_from(const Workspace& work, std::size_t authority, LadderRole ladder,
                    std::uint32_t step, const Rung* rung);
  void luck(const Workspace& work, std::size_t authority, LadderRole ladder, std::uint32_t step,
            const float* opportunity);
  /// Position of (authority, ladder, replicate, step, first actor of a block).
  [[nodiscard]] std::size_t decision(std::size_t authority, std::size_t ladder,
                                     std::size_t replicate, std::uint32_t step,
                                     std::size_t actor) const;

  const CompiledModel& m_;
  RecordLevel level_;
  std::size_t replicates_, steps_, most_rungs_;
  std::unique_ptr<TileResult> result_;
  std::vector<std::uint32_t> above_;  // scratch of `count`
  std::vector<std::uint64_t> bytes_;
};

}  // namespace entente::detail
