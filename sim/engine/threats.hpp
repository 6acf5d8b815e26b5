#pragma once

#include <cstdint>

#include "engine/workspace.hpp"

namespace entente::detail {

/// Stage 2 of a step, groups: ln a <- (1 - kappa Delta) ln a + sigma sqrt(Delta) n.
void drift_activity(const CompiledModel& m, Tile& tile, std::uint32_t step);

/// Stage 2 of a step, one block of actors: attacks are Poisson with mean
/// Delta rate a_g x_ig (1 - effect max(0, p)), each adds 1 to salience, which decays and is capped.
void strike(const CompiledModel& m, Tile& tile, Workspace& work, std::uint32_t step);

/// A parameter that is not per actor, by replicate (lanes).
void load_single(const CompiledModel& m, const Tile& tile, Param param, std::size_t row,
                 std::size_t column, float* out);

/// Posture value p of an authority towards a group, by replicate (lanes).
void load_posture(const CompiledModel& m, const Tile& tile, std::size_t authority,
                  std::size_t group, float* out);

}  // namespace entente::detail
