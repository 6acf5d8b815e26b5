#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "entente/ensemble/event_times.hpp"
#include "explanation.hpp"
#include "lab/page/parts.hpp"
#include "pins.hpp"

namespace entente::lab {

/// Explains the choices of all actors on all ladders at some steps, out of one simulation of level
/// full. What would have been enough is asked at the last step alone, on engagement and
/// recognition: it takes longer than all the rest.
class DecisionSurvey final : public Recorder {
 public:
  /// @param simulation  the one whose tiles are recorded; it must outlive this
  /// @param steps       ascending
  DecisionSurvey(const Simulation& simulation, std::vector<std::uint32_t> steps);

  void record(const TileResult& tile) override;

  /// `Decision[]`, once: by authority, ladder, actor and step.
  [[nodiscard]] Json take(const Scenario& scenario, std::size_t outcome);

 private:
  /// One ladder towards one authority.
  struct Board {
    std::vector<cli::DecisionReader> readers;  ///< by actor, as are pins
    std::vector<cli::Pins> pins;
    std::vector<cli::ExplanationSums> sums;  ///< by actor and step
    bool asks = false;
    std::vector<bool> pinned;  ///< by actor, at the last step
  };
  void add(Board& board, const cli::Course& course, std::size_t s);

  const Simulation& simulation_;
  const Model& model_;
  std::vector<std::uint32_t> steps_;
  std::vector<Board> boards_;
};

}  // namespace entente::lab
