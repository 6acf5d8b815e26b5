#include "ensemble/normal_quantile.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

namespace entente::detail {
namespace {

TEST(NormalQuantile, IsThatOfBoost) {
  const boost::math::normal normal;
  const auto expect_same = [&](double p) {
    const double z = boost::math::quantile(normal, p);
    EXPECT_NEAR(normal_quantile(p), z, 2e-15 * std::abs(z)) << p;
  };
  for (int n = 1; n < 1000; ++n) {
    if (n != 500) expect_same(n / 1000.0);
  }
  for (double p = 0.1; p > 1e-300; p *= 0.1) expect_same(p);
}

TEST(NormalQuantile, IsAntisymmetricAndZeroInTheMiddle) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  for (int n = 1; n < 64; ++n) {
    EXPECT_EQ(normal_quantile(n / 64.0), -normal_quantile(1.0 - n / 64.0));
  }
}

TEST(NormalQuantile, IsInfiniteAtTheEnds) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(normal_quantile(0.0), -infinity);
  EXPECT_EQ(normal_quantile(1.0), infinity);
}

}  // namespace
}  // namespace entente::detail
