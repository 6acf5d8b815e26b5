#include "estimate/priors.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>

namespace entente::detail {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Priors of given widths.
Prior make_prior(const Design& design, const std::vector<std::size_t>& free,
                 const std::vector<double>& spread, const FitOptions& options, double scale,
                 double disposition_scale) {
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
  if (disposition_scale > 0.0) prior.disposition_sd = disposition_scale;
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

/// Judges priors by the log-likelihood of each fold under the estimate from the others.
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

/// The narrowest of some scales, in ascending order, that foretells as well as the best: what is
/// less than a unit of log-likelihood apart is not told apart by so few moves (the
/// one-standard-error rule in spirit: Breiman, Friedman, Olshen & Stone 1984). `tried` gets all.
template <class Score>
double best_of(const std::vector<double>& scales, const Score& score,
               std::vector<std::pair<double, double>>& tried) {
  constexpr double alike = 1.0;  // [nat]
  double most = -infinity;
  for (const double scale : scales) {
    tried.emplace_back(scale, score(scale));
    most = std::max(most, tried.back().second);
  }
  for (const auto& [scale, value] : tried) {
    if (value >= most - alike) return scale;
  }
  return scales.back();
}

/// Whether dispositions are best left out, or else the best width of their prior.
double choose_dispositions(const LikelihoodData& data, const Design& design,
                           const FitOptions& options,
                           const std::function<Prior(double disposition)>& prior_of, Fit& fit) {
  const LikelihoodData plain = data.without_dispositions();
  const Validation with(data, design, options);
  const Validation without(plain, design, options);
  Point start{Eigen::VectorXd::Zero(data.parameters()), Eigen::VectorXd::Zero(data.dispositions())};
  std::vector<double> scales{0.0};
  scales.insert(scales.end(), options.disposition_scales.begin(), options.disposition_scales.end());
  return best_of(
      scales,
      [&](double disposition) {
        if (disposition > 0.0) return with.held_out(prior_of(disposition), start);
        Point bare{start.theta, {}};
        const double value = without.held_out(prior_of(0.0), bare);
        start.theta = bare.theta;
        return value;
      },
      fit.disposition_validation);
}

}  // namespace

bool is_ladder(const Coefficient& one) {
  return one.kind == Coefficient::Kind::gap || one.kind == Coefficient::Kind::down;
}

Prior choose_priors(const Design& design, const std::vector<std::size_t>& free,
                    const FitOptions& options, LikelihoodData& data, Fit& fit) {
  const auto prior_of = [&](double scale, double disposition) {
    return make_prior(design, free, data.spread(), options, scale, disposition);
  };
  const bool mechanisms = std::any_of(
      free.begin(), free.end(), [&](std::size_t c) { return !is_ladder(design.coefficients[c]); });
  const bool choose_scale = options.scale <= 0.0 && mechanisms;
  fit.scale = options.scale > 0.0 ? options.scale : 1.0;
  fit.disposition_scale = data.dispositions() > 0 ? options.disposition_scale : 0.0;
  if (data.dispositions() > 0 && options.disposition_scale <= 0.0) {
    const double scale = choose_scale ? options.scales[options.scales.size() / 2] : fit.scale;
    fit.disposition_scale = choose_dispositions(
        data, design, options, [&](double disposition) { return prior_of(scale, disposition); },
        fit);
  }
  if (fit.disposition_scale <= 0.0) data = data.without_dispositions();
  if (choose_scale) {
    const Validation validation(data, design, options);
    Point start{Eigen::VectorXd::Zero(data.parameters()),
                Eigen::VectorXd::Zero(data.dispositions())};
    fit.scale = best_of(
        options.scales,
        [&](double scale) {
          return validation.held_out(prior_of(scale, fit.disposition_scale), start);
        },
        fit.validation);
  }
  return prior_of(fit.scale, fit.disposition_scale);
}

}  // namespace entente::detail
