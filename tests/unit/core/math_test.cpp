#include "core/math.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace entente {
namespace {

TEST(Math, FloatExpIsWithinItsStatedErrorOnItsWholeRange) {
  for (float x = -87.0F; x <= 88.0F; x += 0.0137F) {
    const double exact = std::exp(static_cast<double>(x));
    ASSERT_NEAR(static_cast<double>(math::exp(x)) / exact, 1.0, 1.2e-7) << x;
  }
}

TEST(Math, FloatExpHoldsArgumentsOutsideItsRange) {
  EXPECT_EQ(math::exp(-1000.0F), math::exp(-87.0F));
  EXPECT_EQ(math::exp(1000.0F), math::exp(88.0F));
  EXPECT_EQ(math::exp(0.0F), 1.0F);
}

TEST(Math, SmallOpportunitiesKeepTheirRelativePrecision) {
  for (const float x : {1e-9F, 1e-5F, 0.003F, 0.12F, 0.13F, 1.0F, 20.0F}) {
    const double exact = -std::expm1(-static_cast<double>(x));
    EXPECT_NEAR(static_cast<double>(math::one_minus_exp_minus(x)) / exact, 1.0, 1e-6) << x;
  }
  EXPECT_EQ(math::one_minus_exp_minus(0.0F), 0.0F);
}

TEST(Math, DoubleExpAndLogAgreeWithTheLibrary) {
  for (double x = -690.0; x <= 690.0; x += 0.731) {
    ASSERT_NEAR(math::exp(x) / std::exp(x), 1.0, 1e-15) << x;
    const double y = std::exp(x);
    ASSERT_NEAR(math::log(y), std::log(y), 1e-15 * std::max(1.0, std::abs(x))) << x;
  }
  EXPECT_EQ(math::log(1.0), 0.0);
}

TEST(Math, DecayHalvesInOneHalflife) { EXPECT_NEAR(math::decay(2.5, 2.5), 0.5, 1e-15); }

TEST(Math, NormalQuantileInvertsTheDistributionFunction) {
  for (const double p : {1e-9, 1e-4, 0.02, 0.02425, 0.1, 0.5, 0.77, 0.975, 0.99999}) {
    const double z = math::normal_quantile(p);
    EXPECT_NEAR(0.5 * std::erfc(-z / std::sqrt(2.0)) / p, 1.0, 2e-8) << p;
  }
  EXPECT_EQ(math::normal_quantile(0.5), 0.0);
}

TEST(Math, PoissonQuantileStepsAtTheDistributionFunction) {
  for (const double mean : {0.01, 0.7, 3.0, 40.0, 500.0}) {
    double cumulative = 0.0;
    for (std::uint32_t k = 0; k < 3 * mean + 10; ++k) {
      const double mass = std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
      // Well inside the interval that belongs to k.
      if (mass > 1e-9) {
        ASSERT_EQ(math::poisson_quantile(mean, cumulative + 0.5 * mass), k) << mean;
      }
      cumulative += mass;
    }
  }
  EXPECT_EQ(math::poisson_quantile(0.0, 0.999), 0U);
}

}  // namespace
}  // namespace entente
