#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Rights pressure, less under cover (T3).
///
/// Equation:    -coefficient * wR_i * P_i * (1 - cover_effect * F_i) * phi_exposure(r)
/// Parameters:  coefficient [utility], cover_effect [1]
/// Reads:       rights_weight, rights, cover
/// Writes:      none
/// Draws:       none
/// Assumptions: Audiences punish visible ties (exposure) and look at what the reference group has
///              done.
/// Limits:      Audiences differ between actors but not within one; pressure does not depend on who
///              else engages short of recognition.
/// Source:      Hafner-Burton (2008), Sticks and stones: naming and shaming the human rights
///              enforcement problem, International Organization 62; Finnemore & Sikkink (1998),
///              International norm dynamics and political change, International Organization 52
struct RightsParams {
  float coefficient = 1.0F;
  float cover_effect = 0.5F;
};

template <class V>
void visit_fields(V&& field, RightsParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "strength of the rights motive");
  field("cover_effect", p.cover_effect, "1", Range{0.0F, 1.0F},
        "share of the cost that disappears when all of the reference group recognises");
}

[[nodiscard]] TermInfo rights_term();

}  // namespace entente::detail
