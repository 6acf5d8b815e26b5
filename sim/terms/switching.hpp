#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Cost of leaving the present rung (T11).
///
/// Equation:    -coefficient * (up_d * [r > r0] + down_d * [r < r0])
/// Parameters:  coefficient [utility]
/// Reads:       none
/// Writes:      none
/// Draws:       none
/// Assumptions: The cost depends on the direction, not on the rung or the actor.
/// Limits:      up_d and down_d belong to the ladders and are part of the two direction profiles.
/// Source:      Samuelson & Zeckhauser (1988), Status quo bias in decision making, Journal of Risk
///              and Uncertainty 1
struct SwitchingParams {
  float coefficient = 1.0F;
};

template <class V>
void visit_fields(V&& field, SwitchingParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "multiplies the switching costs of all ladders");
}

[[nodiscard]] TermInfo switching_term();

}  // namespace entente::detail
