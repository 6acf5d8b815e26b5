#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Pressure by an opposing hegemon (T8).
///
/// Equation:    -coefficient * H_i(t) * phi_exposure(r)
/// Parameters:  coefficient [utility]
/// Reads:       pressure
/// Writes:      none
/// Draws:       none
/// Assumptions: The cost follows from visible ties and from dependence, not from the hegemon's own
///              choice case by case.
/// Limits:      One hegemon for each authority; its effort is a parameter or series.
/// Source:      Drezner (1999), The Sanctions Paradox; Lake (2009), Hierarchy in International
///              Relations
struct PressureParams {
  float coefficient = 1.0F;
};

template <class V>
void visit_fields(V&& field, PressureParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "cost of full exposure to a hegemon that fully opposes");
}

[[nodiscard]] TermInfo pressure_term();

}  // namespace entente::detail
