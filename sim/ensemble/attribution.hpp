#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "entente/engine/simulation.hpp"
#include "entente/ensemble/genealogy.hpp"

namespace entente::detail {

/// What a move is due to (docs/model.md, section 14).
struct Attribution {
  double probability = 0.0;          ///< p, of moving up, given that the actor reconsiders [1]
  double probability_without = 0.0;  ///< p0, the same with nobody ahead [1]
  std::vector<double> log_odds;      ///< by earlier mover; sum ln p/(1-p) - ln p0/(1-p0)
  std::vector<double> credit;        ///< by earlier mover, >= 0 [1]
  double own_reasons = 1.0;          ///< 1 less all credit [1]
};

/// One move up to the target.
struct MoveUp {
  Rung own = 0;                          ///< rung that it was decided on
  std::span<const float> drivers;        ///< as recorded
  std::span<const std::size_t> columns;  ///< of the drivers that earlier movers bear on
  /// Share of each earlier mover in each of them, (columns, earlier); of one sign in a column.
  std::span<const double> shares;
  std::size_t earlier = 0;
};

/// Credits a move to earlier movers. `out` is filled anew; its memory is used again.
void attribute(const Simulation& simulation, LadderRole ladder, const MoveUp& move,
               Attribution& out);

}  // namespace entente::detail
