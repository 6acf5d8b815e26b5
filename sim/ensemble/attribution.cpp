#include "ensemble/attribution.hpp"

#include <algorithm>
#include <cmath>

namespace entente::detail {
namespace {

/// Log-odds of the rung above against the two others, given that the actor reconsiders.
class LogOdds {
 public:
  LogOdds(const Simulation& simulation, LadderRole ladder, Rung own)
      : simulation_(simulation), ladder_(ladder), own_(own) {}

  [[nodiscard]] double operator()(std::span<const float> drivers) const {
    const auto terms = simulation_.contributions(ladder_, own_, drivers);
    double below = 0.0, above = 0.0;
    for (std::size_t x = 0; x < terms.size(); x += 2) {
      below += static_cast<double>(terms[x]);
      above += static_cast<double>(terms[x + 1]);
    }
    const double odds = scaled(above);
    return own_ == 0 ? odds : odds - std::log1p(std::exp(scaled(below)));
  }

 private:
  /// As the engine holds them (docs/model.md, section 5).
  [[nodiscard]] double scaled(double utility) const {
    const auto temperature = static_cast<double>(simulation_.model().temperature);
    return std::clamp(utility / temperature, -87.0, 88.0);
  }

  const Simulation& simulation_;
  LadderRole ladder_;
  Rung own_;
};

double probability_of(double log_odds) { return 1.0 / (1.0 + std::exp(-log_odds)); }

/// Divides an effect on log-odds in proportion to shares of one sign.
void divide(double effect, std::span<const double> shares, std::vector<double>& out) {
  double sum = 0.0;
  for (const double share : shares) sum += share;
  if (sum == 0.0) return;
  for (std::size_t e = 0; e < shares.size(); ++e) out[e] += effect * (shares[e] / sum);
}

/// Makes the shares sum to what all earlier movers do together. On a ladder of two rungs, with
/// terms that read one driver each, there is nothing to make up for but rounding.
void settle_rest(double together, std::vector<double>& log_odds) {
  double sum = 0.0, size = 0.0;
  for (const double share : log_odds) {
    sum += share;
    size += std::abs(share);
  }
  if (size == 0.0) return;
  const double rest = together - sum;
  for (double& share : log_odds) share += rest * std::abs(share) / size;
}

}  // namespace

void attribute(const Simulation& simulation, LadderRole ladder, const MoveUp& move,
               Attribution& out) {
  const LogOdds log_odds(simulation, ladder, move.own);
  const double with = log_odds(move.drivers);
  out.log_odds.assign(move.earlier, 0.0);
  out.credit.assign(move.earlier, 0.0);
  out.own_reasons = 1.0;
  out.probability = out.probability_without = probability_of(with);

  std::vector<float> without(move.drivers.begin(), move.drivers.end());
  for (std::size_t x = 0; x < move.columns.size(); ++x) {
    const auto shares = move.shares.subspan(x * move.earlier, move.earlier);
    double sum = 0.0;
    for (const double share : shares) sum += share;
    if (sum == 0.0) continue;
    const std::size_t column = move.columns[x];
    std::vector<float> less(move.drivers.begin(), move.drivers.end());
    less[column] = static_cast<float>(static_cast<double>(less[column]) - sum);
    without[column] = less[column];
    divide(with - log_odds(less), shares, out.log_odds);
  }
  const double alone = log_odds(without);
  settle_rest(with - alone, out.log_odds);
  out.probability_without = probability_of(alone);

  double raised = 0.0;
  for (const double share : out.log_odds) raised += std::max(share, 0.0);
  const double due = 1.0 - out.probability_without / out.probability;
  if (!(due > 0.0 && raised > 0.0)) return;
  for (std::size_t e = 0; e < move.earlier; ++e) {
    out.credit[e] = due * (std::max(out.log_odds[e], 0.0) / raised);
  }
  out.own_reasons = 1.0 - due;
}

}  // namespace entente::detail
