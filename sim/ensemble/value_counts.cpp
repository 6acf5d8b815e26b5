#include "entente/ensemble/value_counts.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

}  // namespace

void ValueCounts::add(double value, std::uint64_t times) {
  if (!std::isfinite(value)) throw std::invalid_argument("ValueCounts: a value is not finite");
  if (times == 0) return;
  counts_[value + 0.0] += times;  // so that -0 is kept as 0, whichever comes first
  n_ += times;
}

void ValueCounts::merge(const ValueCounts& other) {
  if (&other == this) throw std::invalid_argument("ValueCounts: merged with itself");
  for (const auto& [value, times] : other.counts_) counts_[value] += times;
  n_ += other.n_;
}

double ValueCounts::mean() const {
  if (n_ == 0) return nan;
  if (counts_.size() == 1) return counts_.begin()->first;
  double sum = 0.0;
  for (const auto& [value, times] : counts_) sum += value * static_cast<double>(times);
  return sum / static_cast<double>(n_);
}

double ValueCounts::variance() const {
  if (n_ < 2) return nan;
  if (counts_.size() == 1) return 0.0;
  const double centre = mean();
  double sum = 0.0;
  for (const auto& [value, times] : counts_) {
    const double distance = value - centre;
    sum += distance * distance * static_cast<double>(times);
  }
  return sum / static_cast<double>(n_ - 1);
}

double ValueCounts::ordered(std::uint64_t before) const {
  for (const auto& [value, times] : counts_) {
    if (before < times) return value;
    before -= times;
  }
  return counts_.rbegin()->first;
}

double ValueCounts::quantile(double share) const {
  const bool within = share >= 0.0 && share <= 1.0;  // false for NaN
  if (!within) throw std::invalid_argument("ValueCounts: a share is not within 0 to 1");
  if (n_ == 0) return nan;
  const double place = static_cast<double>(n_ - 1) * share;
  const auto below = static_cast<std::uint64_t>(place);
  const double rest = place - static_cast<double>(below);
  const double low = ordered(below);
  return rest > 0.0 ? low + rest * (ordered(below + 1) - low) : low;
}

ValueSummary ValueCounts::summary() const {
  ValueSummary s;
  s.n = n_;
  s.mean = mean();
  s.variance = variance();
  s.error = std::sqrt(s.variance / static_cast<double>(n_));
  s.smallest = n_ == 0 ? nan : counts_.begin()->first;
  s.largest = n_ == 0 ? nan : counts_.rbegin()->first;
  for (std::size_t q = 0; q < summary_shares.size(); ++q) {
    s.quantiles[q] = quantile(summary_shares[q]);
  }
  return s;
}

}  // namespace entente
