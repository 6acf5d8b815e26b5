#include "core/math.hpp"

#include <array>

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

double log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  auto exponent = static_cast<std::int64_t>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    ++exponent;
  }
  // log m = 2 artanh(s), s = (m - 1) / (m + 1), |s| < 0.172.
  const double s = (m - 1.0) / (m + 1.0);
  const double q = s * s;
  double sum = 0.0;
  for (int k = 23; k >= 3; k -= 2) sum = (sum + 1.0 / k) * q;
  const auto e = static_cast<double>(exponent);
  return e * 6.93147180369123816490e-01 + (2.0 * (s + s * sum) + e * 1.90821492927058770002e-10);
}

namespace {

constexpr std::array<double, 6> central_num{-3.969683028665376e+01, 2.209460984245205e+02,
                                            -2.759285104469687e+02, 1.383577518672690e+02,
                                            -3.066479806614716e+01, 2.506628277459239e+00};
constexpr std::array<double, 6> central_den{-5.447609879822406e+01, 1.615858368580409e+02,
                                            -1.556989798598866e+02, 6.680131188771972e+01,
                                            -1.328068155288572e+01, 1.0};
constexpr std::array<double, 6> tail_num{-7.784894002430293e-03, -3.223964580411365e-01,
                                         -2.400758277161838e+00, -2.549732539343734e+00,
                                         4.374664141464968e+00,  2.938163982698783e+00};
constexpr std::array<double, 5> tail_den{7.784695709041462e-03, 3.224671290700398e-01,
                                         2.445134137142996e+00, 3.754408661907416e+00, 1.0};

template <std::size_t n>
double horner(const std::array<double, n>& coefficients, double x) {
  double sum = 0.0;
  for (const double c : coefficients) sum = sum * x + c;
  return sum;
}

double lower_tail(double p) {
  const double q = sqrt(-2.0 * log(p));
  return horner(tail_num, q) / horner(tail_den, q);
}

}  // namespace

double normal_quantile(double p) {
  constexpr double edge = 0.02425;
  if (p < edge) return lower_tail(p);
  if (p > 1.0 - edge) return -lower_tail(1.0 - p);
  const double q = p - 0.5;
  return q * horner(central_num, q * q) / horner(central_den, q * q);
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
