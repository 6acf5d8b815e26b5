#include "entente/estimate/likelihood.hpp"

#include <algorithm>
#include <cmath>

namespace entente {
namespace {

constexpr std::uint8_t rises = 1, falls = 2;

/// What one decision adds, as weights of its two rows: value, gradient a x_u + b x_d and Hessian
/// c x_u x_u' + e (x_u x_d' + x_d x_u') + f x_d x_d'.
struct Weights {
  double value, a, b, c, e, f;
};

Weights weigh(double u, double d, double q, std::uint8_t options, int moved) {
  // Against overflow: utilities beyond this decide with certainty anyway.
  constexpr double most = 500.0;
  const double eu = (options & rises) != 0 ? std::exp(std::clamp(u, -most, most)) : 0.0;
  const double ed = (options & falls) != 0 ? std::exp(std::clamp(d, -most, most)) : 0.0;
  const double z = 1.0 + eu + ed;
  const double pu = eu / z;
  const double pd = ed / z;
  const double p0 = 1.0 / z;
  // m = pu x_u + pd x_d; dm = pu x_u x_u' + pd x_d x_d' - m m'.
  if (moved != 0) {
    const double p = moved > 0 ? pu : pd;
    return {std::log(q * p),
            (moved > 0 ? 1.0 : 0.0) - pu,
            (moved < 0 ? 1.0 : 0.0) - pd,
            -pu + pu * pu,
            pu * pd,
            -pd + pd * pd};
  }
  const double stay = 1.0 - q + q * p0;
  const double w = q * p0 / stay;
  const double outer = q * (1.0 - q) * p0 / (stay * stay) + w;  // of m m'
  return {std::log(stay),           -w * pu,         -w * pd,
          outer * pu * pu - w * pu, outer * pu * pd, outer * pd * pd - w * pd};
}

}  // namespace

LikelihoodData::LikelihoodData(const Design& design, const std::vector<std::size_t>& free,
                               const std::vector<double>& fixed, bool dispositions) {
  for (std::size_t n = 0; n < design.size(); ++n) {
    if (design.decisions[n].can_fall) order_.push_back(n);
  }
  const auto both = static_cast<Eigen::Index>(order_.size());
  for (std::size_t n = 0; n < design.size(); ++n) {
    if (!design.decisions[n].can_fall) order_.push_back(n);
  }
  const auto rows = static_cast<Eigen::Index>(design.size());
  const auto columns = static_cast<Eigen::Index>(free.size());
  const std::size_t width = design.coefficients.size();
  rise_.resize(rows, columns);
  fall_.resize(both, columns);
  offset_rise_.resize(rows);
  offset_fall_.resize(both);
  opportunity_.resize(rows);
  std::vector<std::uint8_t> is_free(width, 0);
  for (const auto c : free) is_free[c] = 1;
  for (Eigen::Index n = 0; n < rows; ++n) {
    const std::size_t at = order_[static_cast<std::size_t>(n)];
    const auto& one = design.decisions[at];
    const double* rise = &design.rise[at * width];
    const double* fall = &design.fall[at * width];
    double up = design.offset_rise[at];
    double down = design.offset_fall[at];
    for (std::size_t c = 0; c < width; ++c) {
      if (is_free[c] != 0) continue;
      up += rise[c] * fixed[c];
      down += fall[c] * fixed[c];
    }
    offset_rise_[n] = up;
    if (n < both) offset_fall_[n] = down;
    for (Eigen::Index c = 0; c < columns; ++c) {
      rise_(n, c) = rise[free[static_cast<std::size_t>(c)]];
      if (n < both) fall_(n, c) = fall[free[static_cast<std::size_t>(c)]];
    }
    opportunity_[n] = one.opportunity;
    options_.push_back(
        static_cast<std::uint8_t>((one.can_rise ? rises : 0) | (one.can_fall ? falls : 0)));
    moved_.push_back(one.moved);
  }
  if (dispositions) add_dispositions(design);
  measure_spread();
}

void LikelihoodData::add_dispositions(const Design& design) {
  disposition_rise_.resize(rise_.rows());
  disposition_fall_.resize(fall_.rows());
  for (Eigen::Index n = 0; n < rise_.rows(); ++n) {
    const auto& one = design.decisions[order_[static_cast<std::size_t>(n)]];
    const std::pair owner(one.history, one.actor);
    const auto known = std::find(owners_.begin(), owners_.end(), owner);
    disposition_.push_back(known - owners_.begin());
    if (known == owners_.end()) owners_.push_back(owner);
    disposition_rise_[n] = one.rise_effect;
    if (n < fall_.rows()) disposition_fall_[n] = one.fall_effect;
  }
}

void LikelihoodData::measure_spread() {
  for (Eigen::Index c = 0; c < rise_.cols(); ++c) {
    double sum = 0.0;
    double squares = 0.0;
    double count = 0.0;
    for (Eigen::Index n = 0; n < rise_.rows(); ++n) {
      const std::uint8_t options = options_[static_cast<std::size_t>(n)];
      const auto take = [&](double x) {
        sum += x;
        squares += x * x;
        count += 1.0;
      };
      if ((options & rises) != 0) {
        take(rise_(n, c));
      } else if ((options & falls) != 0) {
        take(-fall_(n, c));
      }
    }
    const double mean = count > 0.0 ? sum / count : 0.0;
    const double variance = count > 0.0 ? squares / count - mean * mean : 0.0;
    spread_.push_back(variance > 1e-18 ? std::sqrt(variance) : 0.0);
  }
}

LikelihoodData LikelihoodData::without(const std::vector<std::uint8_t>& fold,
                                       std::uint8_t which) const {
  std::vector<Eigen::Index> kept;
  std::vector<Eigen::Index> falling;
  LikelihoodData some;
  for (std::size_t n = 0; n < fold.size(); ++n) {
    if (fold[n] == which) continue;
    kept.push_back(static_cast<Eigen::Index>(n));
    if (kept.back() < fall_.rows()) falling.push_back(kept.back());
    some.order_.push_back(order_[n]);
    some.options_.push_back(options_[n]);
    some.moved_.push_back(moved_[n]);
    if (!disposition_.empty()) some.disposition_.push_back(disposition_[n]);
  }
  some.rise_ = rise_(kept, Eigen::all);
  some.fall_ = fall_(falling, Eigen::all);
  some.offset_rise_ = offset_rise_(kept);
  some.offset_fall_ = offset_fall_(falling);
  some.opportunity_ = opportunity_(kept);
  some.spread_ = spread_;
  some.owners_ = owners_;
  if (!disposition_.empty()) {
    some.disposition_rise_ = disposition_rise_(kept);
    some.disposition_fall_ = disposition_fall_(falling);
  }
  return some;
}

LikelihoodData LikelihoodData::without_dispositions() const {
  LikelihoodData some = *this;
  some.owners_.clear();
  some.disposition_.clear();
  return some;
}

void LikelihoodData::add_disposition(const Point& point, Eigen::VectorXd& up,
                                     Eigen::VectorXd& down) const {
  for (std::size_t n = 0; n < disposition_.size(); ++n) {
    const auto at = static_cast<Eigen::Index>(n);
    const double disposition = point.disposition[disposition_[n]];
    up[at] += disposition * disposition_rise_[at];
    if (at < down.size()) down[at] += disposition * disposition_fall_[at];
  }
}

Likelihood LikelihoodData::at(const Point& point) const {
  const Eigen::Index rows = rise_.rows();
  const Eigen::Index both = fall_.rows();
  Eigen::VectorXd up = rise_ * point.theta + offset_rise_;
  Eigen::VectorXd down = fall_ * point.theta + offset_fall_;
  add_disposition(point, up, down);
  Likelihood sum;
  Eigen::VectorXd a(rows), c(rows), b(both), e(both), f(both);
  for (Eigen::Index n = 0; n < rows; ++n) {
    const auto at = static_cast<std::size_t>(n);
    const auto w =
        weigh(up[n], n < both ? down[n] : 0.0, opportunity_[n], options_[at], moved_[at]);
    sum.value += w.value;
    a[n] = w.a;
    c[n] = w.c;
    if (n >= both) continue;
    b[n] = w.b;
    e[n] = w.e;
    f[n] = w.f;
  }
  sum.gradient = rise_.transpose() * a + fall_.transpose() * b;
  sum.hessian = Eigen::MatrixXd::Zero(rise_.cols(), rise_.cols());
  auto lower = sum.hessian.triangularView<Eigen::Lower>();
  Eigen::MatrixXd weighted = c.asDiagonal() * rise_;
  weighted.topRows(both) += e.asDiagonal() * fall_;
  if (rise_.size() > 0) lower += rise_.transpose() * weighted;
  weighted = e.asDiagonal() * rise_.topRows(both);
  weighted += f.asDiagonal() * fall_;
  if (fall_.size() > 0) lower += fall_.transpose() * weighted;  // not for Eigen if it is empty
  sum.hessian = sum.hessian.selfadjointView<Eigen::Lower>();
  sum.disposition_gradient = Eigen::VectorXd::Zero(dispositions());
  sum.disposition_cross = Eigen::MatrixXd::Zero(rise_.cols(), dispositions());
  sum.disposition_hessian = Eigen::VectorXd::Zero(dispositions());
  for (std::size_t n = 0; n < disposition_.size(); ++n) {
    const auto at = static_cast<Eigen::Index>(n);
    const Eigen::Index g = disposition_[n];
    const double xu = disposition_rise_[at];
    sum.disposition_gradient[g] += a[at] * xu;
    sum.disposition_hessian[g] += c[at] * xu * xu;
    if (at >= both) {
      sum.disposition_cross.col(g) += (c[at] * xu) * rise_.row(at).transpose();
      continue;
    }
    const double xd = disposition_fall_[at];
    sum.disposition_gradient[g] += b[at] * xd;
    sum.disposition_hessian[g] += 2.0 * e[at] * xu * xd + f[at] * xd * xd;
    sum.disposition_cross.col(g) += (c[at] * xu + e[at] * xd) * rise_.row(at).transpose() +
                                    (e[at] * xu + f[at] * xd) * fall_.row(at).transpose();
  }
  return sum;
}

double LikelihoodData::value_at(const Point& point) const { return value_at(point, {}, 0); }

double LikelihoodData::value_at(const Point& point, const std::vector<std::uint8_t>& fold,
                                std::uint8_t which) const {
  Eigen::VectorXd up = rise_ * point.theta + offset_rise_;
  Eigen::VectorXd down = fall_ * point.theta + offset_fall_;
  add_disposition(point, up, down);
  double sum = 0.0;
  for (Eigen::Index n = 0; n < rise_.rows(); ++n) {
    const auto at = static_cast<std::size_t>(n);
    if (!fold.empty() && fold[at] != which) continue;
    const double below = n < fall_.rows() ? down[n] : 0.0;
    sum += weigh(up[n], below, opportunity_[n], options_[at], moved_[at]).value;
  }
  return sum;
}

}  // namespace entente
