#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Coercion in answer to sheltered enemies (TG).
///
/// Equation:    coefficient * wS_i * G_i * capability_i * s(r)
/// Parameters:  coefficient [utility]
/// Reads:       security_weight, grievance, capability
/// Writes:      none
/// Draws:       none
/// Assumptions: Coercion answers the whole of the security loss, not a single attack.
/// Limits:      Retaliation by the authority is in its posture, not in this term.
/// Source:      Schultz (2010), The enforcement problem in coercive bargaining, International
///              Organization 64; Byman (2005), Deadly Connections: States that Sponsor Terrorism
struct GrievanceParams {
  float coefficient = 1.0F;
};

template <class V>
void visit_fields(V&& field, GrievanceParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "strength of the grievance motive");
}

[[nodiscard]] TermInfo grievance_term();

}  // namespace entente::detail
