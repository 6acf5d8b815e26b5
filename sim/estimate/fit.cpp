#include "entente/estimate/fit.hpp"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "entente/core/error.hpp"

namespace entente {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool is_ladder(const Coefficient& one) {
  return one.kind == Coefficient::Kind::gap || one.kind == Coefficient::Kind::down;
}

Eigen::VectorXd precision(const Prior& prior) {
  return prior.sd.unaryExpr([](double sd) { return std::isinf(sd) ? 0.0 : 1.0 / (sd * sd); });
}

double penalty_at(const Prior& prior, const Eigen::VectorXd& theta) {
  return -0.5 * (precision(prior).array() * (theta - prior.mean).array().square()).sum();
}

struct Maximum {
  Eigen::VectorXd theta;
  Likelihood likelihood;      ///< without the prior
  Eigen::MatrixXd curvature;  ///< minus the Hessian of the penalised log-likelihood
  std::size_t iterations = 0;
  bool converged = false;
};

/// Newton's method. Where the surface is not concave the step goes along the gradient, more so the
/// worse it is.
Maximum maximise(const LikelihoodData& data, const Prior& prior, Eigen::VectorXd theta,
                 std::size_t most_iterations) {
  // Of a Newton decrement [nat]. Steps are taken unseen where the objective is too flat to judge
  // them: there they square the error.
  constexpr double enough = 1e-20;
  constexpr double flat = 1e-9;
  const Eigen::VectorXd weight = precision(prior);
  const auto objective = [&](const Eigen::VectorXd& x) {
    return data.value_at(x) + penalty_at(prior, x);
  };
  Maximum max;
  double before = infinity;
  for (;; ++max.iterations) {
    max.likelihood = data.at(theta);
    const Eigen::VectorXd gradient =
        max.likelihood.gradient - (weight.array() * (theta - prior.mean).array()).matrix();
    max.curvature = -max.likelihood.hessian;
    max.curvature.diagonal() += weight;
    Eigen::MatrixXd damped = max.curvature;
    Eigen::LLT<Eigen::MatrixXd> factor(damped);
    const double size = std::max(1e-12, max.curvature.diagonal().cwiseAbs().maxCoeff());
    for (double damping = 1e-10 * size; factor.info() != Eigen::Success; damping *= 10.0) {
      damped.diagonal().array() += damping;
      factor.compute(damped);
    }
    const Eigen::VectorXd step = factor.solve(gradient);
    const double decrement = gradient.dot(step);
    max.theta = theta;
    const bool exhausted =
        decrement < flat && decrement > 0.25 * before;  // rounding is all there is
    before = decrement;
    if (decrement < enough || exhausted || max.iterations == most_iterations) {
      max.converged = decrement < flat;
      return max;
    }
    const double here = max.likelihood.value + penalty_at(prior, theta);
    double length = 1.0;
    while (length > 1e-10 &&
           !(objective(theta + length * step) >= here + 1e-4 * length * decrement)) {
      length /= 2.0;
    }
    theta += length * step;
  }
}

/// Which coefficients are estimated, and what the others are held at.
struct Selection {
  std::vector<std::size_t> free;
  std::vector<double> values;
};

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// `name` without the history that it belongs to.
std::string base_name(const std::string& name) { return name.substr(0, name.find('@')); }

Selection select(const Design& design, const FitOptions& options) {
  Selection selection;
  for (std::size_t c = 0; c < design.coefficients.size(); ++c) {
    const auto& one = design.coefficients[c];
    const std::string base = base_name(one.name);
    const bool acts = !options.only || is_ladder(one) || contains(*options.only, base) ||
                      contains(*options.only, base.substr(0, base.find('.')));
    const bool fixed = contains(options.fixed, one.name) || contains(options.fixed, base);
    selection.values.push_back(acts || fixed ? one.value : 0.0);
    if (!acts || fixed) continue;
    selection.free.push_back(c);
  }
  return selection;
}

Prior make_prior(const Design& design, const std::vector<std::size_t>& free,
                 const std::vector<double>& spread, double scale, double ladder_scale) {
  const auto count = static_cast<Eigen::Index>(free.size());
  Prior prior{Eigen::VectorXd::Zero(count), Eigen::VectorXd::Constant(count, infinity)};
  for (Eigen::Index c = 0; c < count; ++c) {
    const auto at = static_cast<std::size_t>(c);
    if (is_ladder(design.coefficients[free[at]])) {
      prior.sd[c] = ladder_scale;
    } else if (spread[at] > 0.0) {
      prior.sd[c] = scale / spread[at];
    } else {
      prior.sd[c] = 1e-6;  // nothing varies: it stays at the prior's mean
    }
  }
  return prior;
}

/// A fold per decision: all decisions of an actor in a stretch of steps fall into the same, and the
/// stretches of an actor into different ones. What is asked is how well those are foretold of whom
/// other stretches are known.
std::vector<std::uint8_t> fold_of(const Design& design, const std::vector<std::size_t>& order,
                                  std::size_t folds) {
  constexpr std::size_t stretch = 12;
  std::vector<std::uint8_t> fold;
  fold.reserve(design.size());
  for (const auto n : order) {
    const auto& one = design.decisions[n];
    const std::size_t turn = one.actor + one.history + 2 * (one.step / stretch);
    fold.push_back(static_cast<std::uint8_t>(turn % folds));
  }
  return fold;
}

/// Held-out log-likelihood: each fold under the estimate from the others.
double validate(const LikelihoodData& data, const std::vector<LikelihoodData>& others,
                const Prior& prior, const Eigen::VectorXd& start,
                const std::vector<std::uint8_t>& fold, std::size_t most_iterations) {
  double held_out = 0.0;
  for (std::size_t k = 0; k < others.size(); ++k) {
    const auto max = maximise(others[k], prior, start, most_iterations);
    held_out += data.value_at(max.theta, fold, static_cast<std::uint8_t>(k));
  }
  return held_out;
}

/// Where the profile of the penalised log-likelihood falls to 1.92 below its maximum.
double profile_end(const LikelihoodData& data, const Prior& prior, const Maximum& max,
                   Eigen::Index c, double standard_error, double direction) {
  constexpr double drop = 1.920729410347062;  // half the 95 % quantile of chi-squared, 1 df
  const double top = max.likelihood.value + penalty_at(prior, max.theta);
  Eigen::VectorXd start = max.theta;
  const auto fall_at = [&](double value) {
    // A prior that pins the coefficient to the value.
    Prior pinned = prior;
    pinned.mean[c] = value;
    pinned.sd[c] = 1e-7 * std::max(1.0, std::abs(standard_error));
    start[c] = value;
    const auto there = maximise(data, pinned, start, 50);
    start = there.theta;
    return top - there.likelihood.value - penalty_at(prior, there.theta);
  };
  double inside = 0.0;
  double outside = 1.0;
  while (outside < 64.0 && fall_at(max.theta[c] + direction * outside * standard_error) < drop) {
    inside = outside;
    outside *= 2.0;
  }
  if (outside >= 64.0) return direction * infinity;
  for (int halving = 0; halving < 20; ++halving) {
    const double middle = 0.5 * (inside + outside);
    (fall_at(max.theta[c] + direction * middle * standard_error) < drop ? inside : outside) =
        middle;
  }
  return max.theta[c] + direction * 0.5 * (inside + outside) * standard_error;
}

void warn(Fit& fit, const std::vector<double>& spread) {
  constexpr double most_effect = 8.0;  // utilities that no data of this kind can tell from infinity
  constexpr double untouched = 0.95;   // of the prior's spread
  for (std::size_t c = 0; c < fit.estimates.size(); ++c) {
    const auto& one = fit.estimates[c];
    const auto& name = one.coefficient.name;
    if (!is_ladder(one.coefficient) && spread[c] == 0.0) {
      fit.warnings.push_back(
          fmt::format("{}: its driver does not vary in the data; nothing is learnt of it", name));
    } else if (std::abs(one.effect) > most_effect ||
               (!is_ladder(one.coefficient) && one.standard_error * spread[c] > most_effect)) {
      fit.warnings.push_back(fmt::format(
          "{}: separation: the data drive it without bound and only a prior would hold it", name));
    } else if (std::isinf(one.standard_error) ||
               (!std::isinf(one.prior_sd) && one.standard_error > untouched * one.prior_sd)) {
      fit.warnings.push_back(fmt::format(
          "{}: not identified: the data do not tell it from others, or leave the prior as it was",
          name));
    }
  }
  constexpr double poor = 1e8;
  if (fit.condition > poor) {
    fit.warnings.push_back(fmt::format(
        "condition number {:.1e}: some drivers are next to linear combinations of others",
        fit.condition));
  }
}

/// The inverse of the curvature. What the data leave open gets an infinite variance.
void invert(const Eigen::MatrixXd& curvature, Fit& fit) {
  constexpr double none = 1e-13;  // of the largest eigenvalue
  constexpr double share = 1e-3;  // of a coefficient in a direction that is open
  Eigen::VectorXd scale = curvature.diagonal();
  for (auto& x : scale) x = x > 0.0 ? 1.0 / std::sqrt(x) : 1.0;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
      Eigen::MatrixXd(scale.asDiagonal() * curvature * scale.asDiagonal()));
  Eigen::VectorXd values = solver.eigenvalues();
  const double high = values.size() > 0 ? values.maxCoeff() : 1.0;
  fit.condition =
      values.size() > 0 && values.minCoeff() > 0.0 ? high / values.minCoeff() : infinity;
  Eigen::VectorXd inverse(values.size());
  for (Eigen::Index v = 0; v < values.size(); ++v) {
    inverse[v] = values[v] > none * high ? 1.0 / values[v] : 0.0;
  }
  const Eigen::MatrixXd& vectors = solver.eigenvectors();
  fit.covariance = scale.asDiagonal() * (vectors * inverse.asDiagonal() * vectors.transpose()) *
                   scale.asDiagonal();
  for (Eigen::Index v = 0; v < values.size(); ++v) {
    if (inverse[v] > 0.0) continue;
    for (Eigen::Index c = 0; c < values.size(); ++c) {
      if (std::abs(vectors(c, v)) > share) fit.covariance(c, c) = infinity;
    }
  }
}

}  // namespace

