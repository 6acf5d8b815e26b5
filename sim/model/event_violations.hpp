#pragma once

#include "entente/model/model.hpp"
#include "model/findings.hpp"

namespace entente::detail {

/// Largest value of a continuous state of an authority; the smallest is 0.
[[nodiscard]] float state_max(std::size_t state);

/// Events and bodies: what they count, when they act, what they change and to which value.
void inspect_events(const Model& model, Findings& findings);

}  // namespace entente::detail
