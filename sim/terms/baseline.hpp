#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Baseline of each rung (T0).
///
/// Equation:    coefficient * alpha_d(r)
/// Parameters:  coefficient [utility]
/// Reads:       none
/// Writes:      none
/// Draws:       none
/// Assumptions: What makes a rung attractive to every actor alike is constant over time.
/// Limits:      Differences between actors or periods are for the other terms; only differences
///              between rungs matter.
/// Source:      McFadden (1974), Conditional logit analysis of qualitative choice behavior; Train
///              (2009), Discrete Choice Methods with Simulation, ch. 2
struct BaselineParams {
  float coefficient = 1.0F;
};

template <class V>
void visit_fields(V&& field, BaselineParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "multiplies the baselines of all rungs");
}

[[nodiscard]] TermInfo baseline_term();

}  // namespace entente::detail