Fit fit(const Design& design, const FitOptions& options) {
  const auto selection = select(design, options);
  const auto& free = selection.free;
  const LikelihoodData data(design, free, selection.values);
  const auto prior_of = [&](double scale) {
    return make_prior(design, free, data.spread(), scale, options.ladder_scale);
  };
  Eigen::VectorXd start = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(free.size()));
  Fit fit;
  fit.scale = options.scale;
  const bool mechanisms = std::any_of(
      free.begin(), free.end(), [&](std::size_t c) { return !is_ladder(design.coefficients[c]); });
  if (fit.scale <= 0.0 && !mechanisms) fit.scale = 1.0;
  if (fit.scale <= 0.0) {
    const auto fold = fold_of(design, data.order(), options.folds);
    std::vector<LikelihoodData> others;
    for (std::size_t k = 0; k < options.folds; ++k) {
      others.push_back(data.without(fold, static_cast<std::uint8_t>(k)));
    }
    double best = -infinity;
    Eigen::VectorXd warm = start;
    for (const double scale : options.scales) {
      const Prior prior = prior_of(scale);
      const auto max = maximise(data, prior, warm, options.most_iterations);
      warm = max.theta;
      const double held_out =
          validate(data, others, prior, max.theta, fold, options.most_iterations);
      fit.validation.emplace_back(scale, held_out);
      if (held_out > best) {
        best = held_out;
        fit.scale = scale;
        start = max.theta;
      }
    }
  }
  const Prior prior = prior_of(fit.scale);
  const auto max = maximise(data, prior, start, options.most_iterations);
  if (!max.converged) {
    throw NumericalError(
        fmt::format("fit: found no maximum in {} iterations; a prior (--prior) holds coefficients "
                    "that the data drive without bound",
                    options.most_iterations));
  }
  const Eigen::Index count = max.theta.size();
  invert(max.curvature, fit);
  fit.all = selection.values;
  for (Eigen::Index c = 0; c < count; ++c) {
    const auto at = static_cast<std::size_t>(c);
    Estimate one;
    one.coefficient = design.coefficients[free[at]];
    one.value = max.theta[c];
    one.standard_error = std::sqrt(fit.covariance(c, c));
    one.z = one.value / one.standard_error;
    one.prior_mean = prior.mean[c];
    one.prior_sd = prior.sd[c];
    one.effect = one.value * data.spread()[at];
    if (options.profile) {
      one.profile_low = profile_end(data, prior, max, c, one.standard_error, -1.0);
      one.profile_high = profile_end(data, prior, max, c, one.standard_error, 1.0);
    }
    fit.all[free[at]] = one.value;
    fit.estimates.push_back(std::move(one));
  }
  fit.log_likelihood = max.likelihood.value;
  fit.penalty = penalty_at(prior, max.theta);
  const Eigen::VectorXd weight = precision(prior);
  fit.effective_parameters = static_cast<double>(count);
  for (Eigen::Index c = 0; c < count; ++c) {
    // trace of (H + P)^-1 H, H + P being the curvature
    if (weight[c] > 0.0) fit.effective_parameters -= weight[c] * fit.covariance(c, c);
  }
  fit.decisions = design.size();
  for (const auto& one : design.decisions) fit.moves += one.moved != 0 ? 1 : 0;
  fit.aic = -2.0 * fit.log_likelihood + 2.0 * fit.effective_parameters;
  fit.bic = -2.0 * fit.log_likelihood +
            std::log(static_cast<double>(std::max<std::size_t>(1, fit.decisions))) *
                fit.effective_parameters;
  fit.iterations = max.iterations;
  warn(fit, data.spread());
  if (mechanisms) {
    FitOptions rates = options;
    rates.only = std::vector<std::string>{};
    rates.fixed.clear();
    rates.profile = false;
    fit.null_log_likelihood = entente::fit(design, rates).log_likelihood;
  } else {
    fit.null_log_likelihood = fit.log_likelihood;
  }
  return fit;
}

}  // namespace entente
