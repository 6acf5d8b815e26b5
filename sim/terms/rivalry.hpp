#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// A rival's quarrel or presence (T6).
///
/// Equation:    coefficient * V_i * phi_economic(r)
/// Parameters:  coefficient [utility]
/// Reads:       rivalry
/// Writes:      none
/// Draws:       none
/// Assumptions: Influence is sought where a rival loses or holds it; presence counts eta times as
///              much as a quarrel.
/// Limits:      Rivalry is given, not changed by what the rivals do to each other.
/// Source:      Thompson (2001), Identifying rivals and rivalries in world politics, International
///              Studies Quarterly 45
struct RivalryParams {
  float coefficient = 0.5F;
};

template <class V>
void visit_fields(V&& field, RivalryParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range, "gain per unit of rivalry");
}

[[nodiscard]] TermInfo rivalry_term();

}  // namespace entente::detail
