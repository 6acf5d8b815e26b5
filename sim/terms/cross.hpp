#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Ties between an actor's ladders (T10).
///
/// Equation:    coefficient * s_engagement(i) * [r recognises] on recognition; -coercion *
///              s_coercion(i) * s_d(r) on engagement
/// Parameters:  coefficient [utility], coercion [utility]
/// Reads:       engagement, coercion
/// Writes:      none
/// Draws:       none
/// Assumptions: Decisions on one ladder see the others as they stood at the start of the step.
/// Limits:      Linear in the heights; no tie from recognition back to engagement.
/// Source:      Ker-Lindsay (2015), Engagement without recognition: the limits of diplomatic
///              interaction with contested states, International Affairs 91; Caspersen (2012),
///              Unrecognized States
struct CrossParams {
  float coefficient = 1.0F;
  float coercion = 0.5F;
};

template <class V>
void visit_fields(V&& field, CrossParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "gain from recognising one with whom the actor fully engages");
  field("coercion", p.coercion, "utility", coefficient_range,
        "cost of engaging fully with one whom the actor fully coerces");
}

[[nodiscard]] TermInfo cross_term();

}  // namespace entente::detail
