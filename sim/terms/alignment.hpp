#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Conformity with one's reference group (T4).
///
/// Equation:    -coefficient * wA_i * (s_d(r) - A_i,d)^2; the part that no rung changes is left out
/// Parameters:  coefficient [utility]
/// Reads:       alignment_weight, alignment
/// Writes:      none
/// Draws:       none
/// Assumptions: Distance counts by its square and alike in both directions.
/// Limits:      Everyone in the reference group is seen at once and exactly; an actor with no one
/// to
///              look at has weight 0 here.
/// Source:      Brock & Durlauf (2001), Discrete choice with social interactions, Review of
///              Economic Studies 68; Bailey, Strezhnev & Voeten (2017), Estimating dynamic state
///              preferences from United Nations voting data, Journal of Conflict Resolution 61
struct AlignmentParams {
  float coefficient = 1.0F;
};

template <class V>
void visit_fields(V&& field, AlignmentParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "cost of standing one full ladder away from the reference group");
}

[[nodiscard]] TermInfo alignment_term();

}  // namespace entente::detail
