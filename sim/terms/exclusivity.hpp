#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Rival claimants to one country (T13).
///
/// Equation:    -coefficient * sum over rival authorities k' of s_d(r_i,k') * s_d(r)
/// Parameters:  coefficient [utility]
/// Reads:       rival_claims
/// Writes:      none
/// Draws:       none
/// Assumptions: All authorities of a scenario claim the same country.
/// Limits:      None with a single authority; every pair of claimants is equally exclusive.
/// Source:      Gray (2003), Germany's Cold War: The Global Campaign to Isolate East Germany; Rich
///              (2009), Status for sale: Taiwan and the competition for diplomatic recognition,
///              Issues & Studies 45
struct ExclusivityParams {
  float coefficient = 1.0F;
};

template <class V>
void visit_fields(V&& field, ExclusivityParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "cost of a full tie while a rival claimant has one");
}

[[nodiscard]] TermInfo exclusivity_term();

}  // namespace entente::detail
