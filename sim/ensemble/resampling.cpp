#include "ensemble/resampling.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "core/quantile.hpp"
#include "core/random.hpp"

namespace entente::detail {
namespace {

/// Index 1 keeps these draws apart from those of scores.
constexpr auto draws_of_resamples = random::stream(random::Purpose::bootstrap, 0, 1);

void draw(std::uint64_t seed, std::uint32_t resample, std::span<std::uint32_t> picks) {
  const std::size_t units = picks.size();
  for (std::size_t u = 0; u < units; u += 4) {
    const auto words =
        random::words(seed, static_cast<std::uint32_t>(u / 4), 0, draws_of_resamples, resample);
    for (std::size_t w = 0; w < std::min<std::size_t>(4, units - u); ++w) {
      picks[u + w] = static_cast<std::uint32_t>(std::uint64_t{words[w]} * units >> 32);
    }
  }
}

void set_interval(IntervalEstimate& estimate, std::vector<double>& values, double confidence) {
  std::erase_if(values, [](double x) { return !std::isfinite(x); });
  if (!std::isfinite(estimate.value) || values.size() < 2) return;
  std::sort(values.begin(), values.end());
  estimate.low = sorted_quantile(values, (1.0 - confidence) / 2.0);
  estimate.high = sorted_quantile(values, (1.0 + confidence) / 2.0);
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0.0;
  for (const double x : values) squares += (x - mean) * (x - mean);
  estimate.error = std::sqrt(squares / (n - 1.0));
}

}  // namespace

std::vector<IntervalEstimate> resample(std::size_t units, const ResampleOptions& options,
                                       const Statistics& statistics) {
  if (!(options.confidence > 0.0 && options.confidence < 1.0)) {
    throw std::invalid_argument("resamples: the confidence has to be between 0 and 1");
  }
  if (std::max(units, options.resamples) > std::numeric_limits<std::uint32_t>::max()) {
    throw std::invalid_argument("resamples: allowed are fewer than 2^32 units and resamples");
  }
  std::vector<std::uint32_t> picks(units);
  std::iota(picks.begin(), picks.end(), 0U);
  const auto whole = statistics(picks);
  std::vector<std::vector<double>> values(whole.size());
  for (std::size_t x = 0; x < options.resamples; ++x) {
    draw(options.seed, static_cast<std::uint32_t>(x), picks);
    const auto here = statistics(picks);
    for (std::size_t s = 0; s < here.size(); ++s) values[s].push_back(here[s]);
  }
  std::vector<IntervalEstimate> out(whole.size());
  for (std::size_t s = 0; s < whole.size(); ++s) {
    out[s].value = whole[s];
    set_interval(out[s], values[s], options.confidence);
  }
  return out;
}

}  // namespace entente::detail
