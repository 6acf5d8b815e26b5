#include "estimate/newton.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

namespace entente::detail {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The Newton step. Where the surface bends the wrong way, it is taken as if it bent the right way
/// by as much: uphill in any case (Dauphin et al. 2014, saddle-free Newton).
Eigen::VectorXd ascend(const Eigen::MatrixXd& curvature, const Eigen::VectorXd& gradient) {
  if (curvature.size() == 0) return gradient;
  const Eigen::LLT<Eigen::MatrixXd> factor(curvature);
  if (factor.info() == Eigen::Success) return factor.solve(gradient);
  constexpr double least = 1e-8;  // of the largest eigenvalue
  const Eigen::VectorXd scale =
      curvature.diagonal().cwiseAbs().cwiseMax(1e-12).cwiseSqrt().cwiseInverse();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
      Eigen::MatrixXd(scale.asDiagonal() * curvature * scale.asDiagonal()));
  const Eigen::VectorXd bend = solver.eigenvalues().cwiseAbs();
  const Eigen::VectorXd inverse = bend.cwiseMax(least * bend.maxCoeff()).cwiseInverse();
  const Eigen::MatrixXd& v = solver.eigenvectors();
  return scale.asDiagonal() *
         (v * (inverse.asDiagonal() * (v.transpose() * (scale.asDiagonal() * gradient))));
}

}  // namespace

Eigen::VectorXd precision(const Prior& prior) {
  return prior.sd.unaryExpr([](double sd) { return std::isinf(sd) ? 0.0 : 1.0 / (sd * sd); });
}

double penalty_at(const Prior& prior, const Point& point) {
  const double disposition =
      point.disposition.squaredNorm() / (prior.disposition_sd * prior.disposition_sd);
  return -0.5 * ((precision(prior).array() * (point.theta - prior.mean).array().square()).sum() +
                 disposition);
}

Maximum maximise(const LikelihoodData& data, const Prior& prior, Point point,
                 std::size_t most_iterations) {
  // Of a Newton decrement [nat]. Steps are taken unseen where the objective is too flat to judge
  // them: there they square the error.
  constexpr double enough = 1e-20;
  constexpr double flat = 1e-9;
  const Eigen::VectorXd weight = precision(prior);
  const double disposition_weight = 1.0 / (prior.disposition_sd * prior.disposition_sd);
  const auto objective = [&](const Point& x) { return data.value_at(x) + penalty_at(prior, x); };
  Maximum max;
  double before = infinity;
  for (;; ++max.iterations) {
    max.likelihood = data.at(point);
    const auto& here = max.likelihood;
    const Eigen::VectorXd gradient =
        here.gradient - (weight.array() * (point.theta - prior.mean).array()).matrix();
    const Eigen::VectorXd disposition_gradient =
        here.disposition_gradient - disposition_weight * point.disposition;
    // The arrow is solved by its tip: dispositions follow from the coefficients.
    max.disposition_curvature =
        (-here.disposition_hessian.array() + disposition_weight).cwiseMax(0.1 * disposition_weight);
    const Eigen::MatrixXd share =
        -here.disposition_cross * max.disposition_curvature.cwiseInverse().asDiagonal();
    max.curvature = -here.hessian + share * here.disposition_cross.transpose();
    max.curvature.diagonal() += weight;
    Point step;
    step.theta = ascend(max.curvature, gradient - share * disposition_gradient);
    step.disposition = max.disposition_curvature.cwiseInverse().cwiseProduct(
        disposition_gradient + here.disposition_cross.transpose() * step.theta);
    const double decrement = gradient.dot(step.theta) + disposition_gradient.dot(step.disposition);
    max.point = point;
    const bool exhausted =
        decrement < flat && decrement > 0.25 * before;  // rounding is all there is
    before = decrement;
    if (decrement < enough || exhausted || max.iterations == most_iterations) {
      max.converged = decrement < flat;
      return max;
    }
    const double value = here.value + penalty_at(prior, point);
    const auto after = [&](double length) {
      return Point{point.theta + length * step.theta,
                   point.disposition + length * step.disposition};
    };
    double length = 1.0;
    while (decrement > flat && length > 1e-10 &&
           !(objective(after(length)) >= value + 1e-4 * length * decrement)) {
      length /= 2.0;
    }
    point = after(length);
  }
}

double profile_end(const LikelihoodData& data, const Prior& prior, const Maximum& max,
                   Eigen::Index c, double standard_error, double direction) {
  constexpr double drop = 1.920729410347062;  // half the 95 % quantile of chi-squared, 1 df
  const double top = max.likelihood.value + penalty_at(prior, max.point);
  Point start = max.point;
  const auto fall_at = [&](double value) {
    // A prior that pins the coefficient to the value.
    Prior pinned = prior;
    pinned.mean[c] = value;
    pinned.sd[c] = 1e-7 * std::max(1.0, std::abs(standard_error));
    start.theta[c] = value;
    const auto there = maximise(data, pinned, start, 50);
    start = there.point;
    return top - there.likelihood.value - penalty_at(prior, there.point);
  };
  double inside = 0.0;
  double outside = 1.0;
  while (outside < 64.0 &&
         fall_at(max.point.theta[c] + direction * outside * standard_error) < drop) {
    inside = outside;
    outside *= 2.0;
  }
  if (outside >= 64.0) return direction * infinity;
  for (int halving = 0; halving < 20; ++halving) {
    const double middle = 0.5 * (inside + outside);
    (fall_at(max.point.theta[c] + direction * middle * standard_error) < drop ? inside : outside) =
        middle;
  }
  return max.point.theta[c] + direction * 0.5 * (inside + outside) * standard_error;
}

}  // namespace entente::detail
