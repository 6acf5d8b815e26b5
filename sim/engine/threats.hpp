#pragma once

#include <cstdint>

#include "engine/workspace.hpp"

namespace entente::detail {

/// Stage 2 of a step, groups: ln a <- (1 - kappa Delta) ln a + sigma sqrt(Delta) n.
void drift_activity(const CompiledModel& m, Tile& tile, std::uint32_t step);

/// Stage 2 of a step, one group and the actors in `work`: attacks are Poisson with mean
/// Delta rate a_g x_ig (1 - effect max(0, p)), each adds 1 to salience, which decays and is capped.
void strike(const CompiledModel& m, Tile& tile, std::size_t group, Workspace& work,
            std::uint32_t step);

}  // namespace entente::detail
