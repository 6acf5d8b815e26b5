#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "entente/model/model.hpp"

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

/// The decisions and the names of their columns.
struct Decisions {
  std::vector<std::string> terms;               ///< of Decision::below and above
  std::vector<std::string> drivers;             ///< of Decision::drivers
  std::vector<std::vector<std::size_t>> reads;  ///< by term: positions of the drivers it reads
  std::vector<Decision> rows;                   ///< by replicate
};

/// Simulates replicates [first, first + count) up to the step of the question and keeps what bears
/// on it. Results are repeatable to the bit, so these are the decisions of the original run.
[[nodiscard]] Decisions simulate_decisions(const Model& model, const Question& question,
                                           std::size_t first, std::size_t count);

}  // namespace entente::cli
