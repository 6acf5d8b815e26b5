#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <type_traits>

#include "core/math.hpp"
#include "ensemble/checks.hpp"
#include "ensemble/normal_quantile.hpp"
#include "entente/ensemble/factor.hpp"

namespace entente {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t largest_whole = std::int64_t{1} << 53;  // of a double

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

double normal_probability(double z) { return boost::math::cdf(boost::math::normal(), z); }

/// The probabilities of the ends of a cut normal, or of its mirror image where that keeps digits.
struct CutEnds {
  bool mirrored;
  double low, high;
};

CutEnds cut_ends(const TruncatedNormal& d) {
  const double low = (d.low - d.mean) / d.sd;
  const double high = (d.high - d.mean) / d.sd;
  const auto at = [](double z) {
    return std::isinf(z) ? (z < 0.0 ? 0.0 : 1.0) : normal_probability(z);
  };
  if (low > 0.0) return {true, at(-high), at(-low)};
  return {false, at(low), at(high)};
}

/// The value at u, given that u is neither 0 nor 1.
double inner_quantile(const Uniform& d, double u) { return d.low + u * (d.high - d.low); }

double inner_quantile(const LogUniform& d, double u) {
  return d.low * math::exp(u * (math::log(d.high) - math::log(d.low)));
}

double inner_quantile(const Normal& d, double u) {
  return d.mean + d.sd * detail::normal_quantile(u);
}

double inner_quantile(const TruncatedNormal& d, double u) {
  const CutEnds ends = cut_ends(d);
  const double part = ends.mirrored ? 1.0 - u : u;
  const double z = detail::normal_quantile(ends.low + part * (ends.high - ends.low));
  return d.mean + d.sd * (ends.mirrored ? -z : z);
}

double inner_quantile(const LogNormal& d, double u) {
  return d.median * math::exp(d.log_sd * detail::normal_quantile(u));
}

double inner_quantile(const Triangular& d, double u) {
  const double width = d.high - d.low;
  if (u * width < d.mode - d.low) return d.low + math::sqrt(u * width * (d.mode - d.low));
  return d.high - math::sqrt((1.0 - u) * width * (d.high - d.mode));
}

double inner_quantile(const Beta& d, double u) {
  const boost::math::beta_distribution<double> unit(d.alpha, d.beta);
  return d.low + boost::math::quantile(unit, u) * (d.high - d.low);
}

double inner_quantile(const Pert& d, double u) {
  const double width = d.high - d.low;
  return inner_quantile(Beta{1.0 + d.weight * (d.mode - d.low) / width,
                             1.0 + d.weight * (d.high - d.mode) / width, d.low, d.high},
                        u);
}

double inner_quantile(const Integers& d, double u) {
  const double count = static_cast<double>(d.high - d.low) + 1.0;
  return static_cast<double>(d.low) + std::floor(u * count);
}

double inner_quantile(const Choice& d, double u) {
  return std::floor(u * static_cast<double>(d.count));
}

template <class D>
Support support_of(const D& d) {
  return {d.low, d.high, false};
}
Support support_of(const Normal&) { return {-infinity, infinity, false}; }
Support support_of(const LogNormal&) { return {0.0, infinity, false}; }
Support support_of(const Integers& d) {
  return {static_cast<double>(d.low), static_cast<double>(d.high), true};
}
Support support_of(const Choice& d) { return {0.0, static_cast<double>(d.count - 1), true}; }

using Checks = detail::FieldChecks;

void check(const Uniform& d, Checks checks) { checks.range(d.low, d.high); }

void check(const LogUniform& d, Checks checks) {
  const bool low_fits = checks.positive("low", d.low);
  const bool high_fits = checks.positive("high", d.high);
  if (low_fits && high_fits) checks.range(d.low, d.high);
}

void check(const Normal& d, Checks checks) {
  checks.finite("mean", d.mean);
  checks.positive("sd", d.sd);
}

void check(const TruncatedNormal& d, Checks checks) {
  const bool mean_fits = checks.finite("mean", d.mean);
  const bool sd_fits = checks.positive("sd", d.sd);
  if (!checks.expect(d.low < d.high, "low", d.low, fmt::format("below high ({})", d.high))) return;
  if (!mean_fits || !sd_fits) return;
  const CutEnds ends = cut_ends(d);
  checks.expect(ends.high - ends.low >= 1e-290, "low to high",
                fmt::format("{} to {}", d.low, d.high),
                "a range that the normal distribution reaches");
}

void check(const LogNormal& d, Checks checks) {
  checks.positive("median", d.median);
  checks.expect(d.log_sd > 0.0 && d.log_sd <= 10.0, "log_sd", d.log_sd, "above 0, up to 10");
}

template <class D>
void check_mode(const D& d, Checks checks) {
  if (checks.range(d.low, d.high)) checks.in("mode", d.mode, d.low, d.high);
}

void check(const Triangular& d, Checks checks) { check_mode(d, checks); }

void check(const Beta& d, Checks checks) {
  checks.in("alpha", d.alpha, 0.01, 1e6);
  checks.in("beta", d.beta, 0.01, 1e6);
  checks.range(d.low, d.high);
}

void check(const Pert& d, Checks checks) {
  check_mode(d, checks);
  checks.expect(d.weight > 0.0 && d.weight <= 1e5, "weight", d.weight, "above 0, up to 100000");
}

void check(const Integers& d, Checks checks) {
  const auto fits = [&](const char* field, std::int64_t found) {
    return checks.expect(found >= -largest_whole / 2 && found <= largest_whole / 2, field,
                         std::to_string(found), "-2^52 to 2^52");
  };
  const bool low_fits = fits("low", d.low);
  const bool high_fits = fits("high", d.high);
  if (low_fits && high_fits) {
    checks.expect(d.low < d.high, "low", std::to_string(d.low),
                  fmt::format("below high ({})", d.high));
  }
}

void check(const Choice& d, Checks checks) {
  checks.expect(d.count >= 2 && d.count <= std::size_t{1} << 31, "count", std::to_string(d.count),
                "2 to 2^31");
}

}  // namespace

std::string_view name_of(const Distribution& distribution) {
  return std::visit(
      Overloaded{[](const Uniform&) { return "uniform"; },
                 [](const LogUniform&) { return "log_uniform"; },
                 [](const Normal&) { return "normal"; },
                 [](const TruncatedNormal&) { return "truncated_normal"; },
                 [](const LogNormal&) { return "log_normal"; },
                 [](const Triangular&) { return "triangular"; }, [](const Beta&) { return "beta"; },
                 [](const Pert&) { return "pert"; }, [](const Integers&) { return "integers"; },
                 [](const Choice&) { return "choice"; }},
      distribution);
}

double quantile(const Distribution& distribution, double u) {
  const Support ends = support(distribution);
  if (u <= 0.0) return ends.low;
  if (u >= 1.0) return ends.high;
  const double value =
      std::visit([&](const auto& d) { return inner_quantile(d, u); }, distribution);
  return std::clamp(value, ends.low, ends.high);  // the last bit may be off
}

Support support(const Distribution& distribution) {
  return std::visit([](const auto& d) { return support_of(d); }, distribution);
}

std::vector<std::string> violations(const Distribution& distribution, std::string_view path) {
  detail::Findings findings;
  std::visit([&](const auto& d) { check(d, Checks(findings, path)); }, distribution);
  return findings.take();
}

}  // namespace entente
