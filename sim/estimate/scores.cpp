#include "entente/estimate/scores.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>

#include "core/math.hpp"
#include "core/quantile.hpp"
#include "core/random.hpp"

namespace entente::score {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

void check(std::span<const double> probabilities, std::size_t outcome) {
  require(outcome < probabilities.size(), "score: found an outcome that has no probability");
  for (const double p : probabilities) {
    require(p >= 0.0 && p <= 1.0 + 1e-9, "score: found a probability outside [0, 1]");
  }
}

void check_members(std::span<const double> members) {
  require(!members.empty(), "score: found an ensemble without members");
  for (const double x : members) require(x == x, "score: found a member that is not a number");
}

/// Cases from the highest score to the lowest; those that tie keep their order.
std::vector<std::size_t> ranking(std::span<const double> scores,
                                 std::span<const std::uint8_t> positive) {
  require(scores.size() == positive.size(), "score: found unlike numbers of scores and cases");
  for (const double x : scores) require(x == x, "score: found a score that is not a number");
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  return order;
}

/// Visits runs of equal scores from the top: visit(positives, negatives).
template <class Visit>
void for_ties(std::span<const double> scores, std::span<const std::uint8_t> positive,
              const Visit& visit) {
  const auto order = ranking(scores, positive);
  for (std::size_t x = 0; x < order.size();) {
    const std::size_t first = x;
    std::size_t positives = 0;
    for (; x < order.size() && scores[order[x]] == scores[order[first]]; ++x) {
      positives += positive[order[x]] != 0 ? 1U : 0U;
    }
    visit(static_cast<double>(positives), static_cast<double>(x - first - positives));
  }
}

double saved(double loss, double reference) {
  if (reference < 0.0) return not_a_number;
  if (reference == 0.0) return loss == 0.0 ? 0.0 : -infinity;
  return 1.0 - loss / reference;
}

struct Totals {
  std::size_t cases = 0;
  double loss = 0.0, reference = 0.0;
};

std::vector<Totals> totals_by_cluster(std::span<const double> losses,
                                      std::span<const double> reference,
                                      std::span<const std::uint32_t> clusters) {
  std::vector<Totals> totals;
  for (std::size_t x = 0; x < losses.size(); ++x) {
    if (clusters[x] >= totals.size()) totals.resize(std::size_t{clusters[x]} + 1);
    auto& own = totals[clusters[x]];
    ++own.cases;
    own.loss += losses[x];
    own.reference += reference[x];
  }
  std::erase_if(totals, [](const Totals& own) { return own.cases == 0; });
  return totals;
}

double resampled(const std::vector<Totals>& totals, std::uint32_t draw, std::uint64_t seed) {
  Totals sum;
  for (std::size_t c = 0; c < totals.size(); c += 4) {
    const auto words = random::words(seed, static_cast<std::uint32_t>(c / 4), 0,
                                     random::stream(random::Purpose::bootstrap), draw);
    for (std::size_t w = 0; w < std::min<std::size_t>(4, totals.size() - c); ++w) {
      const auto& own =
          totals[static_cast<std::size_t>(std::uint64_t{words[w]} * totals.size() >> 32)];
      sum.loss += own.loss;
      sum.reference += own.reference;
    }
  }
  return saved(sum.loss, sum.reference);
}

}  // namespace

double log_score(std::span<const double> probabilities, std::size_t outcome) {
  check(probabilities, outcome);
  const double p = probabilities[outcome];
  if (p == 0.0) return infinity;
  if (p >= 1.0) return 0.0;
  if (p >= std::numeric_limits<double>::min()) return -math::log(p);
  return 64.0 * math::ln2 - math::log(p * 0x1p64);  // a logarithm takes normal numbers only
}

double brier_score(std::span<const double> probabilities, std::size_t outcome) {
  check(probabilities, outcome);
  double sum = 0.0;
  for (std::size_t x = 0; x < probabilities.size(); ++x) {
    const double miss = probabilities[x] - (x == outcome ? 1.0 : 0.0);
    sum += miss * miss;
  }
  return sum;
}

double ranked_probability_score(std::span<const double> probabilities, std::size_t outcome) {
  check(probabilities, outcome);
  double cumulative = 0.0;
  double sum = 0.0;
  for (std::size_t x = 0; x + 1 < probabilities.size(); ++x) {  // at the last both are 1
    cumulative += probabilities[x];
    const double miss = cumulative - (x >= outcome ? 1.0 : 0.0);
    sum += miss * miss;
  }
  return probabilities.size() < 2 ? 0.0 : sum / static_cast<double>(probabilities.size() - 1);
}

