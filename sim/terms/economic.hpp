#pragma once

#include "terms/make_term.hpp"

namespace entente::detail {

/// Economic interest (T2).
///
/// Equation:    coefficient * wM_i * xi * M_i * phi_economic(r)
/// Parameters:  coefficient [utility]
/// Reads:       economic_weight, trust, economic
/// Writes:      none
/// Draws:       none
/// Assumptions: Gains come with engagement and are lost in proportion to sanctions and the actor's
///              dependence.
/// Limits:      No bargaining over prices or shares; one actor's gain takes nothing from another's.
/// Source:      Neumayer (2008), Distance, power and ideology: diplomatic representation in a
///              world of nation-states, Area 40; Rose (2007), The foreign service and foreign
///              trade: embassies as export promotion, The World Economy 30
struct EconomicParams {
  float coefficient = 1.0F;
};

template <class V>
void visit_fields(V&& field, EconomicParams& p) {
  field("coefficient", p.coefficient, "utility", coefficient_range,
        "strength of the economic motive");
}

[[nodiscard]] TermInfo economic_term();

}  // namespace entente::detail
