#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/model/model.hpp"

namespace entente {

/// Counts over replicates, in memory that does not grow with their number.
class Summary final : public Recorder {
 public:
  explicit Summary(const Model& model);

  void record(const TileResult& tile) override;

  [[nodiscard]] std::size_t replicates() const noexcept { return replicates_; }
  [[nodiscard]] std::size_t steps() const noexcept { return steps_; }

  /// Share of replicates with actor i on rung r at the end of step t [1].
  [[nodiscard]] double probability(std::size_t authority, LadderRole ladder, std::size_t t,
                                   std::size_t actor, Rung r) const;
  /// Share of replicates with actor i at or above rung r at the end of step t [1].
  [[nodiscard]] double probability_at_or_above(std::size_t authority, LadderRole ladder,
                                               std::size_t t, std::size_t actor, Rung r) const;
  /// Number of replicates in which `count` actors stand at or above rung r at the end of step t.
  [[nodiscard]] std::uint32_t histogram(std::size_t authority, LadderRole ladder, std::size_t t,
                                        Rung r, std::size_t count) const;
  /// Smallest count whose cumulative share reaches q; the mean is `mean_count` [actors].
  [[nodiscard]] std::size_t quantile_count(std::size_t authority, LadderRole ladder, std::size_t t,
                                           Rung r, double q) const;
  [[nodiscard]] double mean_count(std::size_t authority, LadderRole ladder, std::size_t t,
                                  Rung r) const;

 private:
  [[nodiscard]] std::size_t row(std::size_t authority, LadderRole ladder, std::size_t t) const;

  std::size_t actors_ = 0, steps_ = 0, rungs_ = 0;
  std::size_t replicates_ = 0;
  std::vector<std::uint64_t> occupancy_;  ///< (K, D, T, N, R)
  std::vector<std::uint32_t> histogram_;  ///< (K, D, T, R, N + 1)
};

/// Hands every tile to several recorders in turn.
class Tee final : public Recorder {
 public:
  explicit Tee(std::vector<Recorder*> recorders) : recorders_(std::move(recorders)) {}
  void record(const TileResult& tile) override {
    for (auto* recorder : recorders_) recorder->record(tile);
  }

 private:
  std::vector<Recorder*> recorders_;
};

}  // namespace entente
