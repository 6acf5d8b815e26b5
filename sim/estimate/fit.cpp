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

double penalty_at(const Prior& prior, const Point& point) {
  const double mood = point.mood.squaredNorm() / (prior.mood_sd * prior.mood_sd);
  return -0.5 *
         ((precision(prior).array() * (point.theta - prior.mean).array().square()).sum() + mood);
}

struct Maximum {
  Point point;
  Likelihood likelihood;  ///< without the prior
  /// Minus the Hessian of the penalised log-likelihood in the coefficients, with dispositions at
  /// their best for each.
  Eigen::MatrixXd curvature;
  Eigen::VectorXd mood_curvature;  ///< the same of dispositions, given the coefficients
  std::size_t iterations = 0;
  bool converged = false;
};

/// The Newton step. Where the surface bends the wrong way, it is taken as if it bent the right way
/// by as much: uphill in any case (Dauphin et al. 2014, saddle-free Newton).
Eigen::VectorXd ascend(const Eigen::MatrixXd& curvature, const Eigen::VectorXd& gradient) {
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

/// Newton's method.
Maximum maximise(const LikelihoodData& data, const Prior& prior, Point point,
                 std::size_t most_iterations) {
  // Of a Newton decrement [nat]. Steps are taken unseen where the objective is too flat to judge
  // them: there they square the error.
  constexpr double enough = 1e-20;
  constexpr double flat = 1e-9;
  const Eigen::VectorXd weight = precision(prior);
  const double mood_weight = 1.0 / (prior.mood_sd * prior.mood_sd);
  const auto objective = [&](const Point& x) { return data.value_at(x) + penalty_at(prior, x); };
  Maximum max;
  double before = infinity;
  for (;; ++max.iterations) {
    max.likelihood = data.at(point);
    const auto& here = max.likelihood;
    const Eigen::VectorXd gradient =
        here.gradient - (weight.array() * (point.theta - prior.mean).array()).matrix();
    const Eigen::VectorXd mood_gradient = here.mood_gradient - mood_weight * point.mood;
    // The arrow is solved by its tip: dispositions follow from the coefficients.
    max.mood_curvature = (-here.mood_hessian.array() + mood_weight).cwiseMax(0.1 * mood_weight);
    const Eigen::MatrixXd share = -here.mood_cross * max.mood_curvature.cwiseInverse().asDiagonal();
    max.curvature = -here.hessian + share * here.mood_cross.transpose();
    max.curvature.diagonal() += weight;
    Point step;
    step.theta = ascend(max.curvature, gradient - share * mood_gradient);
    step.mood = max.mood_curvature.cwiseInverse().cwiseProduct(
        mood_gradient + here.mood_cross.transpose() * step.theta);
    const double decrement = gradient.dot(step.theta) + mood_gradient.dot(step.mood);
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
      return Point{point.theta + length * step.theta, point.mood + length * step.mood};
    };
    double length = 1.0;
    while (decrement > flat && length > 1e-10 &&
           !(objective(after(length)) >= value + 1e-4 * length * decrement)) {
      length /= 2.0;
    }
    point = after(length);
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
                 const std::vector<double>& spread, double scale, const FitOptions& options) {
  const auto count = static_cast<Eigen::Index>(free.size());
  Prior prior{Eigen::VectorXd::Zero(count), Eigen::VectorXd::Constant(count, infinity)};
  for (Eigen::Index c = 0; c < count; ++c) {
    const auto at = static_cast<std::size_t>(c);
    const auto kind = design.coefficients[free[at]].kind;
    if (kind == Coefficient::Kind::gap) {
      prior.sd[c] = options.ladder_scale;
    } else if (kind == Coefficient::Kind::down) {
      prior.mean[c] = options.down_mean;
      prior.sd[c] = options.down_scale;
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

/// Chooses priors by the log-likelihood of each fold under the estimate from the others.
class Validation {
 public:
  Validation(const LikelihoodData& data, const Design& design, const FitOptions& options)
      : data_(data),
        most_iterations_(options.most_iterations),
        fold_(fold_of(design, data.order(), options.folds)) {
    for (std::size_t k = 0; k < options.folds; ++k) {
      others_.push_back(data.without(fold_, static_cast<std::uint8_t>(k)));
    }
  }

  /// @param start  where to look first; becomes the estimate from all data
  double held_out(const Prior& prior, Point& start) const {
    start = maximise(data_, prior, start, most_iterations_).point;
    double sum = 0.0;
    for (std::size_t k = 0; k < others_.size(); ++k) {
      const auto max = maximise(others_[k], prior, start, most_iterations_);
      sum += data_.value_at(max.point, fold_, static_cast<std::uint8_t>(k));
    }
    return sum;
  }

 private:
  const LikelihoodData& data_;
  std::size_t most_iterations_;
  std::vector<std::uint8_t> fold_;
  std::vector<LikelihoodData> others_;
};

/// The best of some scales, the first of equals; `tried` gets all.
template <class Score>
double best_of(const std::vector<double>& scales, const Score& score,
               std::vector<std::pair<double, double>>& tried) {
  double best = 0.0;
  double most = -infinity;
  for (const double scale : scales) {
    tried.emplace_back(scale, score(scale));
    if (tried.back().second <= most) continue;
    most = tried.back().second;
    best = scale;
  }
  return best;
}

/// Where the profile of the penalised log-likelihood falls to 1.92 below its maximum.
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
  const bool moody = options.mood_scale >= 0.0 &&
                     std::any_of(design.decisions.begin(), design.decisions.end(),
                                 [](const Decision& one) { return one.rise_effect != 0.0; });
  LikelihoodData data(design, free, selection.values, moody);
  Fit fit;
  fit.scale = options.scale;
  fit.mood_scale = moody ? options.mood_scale : 0.0;
  const auto prior_of = [&](double scale, double mood_scale) {
    Prior prior = make_prior(design, free, data.spread(), scale, options);
    prior.mood_sd = mood_scale > 0.0 ? mood_scale : 1.0;
    return prior;
  };
  Point start{Eigen::VectorXd::Zero(data.parameters()), Eigen::VectorXd::Zero(data.moods())};
  const bool mechanisms = std::any_of(
      free.begin(), free.end(), [&](std::size_t c) { return !is_ladder(design.coefficients[c]); });
  const bool choose_scale = fit.scale <= 0.0 && mechanisms;
  const bool choose_mood = moody && fit.mood_scale <= 0.0;
  if (fit.scale <= 0.0) fit.scale = 1.0;
  if (choose_mood) {
    // By turns: dispositions first, at a middling prior of the rest.
    const LikelihoodData plain = data.without_moods();
    const Validation with(data, design, options);
    const Validation without(plain, design, options);
    const double middle = options.scales[options.scales.size() / 2];
    const double scale = choose_scale ? middle : fit.scale;
    std::vector<double> scales{0.0};
    scales.insert(scales.end(), options.mood_scales.begin(), options.mood_scales.end());
    fit.mood_scale = best_of(
        scales,
        [&](double mood) {
          if (mood > 0.0) return with.held_out(prior_of(scale, mood), start);
          Point bare{start.theta, {}};
          const double value = without.held_out(prior_of(scale, 1.0), bare);
          start.theta = bare.theta;
          return value;
        },
        fit.mood_validation);
  }
  if (fit.mood_scale <= 0.0) {
    data = data.without_moods();
    start.mood.resize(0);
  }
  if (choose_scale) {
    const Validation validation(data, design, options);
    fit.scale = best_of(
        options.scales,
        [&](double scale) { return validation.held_out(prior_of(scale, fit.mood_scale), start); },
        fit.validation);
  }
  const Prior prior = prior_of(fit.scale, fit.mood_scale);
  // From 0 again, so that the result does not hang on what was tried before.
  start = {Eigen::VectorXd::Zero(data.parameters()), Eigen::VectorXd::Zero(data.moods())};
  const auto max = maximise(data, prior, start, options.most_iterations);
  if (!max.converged) {
    throw NumericalError(
        fmt::format("fit: found no maximum in {} iterations; a prior (--prior) holds coefficients "
                    "that the data drive without bound",
                    options.most_iterations));
  }
  invert(max.curvature, fit);
  fit.all = selection.values;
  const Eigen::VectorXd weight = precision(prior);
  fit.effective_parameters = static_cast<double>(free.size());
  for (Eigen::Index c = 0; c < data.parameters(); ++c) {
    const auto at = static_cast<std::size_t>(c);
    Estimate one;
    one.coefficient = design.coefficients[free[at]];
    one.value = max.point.theta[c];
    one.standard_error = std::sqrt(fit.covariance(c, c));
    one.z = one.value / one.standard_error;
    one.prior_mean = prior.mean[c];
    one.prior_sd = prior.sd[c];
    if (!is_ladder(one.coefficient)) one.effect = one.value * data.spread()[at];
    if (options.profile) {
      one.profile_low = profile_end(data, prior, max, c, one.standard_error, -1.0);
      one.profile_high = profile_end(data, prior, max, c, one.standard_error, 1.0);
    }
    fit.all[free[at]] = one.value;
    fit.estimates.push_back(std::move(one));
    // Trace of H (H + P)^-1, the inverse being the covariance.
    if (weight[c] > 0.0) fit.effective_parameters -= weight[c] * fit.covariance(c, c);
  }
  for (Eigen::Index g = 0; g < data.moods(); ++g) {
    const auto& owner = data.owners()[static_cast<std::size_t>(g)];
    const double variance = 1.0 / max.mood_curvature[g];
    fit.dispositions.push_back({owner.first, owner.second, max.point.mood[g], std::sqrt(variance)});
    fit.effective_parameters += 1.0 - variance / (prior.mood_sd * prior.mood_sd);
  }
  fit.log_likelihood = max.likelihood.value;
  fit.penalty = penalty_at(prior, max.point);
  fit.decisions = design.size();
  for (const auto& one : design.decisions) fit.moves += one.moved != 0 ? 1 : 0;
  fit.aic = -2.0 * fit.log_likelihood + 2.0 * fit.effective_parameters;
  fit.bic = -2.0 * fit.log_likelihood +
            std::log(static_cast<double>(std::max<std::size_t>(1, fit.decisions))) *
                fit.effective_parameters;
  fit.iterations = max.iterations;
  warn(fit, data.spread());
  if (!fit.validation.empty() && fit.scale == options.scales.back()) {
    fit.warnings.push_back(fmt::format(
        "prior: the widest of those tried, {}, foretells best; a wider one may do better",
        fit.scale));
  }
  fit.null_log_likelihood = fit.log_likelihood;
  if (mechanisms || moody) {
    FitOptions rates = options;
    rates.only = std::vector<std::string>{};
    rates.fixed.clear();
    rates.profile = false;
    rates.mood_scale = -1.0;
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
