#pragma once

#include <bit>
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

/// Natural logarithm of a positive, normal x, relative error below 1e-15.
double log(double x);

/// Square root; correctly rounded by IEEE 754, hence the same everywhere.
inline double sqrt(double x) { return __builtin_sqrt(x); }

/// 2^(-elapsed / halflife).
inline double decay(double elapsed, double halflife) { return exp(-ln2 * elapsed / halflife); }

/// Inverse of the standard normal distribution function at p in (0, 1), absolute error below 3e-9
/// in the centre.
///
/// @source  rational approximation of P. J. Acklam (2003)
double normal_quantile(double p);

/// Smallest k with P(Poisson(mean) <= k) > u, for u in [0, 1) and mean in [0, 700].
std::uint32_t poisson_quantile(double mean, double u);

}  // namespace entente::math
