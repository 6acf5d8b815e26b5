#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <cmath>
#include <limits>
#include <map>

#include "entente/ensemble/factor.hpp"

namespace entente {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double infinity = std::numeric_limits<double>::infinity();

const std::vector<Distribution>& examples() {
  static const std::vector<Distribution> all{
      Uniform{-2.0, 6.0},        LogUniform{0.01, 100.0},
      Normal{10.0, 2.0},         LogNormal{2.0, 0.5},
      Triangular{1.0, 2.0, 5.0}, TruncatedNormal{1.0, 2.0, 0.0, 3.0},
      Beta{2.0, 3.5, 1, 5},      Pert{1.0, 2.0, 6.0, 4.0},
      Integers{-3, 3},           Choice{5}};
  return all;
}

TEST(Distribution, QuantilesAreThoseOfClosedForms) {
  EXPECT_EQ(quantile(Uniform{-2.0, 6.0}, 0.25), 0.0);
  EXPECT_NEAR(quantile(LogUniform{0.01, 100.0}, 0.75), 10.0, 1e-13);
  EXPECT_NEAR(quantile(Normal{10.0, 2.0}, 0.975), 10.0 + 2.0 * 1.959963984540054, 1e-14);
  EXPECT_NEAR(quantile(LogNormal{2.0, 0.5}, 0.5), 2.0, 1e-15);
  // The distribution function is (x - low)^2 / ((high - low)(mode - low)) up to the mode.
  EXPECT_NEAR(quantile(Triangular{1.0, 2.0, 5.0}, 0.25), 2.0, 1e-15);
  EXPECT_NEAR(quantile(Triangular{0.0, 0.0, 1.0}, 0.75), 0.5, 1e-15);
  EXPECT_NEAR(quantile(Triangular{0.0, 1.0, 1.0}, 0.25), 0.5, 1e-15);
  EXPECT_NEAR(quantile(Beta{3.0, 1.0, 0.0, 2.0}, 0.125), 1.0, 1e-14);
  EXPECT_NEAR(quantile(Pert{0.0, 0.5, 1.0, 1e-9}, 0.3), quantile(Beta{1.0, 1.0}, 0.3), 1e-8);
}

TEST(Distribution, QuantilesAreThoseOfScipy) {  // SciPy 1.10.1, scipy.stats
  EXPECT_NEAR(quantile(LogUniform{0.01, 100.0}, 0.3), 0.15848931924611134, 1e-15);
  EXPECT_NEAR(quantile(LogNormal{2.0, 0.5}, 0.9), 3.795905414669421, 1e-14);
  EXPECT_NEAR(quantile(TruncatedNormal{1.0, 2.0, 0.0, 3.0}, 0.3), 0.8413129862054773, 1e-14);
  EXPECT_NEAR(quantile(TruncatedNormal{0.0, 1.0, 8.0, 9.0}, 0.5), 8.08488889901817, 1e-12);
  EXPECT_NEAR(quantile(TruncatedNormal{0.0, 1.0, -infinity, -7.0}, 0.25), -7.19169762022179, 1e-12);
  EXPECT_NEAR(quantile(Triangular{1.0, 2.0, 5.0}, 0.6), 2.8091097699793353, 1e-14);
  EXPECT_NEAR(quantile(Triangular{1.0, 2.0, 5.0}, 0.1), 1.632455532033676, 1e-14);
  EXPECT_NEAR(quantile(Beta{2.0, 3.5, 1.0, 5.0}, 0.35), 2.072709271728807, 1e-13);
  EXPECT_NEAR(quantile(Pert{1.0, 2.0, 6.0, 4.0}, 0.75), 3.071133134772319, 1e-13);
}

TEST(Distribution, BoostsProbabilityUndoesTheQuantile) {
  const boost::math::lognormal log_normal(std::log(2.0), 0.5);
  const boost::math::triangular triangular(1.0, 2.0, 5.0);
  const boost::math::beta_distribution<> beta(1.8, 4.2);
  for (int n = 1; n < 100; ++n) {
    const double u = n / 100.0;
    EXPECT_NEAR(boost::math::cdf(log_normal, quantile(LogNormal{2.0, 0.5}, u)), u, 1e-14);
    EXPECT_NEAR(boost::math::cdf(triangular, quantile(Triangular{1.0, 2.0, 5.0}, u)), u, 1e-14);
    const double pert = (quantile(Pert{1.0, 2.0, 6.0, 4.0}, u) - 1.0) / 5.0;
    EXPECT_NEAR(boost::math::cdf(beta, pert), u, 1e-13);
  }
}

TEST(Distribution, PertHasTheMeanOfThreePoints) {
  const Pert pert{1.0, 2.0, 6.0, 4.0};
  constexpr int n = 2000;
  double sum = 0.0;
  for (int i = 0; i < n; ++i) sum += quantile(pert, (i + 0.5) / n);
  EXPECT_NEAR(sum / n, (1.0 + 4.0 * 2.0 + 6.0) / 6.0, 1e-3);
}

TEST(Distribution, QuantileRisesFromEndToEndOfTheSupport) {
  for (const auto& distribution : examples()) {
    const Support ends = support(distribution);
    EXPECT_EQ(quantile(distribution, 0.0), ends.low) << name_of(distribution);
    EXPECT_EQ(quantile(distribution, 1.0), ends.high) << name_of(distribution);
    double before = ends.low;
    for (int n = 1; n <= 1000; ++n) {
      const double value = quantile(distribution, n / 1000.0);
      EXPECT_GE(value, before) << name_of(distribution) << ' ' << n;
      before = value;
    }
  }
}

TEST(Distribution, WholeNumbersAreEquallyProbable) {
  std::map<double, int> integers;
  std::map<double, int> choices;
  for (int n = 0; n < 700; ++n) {
    ++integers[quantile(Integers{-3, 3}, (n + 0.5) / 700.0)];
    ++choices[quantile(Choice{5}, (n + 0.5) / 700.0)];
  }
  ASSERT_EQ(integers.size(), 7U);
  for (const auto& [value, count] : integers) EXPECT_EQ(count, 100) << value;
  ASSERT_EQ(choices.size(), 5U);
  for (const auto& [value, count] : choices) EXPECT_EQ(count, 140) << value;
  EXPECT_EQ(integers.begin()->first, -3.0);
  EXPECT_EQ(choices.rbegin()->first, 4.0);
}

TEST(Distribution, ExamplesAreValid) {
  for (const auto& distribution : examples()) {
    EXPECT_THAT(violations(distribution, "x"), IsEmpty()) << name_of(distribution);
  }
}

TEST(Distribution, ViolationsSayWhatWasFoundAndIsAllowed) {
  EXPECT_THAT(violations(Uniform{3.0, 2.0}, "rate"),
              ElementsAre("rate.low: found 3; allowed: below high (2)"));
  EXPECT_THAT(violations(LogUniform{0.0, 2.0}, "rate"),
              ElementsAre("rate.low: found 0; allowed: 1e-150 to 1e150"));
  EXPECT_THAT(violations(Triangular{0.0, 1.5, 1.0}, "rate"),
              ElementsAre("rate.mode: found 1.5; allowed: 0 to 1"));
  EXPECT_THAT(violations(Choice{1}, "rate"),
              ElementsAre("rate.count: found 1; allowed: 2 to 2^31"));
  EXPECT_THAT(violations(Integers{4, 4}, "rate"),
              ElementsAre("rate.low: found 4; allowed: below high (4)"));
}

TEST(Distribution, ViolationsAreReportedAllAtOnce) {
  EXPECT_THAT(violations(Normal{std::nan(""), 0.0}, "x"),
              ElementsAre(HasSubstr("x.mean: found nan"), HasSubstr("x.sd: found 0")));
  EXPECT_THAT(violations(Beta{0.0, -1.0, 0.0, 0.0}, "x"),
              ElementsAre(HasSubstr("x.alpha"), HasSubstr("x.beta"), HasSubstr("x.low")));
  EXPECT_THAT(violations(Pert{0.0, 2.0, 1.0, 0.0}, "x"),
              ElementsAre(HasSubstr("x.mode"), HasSubstr("x.weight")));
  EXPECT_THAT(violations(LogNormal{-1.0, 11.0}, "x"),
              ElementsAre(HasSubstr("x.median"), HasSubstr("x.log_sd")));
}

TEST(Distribution, RefusesACutThatLeavesNothing) {
  EXPECT_THAT(violations(TruncatedNormal{0.0, 1.0, 50.0, 60.0}, "x"),
              ElementsAre(HasSubstr("a range that the normal distribution reaches")));
  EXPECT_THAT(violations(TruncatedNormal{0.0, 1.0, 1.0, 1.0}, "x"),
              ElementsAre(HasSubstr("below high (1)")));
}

}  // namespace
}  // namespace entente
