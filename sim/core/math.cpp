#include "core/math.hpp"

namespace entente::math {

double exp(double x) {
  x = x < -700.0 ? -700.0 : x;
  x = x > 700.0 ? 700.0 : x;
  constexpr double shift = 6755399441055744.0;  // 1.5 * 2^52: rounds to nearest
  const double n = (x * 1.4426950408889634 + shift) - shift;
  const double r = (x - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10;
  // Taylor series; |r| <= ln 2 / 2, so the 14th power over 14! is below 2^-57.
  double sum = 1.0;
  for (int k = 13; k >= 1; --k) sum = 1.0 + sum * r / k;
  const auto exponent = static_cast<std::int64_t>(n) + 1023;
  return sum * std::bit_cast<double>(exponent << 52);
}

std::uint32_t poisson_quantile(double mean, double u) {
  double term = exp(-mean);
  double cumulative = term;
  std::uint32_t k = 0;
  // Beyond the bound the terms are below the resolution of u.
  const double bound = 10.0 * mean + 100.0;
  while (u >= cumulative && k < bound) {
    ++k;
    term *= mean / k;
    cumulative += term;
  }
  return k;
}

}  // namespace entente::math
