#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Humanitarian and migration need (T9).
///
/// Equation:    coefficient * n_i * phi_security(r)
/// Parameters:  coefficient [utility]
/// Reads:       need
/// Writes:      none
/// Draws:       none
/// Assumptions: Need is met by the same early contacts that serve security.
/// Limits:      Need is given; engagement does not reduce it.
/// Source:      Greenhill (2010), Weapons of Mass Migration
struct NeedParams {
  float coefficient = 0.5F;
};

template <class V>
void visit_fields(V&& field, NeedParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "gain from talking at full need");
}

[[nodiscard]] TermInfo need_term();

}  // namespace entente::detail
