#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "ensemble/resampling.hpp"
#include "entente/ensemble/sensitivity.hpp"

namespace entente {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Outputs of the whole blocks of Saltelli's design, and what any choice of them says.
class Blocks {
 public:
  Blocks(std::span<const double> outputs, std::size_t factors, bool second_order)
      : factors_(factors),
        second_order_(second_order),
        size_((second_order ? 2 : 1) * factors + 2) {
    if (factors == 0) throw std::invalid_argument("sobol_indices: found no factors");
    if (outputs.size() % size_ != 0) {
      throw std::invalid_argument("sobol_indices: the rows are not whole blocks of the design");
    }
    for (std::size_t at = 0; at < outputs.size(); at += size_) {
      const auto block = outputs.subspan(at, size_);
      if (std::all_of(block.begin(), block.end(), [](double y) { return std::isfinite(y); })) {
        outputs_.insert(outputs_.end(), block.begin(), block.end());
      }
    }
  }

  [[nodiscard]] std::size_t count() const { return outputs_.size() / size_; }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Mean and variance over A and B, then the indices: first, total, second (factors, factors).
  [[nodiscard]] std::vector<double> statistics(std::span<const std::uint32_t> picks) const {
    const std::size_t k = factors_;
    std::vector<double> out(2 + 2 * k + (second_order_ ? k * k : 0), nan);
    if (picks.empty()) return out;
    const auto n = static_cast<double>(picks.size());
    out[0] = mean(picks);
    out[1] = varies(picks) ? variance(picks, out[0]) : 0.0;
    if (!(out[1] > 0.0) || picks.size() < 2) return out;
    std::vector<double> sums(out.size());
    for (const auto pick : picks) add(&outputs_[pick * size_], out[0], sums);
    for (std::size_t i = 0; i < k; ++i) {
      out[2 + i] = sums[2 + i] / n / out[1];
      out[2 + k + i] = sums[2 + k + i] / (2.0 * n) / out[1];
    }
    if (!second_order_) return out;
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t j = i + 1; j < k; ++j) {
        const double own =
            sums[2 + 2 * k + i * k + j] / (2.0 * n) / out[1] - out[2 + i] - out[2 + j];
        out[2 + 2 * k + i * k + j] = own;
        out[2 + 2 * k + j * k + i] = own;
      }
    }
    return out;
  }

 private:
  [[nodiscard]] double a(std::uint32_t pick) const { return outputs_[pick * size_]; }
  [[nodiscard]] double b(std::uint32_t pick) const { return outputs_[(pick + 1) * size_ - 1]; }

  [[nodiscard]] bool varies(std::span<const std::uint32_t> picks) const {
    const double one = a(picks[0]);
    return std::any_of(picks.begin(), picks.end(),
                       [&](std::uint32_t pick) { return a(pick) != one || b(pick) != one; });
  }

  [[nodiscard]] double mean(std::span<const std::uint32_t> picks) const {
    double sum = 0.0;
    for (const auto pick : picks) sum += a(pick) + b(pick);
    return sum / (2.0 * static_cast<double>(picks.size()));
  }

  [[nodiscard]] double variance(std::span<const std::uint32_t> picks, double mean) const {
    double sum = 0.0;
    for (const auto pick : picks) {
      const double own = a(pick) - mean, other = b(pick) - mean;
      sum += own * own + other * other;
    }
    return sum / (2.0 * static_cast<double>(picks.size()));
  }

  /// Adds the products of one block, in the places of `statistics`.
  void add(const double* block, double mean, std::vector<double>& sums) const {
    const std::size_t k = factors_;
    const double own = block[0] - mean, other = block[size_ - 1] - mean;
    const double* mixed = block + 1;  // A_B
    for (std::size_t i = 0; i < k; ++i) {
      const double change = mixed[i] - mean - own;
      sums[2 + i] += other * change;
      sums[2 + k + i] += change * change;
    }
    if (!second_order_) return;
    const double* back = block + 1 + k;  // B_A
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t j = i + 1; j < k; ++j) {
        sums[2 + 2 * k + i * k + j] += (back[i] - mean) * (mixed[j] - mean) +
                                       (back[j] - mean) * (mixed[i] - mean) - 2.0 * own * other;
      }
    }
  }

  std::size_t factors_;
  bool second_order_;
  std::size_t size_;
  std::vector<double> outputs_;
};

}  // namespace

SobolIndices sobol_indices(std::span<const double> outputs, std::size_t factors, bool second_order,
                           const ResampleOptions& options) {
  const Blocks blocks(outputs, factors, second_order);
  SobolIndices out;
  out.options = options;
  out.blocks = blocks.count();
  out.dropped = outputs.size() / blocks.size() - out.blocks;
  bool first_is_whole = true;
  const auto found = detail::resample(out.blocks, options, [&](auto picks) {
    auto statistics = blocks.statistics(picks);
    if (!first_is_whole && std::isfinite(statistics[2])) ++out.resamples;
    first_is_whole = false;
    return statistics;
  });
  out.mean = found[0].value;
  out.variance = found[1].value;
  out.constant = out.variance == 0.0;
  const auto part = [&](std::size_t from, std::size_t count) {
    const auto at = found.begin() + static_cast<std::ptrdiff_t>(from);
    return std::vector<IntervalEstimate>(at, at + static_cast<std::ptrdiff_t>(count));
  };
  out.first = part(2, factors);
  out.total = part(2 + factors, factors);
  if (second_order) out.second = part(2 + 2 * factors, factors * factors);
  return out;
}

}  // namespace entente
