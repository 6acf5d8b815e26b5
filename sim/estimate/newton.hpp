#pragma once

#include <Eigen/Core>
#include <cstddef>

#include "entente/estimate/likelihood.hpp"

namespace entente::detail {

/// Independent Gaussian priors.
struct Prior {
  Eigen::VectorXd mean;
  Eigen::VectorXd sd;           ///< infinity: none
  double disposition_sd = 1.0;  ///< of dispositions, around 0
};

/// 1 / sd^2; 0 where there is no prior.
[[nodiscard]] Eigen::VectorXd precision(const Prior& prior);
/// Log density of the priors less that at their means.
[[nodiscard]] double penalty_at(const Prior& prior, const Point& point);

struct Maximum {
  Point point;
  Likelihood likelihood;  ///< without the prior
  /// Minus the Hessian of the penalised log-likelihood in the coefficients, with dispositions at
  /// their best for each.
  Eigen::MatrixXd curvature;
  Eigen::VectorXd disposition_curvature;  ///< the same of dispositions, given the coefficients
  std::size_t iterations = 0;
  bool converged = false;
};

/// Newton's method with line search on the penalised log-likelihood.
[[nodiscard]] Maximum maximise(const LikelihoodData& data, const Prior& prior, Point point,
                               std::size_t most_iterations);

/// Where the profile of the penalised log-likelihood falls to 1.92 below its maximum, half the 95 %
/// quantile of chi-squared with one degree of freedom.
///
/// @param direction  -1 for the lower end, 1 for the upper; infinite where there is none in reach
[[nodiscard]] double profile_end(const LikelihoodData& data, const Prior& prior, const Maximum& max,
                                 Eigen::Index c, double standard_error, double direction);

}  // namespace entente::detail
