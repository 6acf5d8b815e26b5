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

/// Stage 3 of a step: drivers of the elements taken towards one authority, from the state at the
/// start of the step (docs/model.md, section 4). Their rows are then in `work.rows`; those that are
/// there already for the same elements are kept.
///
/// @param ladder  the one that is decided
void compute_drivers(const CompiledModel& m, const Tile& tile, const AuthorityRows& shared,
                     std::size_t authority, LadderRole ladder, DriverSet wanted, Workspace& work);

/// Weight of alignment of the elements taken: 0 for who looks at nobody.
void compute_alignment_weight(const CompiledModel& m, const Tile& tile, const AuthorityRows& shared,
                              std::size_t authority, Workspace& work, float* out);

/// sum_s y o of the elements taken: what an authority has to offer them.
void compute_potential(const CompiledModel& m, const Tile& tile, const AuthorityRows& shared,
                       std::size_t authority, Workspace& work, float* out);

/// Puts the covariates of the elements taken into `work.rows`.
void load_covariates(const CompiledModel& m, const Tile& tile, const AuthorityRows& shared,
                     std::size_t authority, Workspace& work);

}  // namespace entente::detail
