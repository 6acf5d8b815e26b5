#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "entente/engine/simulation.hpp"
#include "entente/model/model.hpp"
#include "pins.hpp"

namespace entente::cli {

/// One choice, in every replicate: who, towards whom, on which ladder, when.
struct Question {
  std::size_t actor = 0;
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  std::uint32_t step = 0;
};

/// What the choice of one replicate was taken on, and what came of it.
struct Decision {
  std::size_t replicate = 0;
  Rung own = 0;    ///< the rung it was made from: that of the step before, unless an event moved it
  Rung after = 0;  ///< at the end of the step
  Rung low = 0;    ///< an event or body brought the outcome within these
  Rung high = 0;
  bool held = false;                ///< an event set or held the rung: the choice had no effect
  std::vector<std::string> events;  ///< ids of what set, held or confined the rung
  std::vector<double> below;        ///< by term: utility of the rung below, against staying
  std::vector<double> above;
  double opportunity = 0.0;     ///< probability of reconsidering [1]
  double luck = 0.0;            ///< the uniform draw [1]
  std::vector<double> drivers;  ///< by Simulation::driver_names()
};

/// Probabilities of the options below, own, above; 0 where there is none.
using OptionShares = std::array<double, 3>;

struct Odds {
  OptionShares reconsidering{};  ///< given that the actor reconsiders; sum 1
  OptionShares step{};           ///< in this step; sum 1
};

/// Multinomial logit over below, own and above (docs/model.md, section 5).
[[nodiscard]] Odds odds_of(const Decision& decision, const Model& model, LadderRole ladder);

/// -1, 0 or 1: where a uniform draw falls in the order below, own, above.
[[nodiscard]] int drawn(const Odds& odds, double luck);

/// Reads the choices of a pair out of tiles of level full.
class DecisionReader {
 public:
  DecisionReader(const Simulation& simulation, const Pair& pair);

  /// Rung at the end of the step before.
  [[nodiscard]] Rung before(const TileResult& tile, std::size_t place, std::uint32_t step) const;
  [[nodiscard]] Decision decision(const Course& course, std::uint32_t step) const;

 private:
  const Model& model_;
  Pair pair_;
  Pins pins_;
  std::size_t terms_, drivers_;
};

/// The decisions and the names of their columns.
struct Decisions {
  std::vector<std::string> terms;               ///< of Decision::below and above
  std::vector<std::string> drivers;             ///< of Decision::drivers
  std::vector<std::vector<std::size_t>> reads;  ///< by term: positions of the drivers it reads
  std::vector<Decision> rows;                   ///< by replicate
  /// Rung of every actor on the ladder at the end of the step before: shape (replicates, actors).
  std::vector<Rung> others;
  std::vector<bool> pinned;  ///< by actor: an event or a body had a hand in its rung in this step
};

/// The simulation of a model with nothing behind a step: what comes later cannot bear on it.
[[nodiscard]] Simulation simulation_until(const Model& model, std::uint32_t step);

/// How to run it in full: tiles are large, so their number in flight depends on their size.
[[nodiscard]] RunOptions modest_options(const Simulation& simulation);

/// Simulates replicates [first, first + count) up to the step of the question and keeps what bears
/// on it. Results are repeatable to the bit, so these are the decisions of the original run.
///
/// @param simulation  by simulation_until() of the question's step
/// @param stop        as in RunOptions
/// @return            of fewer replicates, or of none, only after `stop`
[[nodiscard]] Decisions simulate_decisions(const Simulation& simulation, const Question& question,
                                           std::size_t first, std::size_t count,
                                           const std::atomic<bool>* stop = nullptr);

}  // namespace entente::cli
