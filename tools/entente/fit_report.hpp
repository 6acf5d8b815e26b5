#pragma once

#include <string>
#include <vector>

#include "cases.hpp"
#include "entente/estimate/fit.hpp"
#include "fit_goodness.hpp"

namespace entente::cli {

/// What `entente fit` found, as it is shown.
struct FitReport {
  std::vector<Case> cases;
  Design design;
  Fit fit;
  std::string until;                     ///< date of the end of the data, exclusive; empty: all
  std::string output;                    ///< file of coefficients; empty: none
  std::vector<LadderGoodness> goodness;  ///< of the first case
  std::size_t goodness_replicates = 0;   ///< 0: was not asked for
};

/// What the literature expects of a coefficient's sign: every term enters its formula such that a
/// positive coefficient is the expected effect. Covariates have none.
[[nodiscard]] bool has_expected_sign(const Coefficient& coefficient);

[[nodiscard]] std::string fit_text(const FitReport& report);
[[nodiscard]] std::string fit_json(const FitReport& report);
/// The design as CSV: a row per decision and option, with what each coefficient multiplies.
[[nodiscard]] std::string design_csv(const FitReport& report);

}  // namespace entente::cli