double crps(std::span<const double> members, double outcome) {
  check_members(members);
  require(outcome == outcome, "score: found an outcome that is not a number");
  std::vector<double> sorted(members.begin(), members.end());
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  double distance = 0.0;
  double spread = 0.0;  // sum over pairs i < j of x_j - x_i
  double place = 1.0 - n;
  for (const double x : sorted) {
    distance += x < outcome ? outcome - x : x - outcome;
    spread += place * (x - sorted.front());
    place += 2.0;
  }
  return distance / n - (sorted.size() < 2 ? 0.0 : spread / (n * (n - 1.0)));
}

double area_under_roc(std::span<const double> scores, std::span<const std::uint8_t> positive) {
  double ordered = 0.0;  // pairs with the positive above, ties as halves
  double above = 0.0;    // positives ranked above the present tie
  double negative = 0.0;
  for_ties(scores, positive, [&](double positives, double negatives) {
    ordered += negatives * (above + 0.5 * positives);
    above += positives;
    negative += negatives;
  });
  return above == 0.0 || negative == 0.0 ? not_a_number : ordered / (above * negative);
}

double average_precision(std::span<const double> scores, std::span<const std::uint8_t> positive) {
  double sum = 0.0;
  double found = 0.0;
  double seen = 0.0;
  for_ties(scores, positive, [&](double positives, double negatives) {
    found += positives;
    seen += positives + negatives;
    sum += positives * (found / seen);
  });
  return found == 0.0 ? not_a_number : sum / found;
}

std::vector<CalibrationBin> calibration(std::span<const double> forecasts,
                                        std::span<const std::uint8_t> happened,
                                        std::span<const double> edges) {
  require(forecasts.size() == happened.size(), "score: found unlike numbers of forecasts, cases");
  std::vector<CalibrationBin> bins(edges.size() + 1);
  for (std::size_t x = 0; x < edges.size(); ++x) {
    require(edges[x] > bins[x].low && edges[x] < 1.0, "score: found edges that do not ascend");
    bins[x].high = edges[x];
    bins[x + 1].low = edges[x];
  }
  bins.back().high = 1.0;

  for (std::size_t x = 0; x < forecasts.size(); ++x) {
    require(forecasts[x] >= 0.0 && forecasts[x] <= 1.0, "score: found a forecast outside [0, 1]");
    const auto edge = std::upper_bound(edges.begin(), edges.end(), forecasts[x]);
    auto& bin = bins[static_cast<std::size_t>(edge - edges.begin())];
    ++bin.cases;
    bin.mean_forecast += forecasts[x];
    bin.share += happened[x] != 0 ? 1.0 : 0.0;
  }
  std::erase_if(bins, [](const CalibrationBin& bin) { return bin.cases == 0; });
  for (auto& bin : bins) {
    bin.mean_forecast /= static_cast<double>(bin.cases);
    bin.share /= static_cast<double>(bin.cases);
  }
  return bins;
}

bool covers(std::span<const double> members, double outcome, double share) {
  check_members(members);
  require(share >= 0.0 && share <= 1.0, "score: found a share outside [0, 1]");
  std::vector<double> sorted(members.begin(), members.end());
  std::sort(sorted.begin(), sorted.end());
  return outcome >= detail::sorted_quantile(sorted, 0.5 - 0.5 * share) &&
         outcome <= detail::sorted_quantile(sorted, 0.5 + 0.5 * share);
}

double quantile(std::vector<double> members, double probability) {
  check_members(members);
  require(probability >= 0.0 && probability <= 1.0, "score: found a quantile outside [0, 1]");
  std::sort(members.begin(), members.end());
  return detail::sorted_quantile(members, probability);
}

Skill skill(std::span<const double> losses, std::span<const double> reference,
            std::span<const std::uint32_t> clusters, std::size_t draws, std::uint64_t seed) {
  require(losses.size() == reference.size() && losses.size() == clusters.size(),
          "score: found unlike numbers of losses, losses of the reference and clusters");
  require(!losses.empty(), "score: found no losses");
  require(draws > 0, "score: found no draws of the bootstrap");
  const auto totals = totals_by_cluster(losses, reference, clusters);
  Totals whole;
  for (const auto& own : totals) {
    whole.loss += own.loss;
    whole.reference += own.reference;
  }
  std::vector<double> values(draws);
  for (std::size_t x = 0; x < draws; ++x) {
    values[x] = resampled(totals, static_cast<std::uint32_t>(x), seed);
  }
  Skill result{saved(whole.loss, whole.reference), not_a_number, not_a_number};
  if (std::any_of(values.begin(), values.end(), [](double x) { return x != x; })) return result;
  std::sort(values.begin(), values.end());
  result.low = detail::sorted_quantile(values, 0.025);
  result.high = detail::sorted_quantile(values, 0.975);
  return result;
}

}  // namespace entente::score
