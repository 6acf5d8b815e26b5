#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "entente/engine/simulation.hpp"

namespace entente {

/// What would have been enough (docs/model.md, section 13): drivers of a decision that would have
/// turned its odds, one at a time, and moves of others that would have.

/// Smallest and largest value that something may take.
struct Bounds {
  double low = 0.0;
  double high = 0.0;
};

/// An actor's choice on one ladder towards one authority.
struct ChoiceOf {
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  std::size_t actor = 0;
  Rung own = 0;     ///< where it is made from
  Rung option = 0;  ///< the rung asked about: own + 1 or own - 1
};

/// Log-odds of the option against all others together, given that the actor reconsiders.
///
/// u_o - ln(1 + e^u_other), u: utility against staying over temperature; the summand only where the
/// ladder has a rung on the other side
///
/// @param drivers  one value per `Simulation::driver_names()`
/// @throws std::invalid_argument  no such rung or option, or another number of drivers
[[nodiscard]] double log_odds(const Simulation& simulation, const ChoiceOf& choice,
                              std::span<const float> drivers);

/// The argument nearest to `actual` at which a function has the other sign (zero counts as
/// positive); nothing where it has none within bounds.
///
/// Searched outwards in 512 steps, then by bisection: two turns closer together than a step may be
/// missed. The answer lies on the far side of the turn.
[[nodiscard]] std::optional<double> nearest_turn(const std::function<double(double)>& function,
                                                 double actual, Bounds bounds);

/// Values that a driver may have for an actor (docs/model.md, section 13), and in any case the
/// actual value: the range of a parameter; of a covariate, what actors of this world have. Who
/// looks at nobody can have no other alignment and cover than none.
[[nodiscard]] Bounds driver_bounds(const Simulation& simulation, const ChoiceOf& choice,
                                   std::size_t column, double actual);

/// What one driver alone would have had to be.
struct Needed {
  std::size_t column = 0;  ///< of `Simulation::driver_names()`
  double actual = 0.0;
  Bounds range;
  std::optional<double> value;  ///< nearest to `actual` that turns the odds; nothing: out of reach
  double best = 0.0;            ///< within range, where it comes closest to turning them
  double best_log_odds = 0.0;
};

/// For every driver that the terms of the ladder read and that can change the log-odds of the
/// option: what would have made it more likely than not, or, where it was, not.
///
/// @return  ascending by column
[[nodiscard]] std::vector<Needed> enough_by_driver(const Simulation& simulation,
                                                   const ChoiceOf& choice,
                                                   std::span<const float> drivers);

/// Where others stood on the ladder of a choice: share of decisions by actor and rung, shape
/// (actors, rungs).
using Standing = std::vector<double>;

/// Whether moves of others on a ladder change what decisions on it are taken on.
[[nodiscard]] bool looks_at_others(const Simulation& simulation, LadderRole ladder);

/// Others whose move to the option's rung would have changed what peers do to a decision:
/// alignment, cover, bandwagon and rivalry together.
struct OthersMoved {
  std::vector<std::size_t> actors;   ///< as they were taken
  std::vector<std::size_t> columns;  ///< drivers that they move, ascending
  double log_odds = 0.0;             ///< of the option, once they stood there
  bool enough = false;               ///< the option became more likely than not
};

/// Moves others to the option's rung, one after another, until that is enough or `most` have been
/// moved. First come those with the largest weight in the actor's row of alignment, then those of
/// larger importance. Who stands there already, or beyond, stays.
///
/// @param drivers   of the decision, or their mean over several
/// @param standing  where others stood
/// @param fixed     shape (actors): true for those who cannot move, empty for none
/// @return          nothing where an event may have changed the actor's row of a relation, or the
///                  ladder does not look at others
[[nodiscard]] std::optional<OthersMoved> enough_by_others(
    const Simulation& simulation, const ChoiceOf& choice, std::span<const float> drivers,
    const Standing& standing, const std::vector<bool>& fixed = {}, std::size_t most = 10);

}  // namespace entente
