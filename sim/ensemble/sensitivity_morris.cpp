#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "entente/ensemble/sensitivity.hpp"

namespace entente {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

[[noreturn]] void refuse(std::size_t row, const char* found) {
  throw std::invalid_argument("morris_screening: row " + std::to_string(row) + ": " + found);
}

/// The only factor in which row n differs from the row before.
std::size_t changed_factor(const Cases& cases, std::size_t n) {
  const auto before = cases.row(n - 1), after = cases.row(n);
  const auto at = std::mismatch(before.begin(), before.end(), after.begin());
  if (at.first == before.end()) refuse(n, "found no factor that differs from the row before");
  if (!std::equal(at.first + 1, before.end(), at.second + 1)) {
    refuse(n, "found several factors that differ from the row before; allowed: one");
  }
  return static_cast<std::size_t>(at.first - before.begin());
}

struct Moments {
  double mean = nan;
  double deviation = nan;  ///< standard, divided by n - 1
};

Moments moments(std::span<const double> values) {
  if (values.empty()) return {};
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() < 2) return {mean, nan};
  double squares = 0.0;
  for (const double x : values) squares += (x - mean) * (x - mean);
  return {mean, std::sqrt(squares / (n - 1.0))};
}

/// Jackknife error of the standard deviation, from the deviations without each value in turn.
double error_of_deviation(std::span<const double> values, const Moments& all) {
  if (values.size() < 3) return nan;
  const auto n = static_cast<double>(values.size());
  const double squares = all.deviation * all.deviation * (n - 1.0);
  std::vector<double> without;
  for (const double x : values) {
    const double own = (x - all.mean) * (x - all.mean) * n / (n - 1.0);
    without.push_back(std::sqrt(std::max(0.0, squares - own) / (n - 2.0)));
  }
  return moments(without).deviation * (n - 1.0) / std::sqrt(n);
}

MorrisEffects sum_up(const std::vector<double>& effects) {
  std::vector<double> sizes;
  for (const double d : effects) sizes.push_back(std::fabs(d));
  const auto own = moments(effects), absolute = moments(sizes);
  const double root = std::sqrt(static_cast<double>(effects.size()));
  return {effects.size(),
          own.mean,
          absolute.mean,
          own.deviation,
          own.deviation / root,
          absolute.deviation / root,
          error_of_deviation(effects, own)};
}

}  // namespace

MorrisScreening morris_screening(const Cases& trajectories) {
  trajectories.check();
  const std::size_t k = trajectories.factors, length = k + 1, rows = trajectories.y.size();
  if (rows % length != 0) {
    throw std::invalid_argument("morris_screening: the rows are not whole trajectories");
  }
  MorrisScreening out;
  out.trajectories = rows / length;
  std::vector<std::vector<double>> effects(k);
  std::vector<bool> seen(k);
  for (std::size_t n = 0; n < rows; ++n) {
    const auto x = trajectories.row(n);
    if (!std::all_of(x.begin(), x.end(), [](double value) { return std::isfinite(value); })) {
      refuse(n, "found a missing value of a factor");
    }
    if (n % length == 0) {
      seen.assign(k, false);
      continue;
    }
    const std::size_t i = changed_factor(trajectories, n);
    if (seen[i]) refuse(n, "found a factor that changes twice in a trajectory");
    seen[i] = true;
    const double rise = trajectories.y[n] - trajectories.y[n - 1];
    if (std::isfinite(rise)) {
      effects[i].push_back(rise / (x[i] - trajectories.row(n - 1)[i]));
    } else {
      ++out.dropped;
    }
  }
  for (const auto& own : effects) out.factors.push_back(sum_up(own));
  return out;
}

}  // namespace entente
