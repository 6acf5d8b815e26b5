#pragma once

#include <cstddef>
#include <vector>

#include "entente/estimate/fit.hpp"
#include "estimate/newton.hpp"

namespace entente::detail {

/// True for gaps and `down`, whose priors are not in units of a driver.
[[nodiscard]] bool is_ladder(const Coefficient& one);

/// The priors of a fit. Widths of 0 in the options are chosen by cross-validation and noted in the
/// fit: dispositions first, at a middling prior of the rest; `data` loses its dispositions where
/// none are best.
///
/// @param free  columns of the design that are estimated
[[nodiscard]] Prior choose_priors(const Design& design, const std::vector<std::size_t>& free,
                                  const FitOptions& options, LikelihoodData& data, Fit& fit);

}  // namespace entente::detail
