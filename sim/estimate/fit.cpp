#include "entente/estimate/fit.hpp"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "entente/core/error.hpp"
#include "estimate/newton.hpp"
#include "estimate/priors.hpp"

namespace entente {
namespace {

using detail::Maximum;
using detail::Prior;

constexpr double infinity = std::numeric_limits<double>::infinity();

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
    const bool acts = !options.only || detail::is_ladder(one) || contains(*options.only, base) ||
                      contains(*options.only, base.substr(0, base.find('.')));
    const bool fixed = contains(options.fixed, one.name) || contains(options.fixed, base) ||
                       contains(options.fixed, base.substr(0, base.find('.')));
    selection.values.push_back(acts || fixed ? one.value : 0.0);
    if (!acts || fixed) continue;
    selection.free.push_back(c);
  }
  return selection;
}

void warn(Fit& fit, const std::vector<double>& spread) {
  constexpr double most_effect = 8.0;  // utilities that no data of this kind can tell from infinity
  constexpr double untouched = 0.95;   // of the prior's spread
  for (std::size_t c = 0; c < fit.estimates.size(); ++c) {
    const auto& one = fit.estimates[c];
    const auto& name = one.coefficient.name;
    if (!detail::is_ladder(one.coefficient) && spread[c] == 0.0) {
      fit.warnings.push_back(
          fmt::format("{}: its driver does not vary in the data; nothing is learnt of it", name));
    } else if (std::abs(one.effect) > most_effect ||
               (!detail::is_ladder(one.coefficient) &&
                one.standard_error * spread[c] > most_effect)) {
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
  fit.condition = 1.0;
  fit.covariance = curvature;
  if (curvature.size() == 0) return;
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

/// What a fit rests on.
struct Solution {
  const LikelihoodData& data;
  const Prior& prior;
  const Maximum& max;
};

void report_estimates(const Design& design, const std::vector<std::size_t>& free,
                      const FitOptions& options, const Solution& found, Fit& fit) {
  invert(found.max.curvature, fit);
  const Eigen::VectorXd weight = detail::precision(found.prior);
  fit.effective_parameters = static_cast<double>(free.size());
  for (Eigen::Index c = 0; c < found.data.parameters(); ++c) {
    const auto at = static_cast<std::size_t>(c);
    Estimate one;
    one.coefficient = design.coefficients[free[at]];
    one.value = found.max.point.theta[c];
    one.standard_error = std::sqrt(fit.covariance(c, c));
    one.z = one.value / one.standard_error;
    one.prior_mean = found.prior.mean[c];
    one.prior_sd = found.prior.sd[c];
    if (!detail::is_ladder(one.coefficient)) one.effect = one.value * found.data.spread()[at];
    if (options.profile) {
      const auto end = [&](double direction) {
        return detail::profile_end(found.data, found.prior, found.max, c, one.standard_error,
                                   direction);
      };
      one.profile_low = end(-1.0);
      one.profile_high = end(1.0);
    }
    fit.all[free[at]] = one.value;
    fit.estimates.push_back(std::move(one));
    // Trace of H (H + P)^-1, the inverse being the covariance.
    fit.effective_parameters -=
        std::min(1.0, weight[c] > 0.0 ? weight[c] * fit.covariance(c, c) : 0.0);
  }
}

void report_dispositions(const LikelihoodData& data, const Prior& prior, const Maximum& max,
                         Fit& fit) {
  for (Eigen::Index g = 0; g < data.dispositions(); ++g) {
    const auto& owner = data.owners()[static_cast<std::size_t>(g)];
    const double variance = 1.0 / max.disposition_curvature[g];
    // Not given the coefficients: what they leave open moves it, too.
    const Eigen::VectorXd pull = variance * max.likelihood.disposition_cross.col(g);
    const double open = pull.size() > 0 ? pull.dot(fit.covariance * pull) : 0.0;
    fit.dispositions.push_back(
        {owner.first, owner.second, max.point.disposition[g], std::sqrt(variance)});
    const double prior_variance = prior.disposition_sd * prior.disposition_sd;
    fit.effective_parameters += std::max(0.0, 1.0 - (variance + open) / prior_variance);
  }
}

void report_likelihood(const Prior& prior, const Maximum& max, Fit& fit) {
  const auto cases = static_cast<double>(std::max<std::size_t>(1, fit.decisions));
  fit.log_likelihood = max.likelihood.value;
  fit.penalty = detail::penalty_at(prior, max.point);
  fit.aic = -2.0 * fit.log_likelihood + 2.0 * fit.effective_parameters;
  fit.bic = -2.0 * fit.log_likelihood + std::log(cases) * fit.effective_parameters;
  fit.iterations = max.iterations;
}

}  // namespace

Fit fit(const Design& design, const FitOptions& options) {
  const auto selection = select(design, options);
  const bool has_dispositions =
      options.disposition_scale >= 0.0 &&
      std::any_of(design.decisions.begin(), design.decisions.end(),
                  [](const Decision& one) { return one.rise_effect != 0.0; });
  LikelihoodData data(design, selection.free, selection.values, has_dispositions);
  Fit fit;
  const Prior prior = detail::choose_priors(design, selection.free, options, data, fit);
  // From 0 again, so that the result does not hang on what was tried before.
  const auto max = detail::maximise(
      data, prior,
      {Eigen::VectorXd::Zero(data.parameters()), Eigen::VectorXd::Zero(data.dispositions())},
      options.most_iterations);
  if (!max.converged) {
    throw NumericalError(
        fmt::format("fit: found no maximum in {} iterations; a prior (--prior) holds coefficients "
                    "that the data drive without bound",
                    options.most_iterations));
  }
  fit.all = selection.values;
  fit.decisions = design.size();
  for (const auto& one : design.decisions) fit.moves += one.moved != 0 ? 1 : 0;
  report_estimates(design, selection.free, options, {data, prior, max}, fit);
  report_dispositions(data, prior, max, fit);
  report_likelihood(prior, max, fit);
  warn(fit, data.spread());
  if (!fit.validation.empty() && fit.scale == options.scales.back()) {
    fit.warnings.push_back(fmt::format(
        "prior: the widest of those tried, {}, foretells best; a wider one may do better",
        fit.scale));
  }
  fit.null_log_likelihood = fit.log_likelihood;
  if (options.compare && (!options.only || !options.only->empty() || has_dispositions)) {
    FitOptions rates = options;
    rates.only = std::vector<std::string>{};
    rates.fixed.clear();
    rates.profile = false;
    rates.disposition_scale = -1.0;
    fit.null_log_likelihood = entente::fit(design, rates).log_likelihood;
  }
  return fit;
}

std::vector<std::pair<std::uint32_t, double>> dispositions_of(const Fit& fit,
                                                              std::uint16_t history) {
  std::vector<std::pair<std::uint32_t, double>> values;
  for (const auto& one : fit.dispositions) {
    if (one.history == history) values.emplace_back(one.actor, one.value);
  }
  return values;
}

}  // namespace entente
