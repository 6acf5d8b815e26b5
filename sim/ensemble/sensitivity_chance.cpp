#include <algorithm>
#include <cmath>
#include <limits>

#include "ensemble/resampling.hpp"
#include "entente/ensemble/sensitivity.hpp"

namespace entente {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double share(double part, double rest) {
  const double whole = part + std::max(rest, 0.0);
  return whole > 0.0 ? part / whole : nan;
}

/// within, between, share of one replicate, share of a mean, share of one where luck is shared.
std::vector<double> split(std::span<const PointSummary> points,
                          std::span<const std::uint32_t> picks) {
  if (picks.size() < 2) return {nan, nan, nan, nan, nan};
  const auto n = static_cast<double>(picks.size());
  const double first = points[picks[0]].mean;  // from here, so that equal means differ by exactly 0
  double mean = 0.0, within = 0.0, luck = 0.0;
  for (const auto pick : picks) {
    const auto& point = points[pick];
    mean += point.mean - first;
    within += point.variance;
    luck += point.variance / static_cast<double>(point.replicates);
  }
  mean /= n;
  within /= n;
  luck /= n;
  double squares = 0.0;
  for (const auto pick : picks) {
    const double excess = points[pick].mean - first - mean;
    squares += excess * excess;
  }
  const double spread = squares / (n - 1.0);
  const double between = spread - luck;
  return {within, between, share(within, between), share(luck, between), share(within, spread)};
}

}  // namespace

ChanceShare chance_share(std::span<const PointSummary> points, const ResampleOptions& options) {
  std::vector<PointSummary> used;
  for (const auto& point : points) {
    if (point.replicates >= 2 && std::isfinite(point.mean) && std::isfinite(point.variance)) {
      used.push_back(point);
    }
  }
  const auto found =
      detail::resample(used.size(), options, [&](auto picks) { return split(used, picks); });
  ChanceShare out;
  out.points = used.size();
  out.dropped = points.size() - used.size();
  out.within = found[0].value;
  out.between = found[1].value;
  out.of_one = found[2];
  out.of_mean = found[3];
  out.of_one_shared = found[4].value;
  return out;
}

}  // namespace entente
