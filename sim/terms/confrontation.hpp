#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Confrontation with the order that withholds recognition (T7).
///
/// Equation:    coefficient * C_i(t) * phi_signal(r)
/// Parameters:  coefficient [utility]
/// Reads:       confrontation
/// Writes:      none
/// Draws:       none
/// Assumptions: Recognition serves as a signal to third parties.
/// Limits:      C comes from outside the model; it does not react to the simulated course of
///              events.
/// Source:      Coggins (2014), Power Politics and State Formation in the Twentieth Century: The
///              Dynamics of Recognition
struct ConfrontationParams {
  float coefficient = 1.0F;
};

template <class V>
void visit_fields(V&& field, ConfrontationParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "gain from signalling at full confrontation");
}

[[nodiscard]] TermInfo confrontation_term();

}  // namespace entente::detail
