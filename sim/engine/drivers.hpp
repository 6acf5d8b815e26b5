#pragma once

#include <vector>

#include "engine/workspace.hpp"

namespace entente::detail {

/// What an authority is, offers and signals in one step, by replicate (lanes); the same for all
/// actors.
struct AuthorityRows {
  AuthorityRows(const CompiledModel& m, const Tile& tile, std::size_t authority);

  std::vector<float> trust;       ///< xi
  std::vector<float> stability;   ///< control less one half
  std::vector<float> repression;  ///< (1 - q) (1 + u)
  std::vector<float> bandwagon;   ///< B
  std::vector<float> sanctions, opposition, mediation;
  std::vector<std::vector<float>> posture;       ///< p, per group
  std::vector<std::vector<float>> threat_floor;  ///< b, per group
  std::vector<std::vector<float>> offer;         ///< o, per sector
};

/// Stage 3 of a step: the drivers of one block of actors towards one authority, from the state at
/// the start of the step (docs/model.md, section 4). Only those that an active term reads; the
/// others keep what they had.
void compute_drivers(const CompiledModel& m, const Tile& tile, const AuthorityRows& authority_rows,
                     std::size_t authority, Workspace& work);

}  // namespace entente::detail
