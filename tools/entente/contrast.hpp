#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "decision.hpp"
#include "entente/ensemble/risk_sets.hpp"
#include "entente/io/scenario.hpp"

namespace entente::cli {

/// Which replicates are set against each other: those in which the actor reached a rung, or a
/// higher one, by the end of a step, and those in which it did not.
struct ContrastQuestion {
  Pair pair;
  Rung rung = 1;         ///< above the lowest
  std::uint32_t by = 0;  ///< last step that counts
};

using Difference = RiskSets::Difference;

/// A difference between movers and their mates, of something that has a name.
struct NamedDifference {
  std::string name;
  Difference x;
};

/// What drives the difference between replicates (docs/model.md, section 13).
struct Contrast {
  std::string source;
  ContrastQuestion question;
  std::size_t first_replicate = 0;
  std::size_t replicates = 0;
  std::size_t at_start = 0;  ///< stood there before the first step
  std::size_t by_event = 0;  ///< were put there by an event or a body
  std::size_t by_choice = 0;
  std::vector<std::uint32_t> steps;  ///< of arrivals by event or choice, ascending

  std::size_t matched = 0;             ///< movers by choice in whose risk set somebody stayed
  std::size_t mates = 0;               ///< decisions of those who stayed, in these sets
  std::vector<NamedDifference> terms;  ///< of the rung against staying, over temperature [log-odds]
  Difference log_odds;                 ///< sum of the terms
  Difference probability;              ///< of the move, in its step [1]
  Difference foreseen;                 ///< of having moved by then: 1 - prod (1 - p) [1]
  std::vector<NamedDifference> drivers;  ///< that the terms of the ladder read
  std::vector<NamedDifference> events;   ///< 1: had fired; those that not all replicates share
  std::vector<NamedDifference> others;   ///< 1: stood on the rung, or higher, before; ids of actors

  [[nodiscard]] std::size_t reached() const { return at_start + by_event + by_choice; }
};

/// Simulates replicates [first, first + count) up to the question's step and compares.
[[nodiscard]] Contrast find_contrast(const Model& model, const ContrastQuestion& question,
                                     std::size_t first, std::size_t count);

/// Whether a difference of shares exceeds what chance gives in 95 of 100 cases for the largest of
/// `compared` (Bonferroni): by the normal law, and by Poisson's where hardly any are expected.
///
/// @param movers  number of movers that were compared
[[nodiscard]] bool stands_out(const Difference& share, std::size_t movers, std::size_t compared);

[[nodiscard]] std::string contrast_text(const Scenario& scenario, const Contrast& contrast);
/// One object, documented in docs/json.md.
[[nodiscard]] std::string contrast_json(const Scenario& scenario, const Contrast& contrast);

}  // namespace entente::cli
