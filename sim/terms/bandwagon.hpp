#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// The world's drift towards recognition (T5).
///
/// Equation:    coefficient * B * phi_signal(r)
/// Parameters:  coefficient [utility]
/// Reads:       bandwagon
/// Writes:      none
/// Draws:       none
/// Assumptions: Everyone sees the same world; bodies may add to the drift or take from it
///              (standing), so B may be negative.
/// Limits:      Linear in B: thresholds arise from the choice, not from this term.
/// Source:      Granovetter (1978), Threshold models of collective behavior, American Journal of
///              Sociology 83; Coggins (2011), Friends in high places, International Organization 65
struct BandwagonParams {
  float coefficient = 1.0F;
};

template <class V>
void visit_fields(V&& field, BandwagonParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "gain from signalling at full recognition by the world");
}

[[nodiscard]] TermInfo bandwagon_term();

}  // namespace entente::detail
