#include "entente/ensemble/risk_sets.hpp"

#include <algorithm>
#include <cmath>

namespace entente {

void RiskSets::add(std::uint64_t set, bool moved, std::span<const double> x) {
  Set& here = sets_[set];
  if (here.first.empty()) {
    here.first.assign(x.begin(), x.end());
    for (auto* sums : {&here.movers, &here.others}) {
      sums->sum.resize(values_);
      sums->squares.resize(values_);
    }
  }
  Sums& sums = moved ? here.movers : here.others;
  ++sums.count;
  for (std::size_t v = 0; v < values_; ++v) {
    const double excess = x[v] - here.first[v];
    sums.sum[v] += excess;
    sums.squares[v] += excess * excess;
  }
}

RiskSets::Comparison RiskSets::compare() const {
  Comparison out;
  out.x.resize(values_);
  for (const auto& [key, set] : sets_) {
    out.movers += set.movers.count;
    if (set.movers.count == 0 || set.others.count == 0) continue;
    out.matched += set.movers.count;
    out.mates += set.others.count;
    const auto m = static_cast<double>(set.movers.count);
    const auto c = static_cast<double>(set.others.count);
    for (std::size_t v = 0; v < values_; ++v) {
      const double movers = set.movers.sum[v] / m;
      const double others = set.others.sum[v] / c;
      const double mean = (set.movers.sum[v] + set.others.sum[v]) / (m + c);
      const double squares = set.movers.squares[v] + set.others.squares[v];
      const double variance =
          std::max(0.0, (squares - (m + c) * mean * mean) / std::max(1.0, m + c - 1.0));
      out.x[v].movers += m * (set.first[v] + movers);
      out.x[v].others += m * (set.first[v] + others);
      out.x[v].difference += m * (movers - others);
      out.x[v].expected += m * (set.first[v] + mean);
      out.x[v].standard_error += m * m * variance * (1.0 / m + 1.0 / c);
      out.x[v].spread += m * variance;
    }
  }
  if (out.matched == 0) return out;
  const auto all = static_cast<double>(out.matched);
  for (auto& x : out.x) {
    x.movers /= all;
    x.others /= all;
    x.difference /= all;
    x.expected /= all;
    x.standard_error = std::sqrt(x.standard_error) / all;
    x.spread = std::sqrt(x.spread / all);
  }
  return out;
}

}  // namespace entente
