#include "lab/page/parts.hpp"

#include <algorithm>
#include <cmath>

namespace entente::lab {

Json rounded(double value, int decimals) {
  if (!std::isfinite(value)) return nullptr;
  const double unit = std::pow(10.0, decimals);
  const double result = std::round(value * unit) / unit;
  return result == 0.0 ? 0.0 : result;  // no -0
}

std::uint64_t per_mille(std::uint64_t count, std::uint64_t whole) {
  return (2000 * count + whole) / (2 * whole);
}

std::string in_words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace entente::lab
