#include "rounding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace entente::cli {
namespace {

std::string scaled_text(std::int64_t units, int decimals) {
  return fixed(static_cast<double>(units) * std::pow(10.0, -decimals), decimals);
}

}  // namespace

std::string fixed(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.front() == '-' && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
  return text;
}

std::string percent(double share) {
  if (share > 0.0 && share < 0.005) return "<1 %";
  if (share < 1.0 && share > 0.995) return ">99 %";
  return fmt::format("{:.0f} %", 100.0 * share);
}

std::string RoundedParts::part(std::size_t i) const { return scaled_text(parts[i], decimals); }
std::string RoundedParts::total() const { return scaled_text(sum, decimals); }

RoundedParts round_parts(std::span<const double> values, int decimals) {
  const double scale = std::pow(10.0, decimals);
  RoundedParts out;
  out.decimals = decimals;
  std::vector<double> moved;  // by rounding, in units
  double sum = 0.0;
  for (const double value : values) {
    sum += value;
    out.parts.push_back(std::llround(value * scale));
    moved.push_back(static_cast<double>(out.parts.back()) - value * scale);
  }
  out.sum = std::llround(sum * scale);
  std::int64_t missing =
      out.sum - std::accumulate(out.parts.begin(), out.parts.end(), std::int64_t{0});
  const std::int64_t unit = missing < 0 ? -1 : 1;
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return static_cast<double>(unit) * moved[a] < static_cast<double>(unit) * moved[b];
  });
  for (const std::size_t i : order) {
    if (missing == 0) break;
    if (values[i] == 0.0) continue;
    out.parts[i] += unit;
    missing -= unit;
  }
  return out;
}

}  // namespace entente::cli
