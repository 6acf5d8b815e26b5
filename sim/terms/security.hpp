#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Cooperation against shared enemies (T1).
///
/// Equation:    coefficient * wS_i * xi * S_i * phi_security(r)
/// Parameters:  coefficient [utility]
/// Reads:       security_weight, trust, security
/// Writes:      none
/// Draws:       none
/// Assumptions: Cooperation is worth as much as the authority can deliver (trust), whatever the
///              actor's own strength.
/// Limits:      Threats from other states are in rivalry (T6); S may leave [-1, 1] with many
///              groups.
/// Source:      Walt (1987), The Origins of Alliances; Kinne (2014), Dependent diplomacy,
///              International Studies Quarterly 58
struct SecurityParams {
  float coefficient = 1.0F;
};

template <class V>
void visit_fields(V&& field, SecurityParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "strength of the security motive");
}

[[nodiscard]] TermInfo security_term();

}  // namespace entente::detail
