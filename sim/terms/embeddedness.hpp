#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Ties that restrain coercion (TE).
///
/// Equation:    -coefficient * s_engagement(i) * s(r)
/// Parameters:  coefficient [utility]
/// Reads:       engagement
/// Writes:      none
/// Draws:       none
/// Assumptions: What engagement gives is at stake when the actor coerces.
/// Limits:      Counts the actor's own engagement, not that of its friends.
/// Source:      Oneal & Russett (1997), The classical liberals were right, International Studies
///              Quarterly 41
struct EmbeddednessParams {
  float coefficient = 0.5F;
};

template <class V>
void visit_fields(V&& field, EmbeddednessParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "cost of full coercion at full engagement");
}

[[nodiscard]] TermInfo embeddedness_term();

}  // namespace entente::detail
