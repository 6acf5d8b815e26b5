#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

/// The elementary functions that results depend on, in plain arithmetic: the same bits on every
/// machine and compiler that keeps IEEE 754 and does not contract products into fused operations.
namespace entente::math {

inline constexpr double ln2 = 0.69314718055994530942;

/// e^x, relative error below 1.2e-7. Arguments are held in [-87, 88], so the result is finite and
/// positive; NaN stays NaN. Branch-free, for loops over lanes.
///
/// @source  range reduction by ln 2 and the polynomial of expf in Moshier, Cephes (1992)
inline float exp(float x) {
  x = x < -87.0F ? -87.0F : x;
  x = x > 88.0F ? 88.0F : x;
  // Adding and subtracting 1.5 * 2^23 rounds to the nearest integer without a call.
  const float n = (x * 1.44269504F + 12582912.0F) - 12582912.0F;
  const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  const float y = (p * r * r + r) + 1.0F;
  const std::int32_t exponent = static_cast<std::int32_t>(n) + 127;
  return y * std::bit_cast<float>(exponent << 23);
}

/// 1 - e^-x for x >= 0, with full relative precision for small x too: a probability of
/// reconsidering within a day counts as much as one within a year.
inline float one_minus_exp_minus(float x) {
  const float series =
      x * (1.0F - x * 0.5F * (1.0F - x * (1.0F / 3.0F) * (1.0F - x * 0.25F * (1.0F - x * 0.2F))));
  return x < 0.125F ? series : 1.0F - exp(-x);
}

/// e^x for x in [-700, 700] (held there), relative error below 1e-15.
double exp(double x);

/// Square root; correctly rounded by IEEE 754, hence the same everywhere.
inline double sqrt(double x) { return __builtin_sqrt(x); }

/// Natural logarithm of a positive, normal x, relative error below 1e-15. Branch-free.
inline double log(double x) {
  const auto bits = std::bit_cast<std::int64_t>(x);
  double m = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFLL) | 0x3FF0000000000000LL);
  const bool halve = m > 1.4142135623730951;
  m = halve ? m * 0.5 : m;
  const double whole = halve ? 1.0 : 0.0;
  // The exponent, exact, without a conversion that not all vector units have.
  const double biased = std::bit_cast<double>((bits >> 52) | 0x4330000000000000LL);
  const double e = biased - 4503599627370496.0 - 1023.0 + whole;
  // log m = 2 artanh(s), s = (m - 1) / (m + 1), |s| < 0.172.
  const double s = (m - 1.0) / (m + 1.0);
  const double q = s * s;
  double sum = 0.0;
#pragma GCC unroll 11
  for (int k = 23; k >= 3; k -= 2) sum = (sum + 1.0 / k) * q;
  return e * 6.93147180369123816490e-01 + (2.0 * (s + s * sum) + e * 1.90821492927058770002e-10);
}

/// 2^(-elapsed / halflife).
inline double decay(double elapsed, double halflife) { return exp(-ln2 * elapsed / halflife); }

namespace detail {

template <std::size_t n>
inline double horner(const double (&coefficients)[n], double x) {
  double sum = coefficients[0];
#pragma GCC unroll 8
  for (std::size_t k = 1; k < n; ++k) sum = sum * x + coefficients[k];
  return sum;
}

}  // namespace detail

/// Inverse of the standard normal distribution function at p in (0, 1), absolute error below 3e-9
/// in the centre. Branch-free.
///
/// @source  rational approximation of P. J. Acklam (2003)
inline double normal_quantile(double p) {
  constexpr double central_num[]{-3.969683028665376e+01, 2.209460984245205e+02,
                                 -2.759285104469687e+02, 1.383577518672690e+02,
                                 -3.066479806614716e+01, 2.506628277459239e+00};
  constexpr double central_den[]{-5.447609879822406e+01, 1.615858368580409e+02,
                                 -1.556989798598866e+02, 6.680131188771972e+01,
                                 -1.328068155288572e+01, 1.0};
  constexpr double tail_num[]{-7.784894002430293e-03, -3.223964580411365e-01,
                              -2.400758277161838e+00, -2.549732539343734e+00,
                              4.374664141464968e+00,  2.938163982698783e+00};
  constexpr double tail_den[]{7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                              3.754408661907416e+00, 1.0};
  constexpr double edge = 0.02425;
  const double q = p - 0.5;
  const double centre = q * detail::horner(central_num, q * q) / detail::horner(central_den, q * q);
  const bool upper = p > 0.5;
  const double outside = upper ? 1.0 - p : p;
  const double t = sqrt(-2.0 * log(outside));
  const double lower_tail = detail::horner(tail_num, t) / detail::horner(tail_den, t);
  const double tail = upper ? -lower_tail : lower_tail;
  return outside < edge ? tail : centre;
}

/// Smallest k with P(Poisson(mean) <= k) > u, for u in [0, 1) and mean in [0, 700].
std::uint32_t poisson_quantile(double mean, double u);

}  // namespace entente::math
