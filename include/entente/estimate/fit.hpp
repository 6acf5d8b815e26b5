#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "entente/estimate/design.hpp"

namespace entente {

/// Log-likelihood of decisions and its derivatives at one point.
struct Likelihood {
  double value = 0.0;        ///< [nat]
  Eigen::VectorXd gradient;  ///< (P)
  Eigen::MatrixXd hessian;   ///< (P, P)
};

/// The decisions of a design in the form that the likelihood is computed from, with some of the
/// coefficients free and the others in the offset. Immutable.
///
/// With opportunity q, utilities against staying u (rise) and d (fall), Z = 1 + e^u + e^d: a rise
/// has probability q e^u / Z, a fall q e^d / Z, and nothing happens with 1 - q + q / Z.
///
/// @source  McFadden (1974), Conditional logit analysis of qualitative choice behavior; the
///          derivatives of the stay follow by differentiating ln(1 - q + q / Z)
class LikelihoodData {
 public:
  /// @param free   columns of the design to estimate, ascending
  /// @param fixed  values of all coefficients; those of free ones are not used
  LikelihoodData(const Design& design, const std::vector<std::size_t>& free,
                 const std::vector<double>& fixed);

  [[nodiscard]] Likelihood at(const Eigen::VectorXd& theta) const;
  [[nodiscard]] double value_at(const Eigen::VectorXd& theta) const;
  /// Place in the design of each row; `fold` below is in the order of rows.
  [[nodiscard]] const std::vector<std::size_t>& order() const { return order_; }
  /// The same over rows n with fold[n] == which.
  [[nodiscard]] double value_at(const Eigen::VectorXd& theta, const std::vector<std::uint8_t>& fold,
                                std::uint8_t which) const;
  /// The rows with fold[n] != which.
  [[nodiscard]] LikelihoodData without(const std::vector<std::uint8_t>& fold,
                                       std::uint8_t which) const;
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(rise_.rows()); }
  [[nodiscard]] std::size_t parameters() const { return static_cast<std::size_t>(rise_.cols()); }
  /// Standard deviation of a driver over the moves that were open [utility per coefficient].
  [[nodiscard]] const std::vector<double>& spread() const { return spread_; }

 private:
  LikelihoodData() = default;
  // Decisions with a rung below come first, and only they have a row of `fall`.
  std::vector<std::size_t> order_;  ///< of the rows, in the design
  Eigen::MatrixXd rise_, fall_;
  Eigen::VectorXd offset_rise_, offset_fall_, opportunity_;
  std::vector<std::uint8_t> options_;  ///< bit 0: can rise, bit 1: can fall
  std::vector<std::int8_t> moved_;
  std::vector<double> spread_;
};

/// Independent Gaussian priors.
struct Prior {
  Eigen::VectorXd mean;
  Eigen::VectorXd sd;  ///< infinity: none
};

struct FitOptions {
  /// Standard deviation of the prior of a term or covariate, in utility per standard deviation of
  /// its driver; 0: chosen from `scales` by cross-validation over actors; infinity: none.
  double scale = 0.0;
  std::vector<double> scales{0.1, 0.2, 0.4, 0.8, 1.6, 3.2};
  std::size_t folds = 5;
  /// Standard deviation of the prior of gaps and `down` [utility]; their mean is 0.
  double ladder_scale = 5.0;
  std::size_t most_iterations = 100;
  /// Names of coefficients that keep the model's value.
  std::vector<std::string> fixed;
  /// Names of the only terms and covariates that act; the others are 0 and not estimated. Nothing:
  /// all.
  std::optional<std::vector<std::string>> only;
  bool profile = false;  ///< profile intervals, too
};

struct Estimate {
  Coefficient coefficient;
  double value = 0.0;
  double standard_error = 0.0;  ///< from the curvature of the (penalised) log-likelihood
  double z = 0.0;
  double prior_mean = 0.0;
  double prior_sd = 0.0;  ///< infinity: none
  double effect = 0.0;    ///< value times the standard deviation of the driver [utility]
  std::optional<double> profile_low, profile_high;  ///< 95 %
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
  double condition = 0.0;             ///< of the curvature, drivers scaled to unit spread
  double scale = 0.0;                 ///< of the prior, as chosen
  std::vector<std::pair<double, double>> validation;  ///< scale, held-out log-likelihood
  std::size_t iterations = 0;
  std::size_t decisions = 0, moves = 0;
  std::vector<std::string> warnings;
};

/// Maximum a posteriori (without prior: maximum likelihood) by Newton's method with line search.
///
/// The scale of the prior maximises the held-out log-likelihood over folds of actors.
///
/// @throws NumericalError  no maximum is found in `most_iterations`
/// @source  Train (2009), Discrete Choice Methods with Simulation, ch. 8; Gelman, Jakulin, Pittau &
/// Su
///          (2008), A weakly informative default prior distribution for logistic and other
///          regression models, Annals of Applied Statistics 2
[[nodiscard]] Fit fit(const Design& design, const FitOptions& options);

}  // namespace entente
