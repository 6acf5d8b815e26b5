#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "entente/ensemble/paired.hpp"

namespace entente {
namespace {

__extension__ typedef __int128 Wide;  // NOLINT(modernize-use-using): the warning goes with it

/// n^2 times the variance (of the whole, not of a sample) of n integers.
Wide spread(std::int64_t n, std::int64_t sum, std::int64_t squares) {
  return Wide{n} * squares - Wide{sum} * sum;
}

/// Standard error of a mean from `spread`.
double standard_error(Wide spread, std::int64_t n) {
  return std::sqrt(static_cast<double>(spread) / static_cast<double>(n - 1)) /
         static_cast<double>(n);
}

}  // namespace

double PairedEstimate::narrowing() const {
  if (error == 0.0 && unpaired_error == 0.0) return 1.0;
  return unpaired_error / error;
}

PairedEstimate PairedSums::estimate() const {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  const auto mean = [&](std::int64_t sum) {
    return pairs_ == 0 ? unknown : static_cast<double>(sum) / static_cast<double>(pairs_);
  };
  PairedEstimate e;
  e.pairs = static_cast<std::size_t>(pairs_);
  e.baseline = mean(x_);
  e.variant = mean(x_ + d_);
  e.difference = mean(d_);
  e.more = mean(more_);
  e.fewer = mean(fewer_);
  e.error = e.unpaired_error = e.low = e.high = unknown;
  if (pairs_ < 2) return e;

  const Wide apart = spread(pairs_, x_, xx_) + spread(pairs_, x_ + d_, xx_ + 2 * xd_ + dd_);
  e.error = standard_error(spread(pairs_, d_, dd_), pairs_);
  e.unpaired_error = standard_error(apart, pairs_);
  const boost::math::students_t t(static_cast<double>(pairs_ - 1));
  const double half = boost::math::quantile(t, 0.975) * e.error;
  e.low = e.difference - half;
  e.high = e.difference + half;
  return e;
}

double sign_test(std::uint64_t more, std::uint64_t fewer) {
  if (more + fewer == 0) return 1.0;
  const boost::math::binomial coin(static_cast<double>(more + fewer), 0.5);
  const auto smaller = static_cast<double>(std::min(more, fewer));
  return std::min(1.0, 2.0 * boost::math::cdf(coin, smaller));
}

}  // namespace entente
