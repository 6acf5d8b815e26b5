#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "entente/estimate/design.hpp"

namespace entente {

struct FitOptions {
  /// Standard deviation of the prior of a term or covariate, in utility per standard deviation of
  /// its driver; 0: chosen from `scales` by cross-validation; infinity: none.
  double scale = 0.0;
  std::vector<double> scales{0.5, 1.0, 2.0};
  std::size_t folds = 5;
  /// Standard deviation of the prior of gaps around 0 [utility].
  double ladder_scale = 5.0;
  /// Prior of `down` [utility]: steps down are so rare that many records have none, and a prior
  /// around 0 would then make them common.
  double down_mean = 8.0, down_scale = 3.0;
  /// Standard deviation of the prior of dispositions [utility over the whole ladder]: where the
  /// model has a covariate that is by actor. 0: chosen from `disposition_scales` by
  /// cross-validation, which may find that none are best; negative: no dispositions.
  double disposition_scale = 0.0;
  std::vector<double> disposition_scales{0.5, 1.0, 2.0, 4.0};
  std::size_t most_iterations = 100;
  /// Names of coefficients that keep the model's value.
  std::vector<std::string> fixed;
  /// Names of the only terms and covariates that act; the others are 0 and not estimated. Nothing:
  /// all.
  std::optional<std::vector<std::string>> only;
  bool compare = true;   ///< find the log-likelihood of rates alone, too
  bool profile = false;  ///< profile intervals, too
};

struct Estimate {
  Coefficient coefficient;
  double value = 0.0;
  double standard_error = 0.0;  ///< from the curvature of the (penalised) log-likelihood
  double z = 0.0;
  double prior_mean = 0.0;
  double prior_sd = 0.0;  ///< infinity: none
  /// Value times the standard deviation of the driver [utility]; 0 of ladders.
  double effect = 0.0;
  std::optional<double> profile_low, profile_high;  ///< 95 %
};

/// What an actor does beyond what its drivers say.
struct Disposition {
  std::uint16_t history = 0;
  std::uint32_t actor = 0;
  double value = 0.0;           ///< [utility over the whole ladder]
  double standard_error = 0.0;  ///< given the coefficients
};

struct Fit {
  std::vector<Estimate> estimates;
  std::vector<double> all;  ///< every coefficient of the design, estimated or not
  Eigen::MatrixXd covariance;
  double log_likelihood = 0.0;
  double null_log_likelihood = 0.0;   ///< gaps and `down` alone, without prior on the rest
  double penalty = 0.0;               ///< log prior density less its value at the mode
  double effective_parameters = 0.0;  ///< trace of H (H + P)^-1
  double aic = 0.0, bic = 0.0;        ///< with the effective number
  double condition = 0.0;             ///< of the curvature, scaled to a diagonal of ones
  double scale = 0.0;                 ///< of the prior, as chosen
  std::vector<std::pair<double, double>> validation;  ///< scale, held-out log-likelihood
  std::vector<Disposition> dispositions;              ///< empty where there are none
  double disposition_scale = 0.0;                     ///< of their prior, as chosen; 0: none
  std::vector<std::pair<double, double>> disposition_validation;  ///< the same for dispositions
  std::size_t iterations = 0;
  std::size_t decisions = 0, moves = 0;
  std::vector<std::string> warnings;
};

/// Maximum a posteriori (without prior: maximum likelihood) by Newton's method with line search.
///
/// The scale of the prior maximises the held-out log-likelihood over folds of stretches of twelve
/// steps of an actor's record, among values that are weakly informative: a driver that moves by its
/// standard deviation changes the odds by a small factor.
///
/// @throws NumericalError  no maximum is found in `most_iterations`
/// @source  Train (2009), Discrete Choice Methods with Simulation, ch. 8; Gelman, Jakulin, Pittau &
/// Su
///          (2008), A weakly informative default prior distribution for logistic and other
///          regression models, Annals of Applied Statistics 2
[[nodiscard]] Fit fit(const Design& design, const FitOptions& options);

/// Values of the dispositions of one history, by actor.
[[nodiscard]] std::vector<std::pair<std::uint32_t, double>> dispositions_of(
    const Fit& fit, std::uint16_t history = 0);

}  // namespace entente
