#pragma once

#include <cstddef>
#include <memory>

#include "entente/model/term.hpp"

namespace entente::detail {

/// A regressor from data (T12): any column, on any profile and ladders, without code.
///
/// Equation:    coefficient * z_i,c * phi_c(r)
/// Parameters:  coefficient [utility], profile, ladders, as the scenario's covariate gives them
/// Reads:       covariate c
/// Writes:      none
/// Draws:       none
/// Assumptions: The column acts linearly and alike on all actors.
/// Limits:      z is given (or a series); it does not react to the course of events.
/// Source:      Train (2009), Discrete Choice Methods with Simulation, ch. 3; for recognition,
/// Mirilovic
///              & Siroky (2015), Two states in the Holy Land?, Politics and Religion 8, and (2017),
///              International recognition and religion, International Interactions 43
///
/// @param index  row of Block::covariates
[[nodiscard]] std::unique_ptr<Term> covariate_term(const CovariateChoice& choice,
                                                   std::size_t index);

}  // namespace entente::detail
