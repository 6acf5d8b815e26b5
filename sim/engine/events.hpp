#pragma once

#include <cstdint>

#include "engine/tile.hpp"

namespace entente::detail {

/// Stage 1 of a step: series move, events fire, parameters and relations take their value of the
/// step, states that an event sets are set and pinned.
void apply_events(const CompiledModel& m, Tile& tile, std::uint32_t step);

/// Puts states under a hold back to where it keeps them, after a stage that may have moved them.
void hold_states(const CompiledModel& m, Tile& tile);

/// After the decisions: pairs under an event end where it says (set, hold) or inside its band, and
/// states under a hold where it keeps them.
void apply_pins(const CompiledModel& m, Tile& tile);

/// Last stage of a step: bodies count their members; decisions take effect in the next step.
void decide_bodies(const CompiledModel& m, Tile& tile);

}  // namespace entente::detail
