#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Third parties that hold coercion down (TK).
///
/// Equation:    -coefficient * mediation(t) * s(r)
/// Parameters:  coefficient [utility]
/// Reads:       mediation
/// Writes:      none
/// Draws:       none
/// Assumptions: Mediation works alike on all who coerce.
/// Limits:      Mediators are not agents here; their effort is a parameter or series.
/// Source:      Beardsley (2008), Agreement without peace? International mediation and time
///              inconsistency problems, American Journal of Political Science 52
struct MediationParams {
  float coefficient = 1.0F;
};

template <class V>
void visit_fields(V&& field, MediationParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "cost of full coercion under full mediation");
}

[[nodiscard]] TermInfo mediation_term();

}  // namespace entente::detail
