#pragma once

#include <optional>
#include <string>
#include <vector>

#include "entente/ensemble/enough.hpp"

namespace entente::cli {

/// What would have been enough to turn the odds of one option: each driver by itself, and others.
struct Levers {
  Rung option = 0;
  double log_odds = 0.0;        ///< of the option against all others, if the actor reconsiders
  std::vector<Needed> drivers;  ///< the smallest change for its range first, then out of reach
  std::vector<std::string> constant;  ///< terms that count and that no driver changes
  bool looks_at_others = false;       ///< moves of others can matter
  std::optional<OthersMoved>
      others;  ///< nothing where it was more likely than not, or cannot be told

  [[nodiscard]] bool likely() const { return log_odds >= 0.0; }
};

/// @param utility  by term: of the option against staying
[[nodiscard]] Levers find_levers(const Simulation& simulation, const ChoiceOf& choice,
                                 const std::vector<double>& drivers,
                                 const std::vector<double>& utility, const Standing& standing,
                                 const std::vector<bool>& pinned);

/// The name of a driver as a reader knows it: without the ladder, covariates by their own.
[[nodiscard]] std::string driver_label(const std::string& name);

/// The rung that a height of the actor's own would stand for: `mission`; empty for other drivers.
[[nodiscard]] std::string rung_needed(const Model& model, const std::string& driver, double actual,
                                      double needed);

[[nodiscard]] double logistic(double log_odds);

}  // namespace entente::cli
