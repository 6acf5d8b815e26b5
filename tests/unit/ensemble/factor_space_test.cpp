#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "ensemble/normal_quantile.hpp"
#include "entente/ensemble/design.hpp"
#include "entente/ensemble/factor.hpp"

namespace entente {
namespace {

using ::testing::Contains;
using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pointwise;

/// L = (2, 0, 0; 1, 3, 0; -1, 1/2, 1/4).
const JointNormal& three() {
  static const JointNormal joint{{10.0, 20.0, 30.0},
                                 {4.0, 2.0, -2.0, 2.0, 10.0, 0.5, -2.0, 0.5, 1.3125}};
  return joint;
}

/// The third is the sum of the others.
const JointNormal& singular() {
  static const JointNormal joint{{0.0, 0.0, 0.0}, {1.0, 0.0, 1.0, 0.0, 4.0, 4.0, 1.0, 4.0, 5.0}};
  return joint;
}

/// L L', shape (m, m).
std::vector<double> squared(const std::vector<double>& root, std::size_t m) {
  std::vector<double> product(m * m);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < m; ++j) {
      for (std::size_t k = 0; k < m; ++k) product[i * m + j] += root[i * m + k] * root[j * m + k];
    }
  }
  return product;
}

FactorSpace space_of(const JointNormal& joint) {
  return FactorSpace({{"a", BlockPlace{0, 0}}, {"b", BlockPlace{0, 1}}, {"c", BlockPlace{0, 2}}},
                     {joint});
}

TEST(FactorSpace, MapsEachColumnByItsOwnDistribution) {
  const FactorSpace space({{"rate", Uniform{0.0, 10.0}}, {"kind", Choice{4}}, {"x", Normal{}}});
  EXPECT_THAT(space.values(std::vector{0.25, 0.99, 0.5}), ElementsAre(2.5, 3.0, 0.0));
  EXPECT_EQ(space.find("kind"), 1U);
  EXPECT_EQ(space.find("none"), std::nullopt);
}

TEST(FactorSpace, RefusesPointsThatAreNotOfItsCube) {
  const FactorSpace space({{"rate", Uniform{}}});
  EXPECT_THROW((void)space.values(std::vector{0.5, 0.5}), std::invalid_argument);
  EXPECT_THROW((void)space.values(std::vector{1.5}), std::invalid_argument);
  EXPECT_THROW((void)space.values(std::vector{std::nan("")}), std::invalid_argument);
}

TEST(JointNormal, RootIsTheCholeskyFactor) {
  EXPECT_THAT(
      root_of_covariance(three()),
      Pointwise(::testing::DoubleNear(1e-14), {2.0, 0.0, 0.0, 1.0, 3.0, 0.0, -1.0, 0.5, 0.25}));
}

TEST(JointNormal, RootOfASingularMatrixSquaresToIt) {
  EXPECT_THAT(violations(singular(), "x"), IsEmpty());
  EXPECT_THAT(squared(root_of_covariance(singular()), 3),
              Pointwise(::testing::DoubleNear(1e-12), singular().covariance));
}

TEST(JointNormal, AConstantIsAllowed) {
  const JointNormal joint{{1.0, 2.0}, {4.0, 0.0, 0.0, 0.0}};
  EXPECT_THAT(root_of_covariance(joint), ElementsAre(2.0, 0.0, 0.0, 0.0));
}

TEST(JointNormal, ScaleOfAParameterDoesNotMatter) {
  JointNormal joint = three();
  for (std::size_t i = 0; i < 3; ++i) joint.covariance[i] *= 1e-9;
  for (std::size_t i = 0; i < 3; ++i) joint.covariance[3 * i] *= 1e-9;
  const auto root = root_of_covariance(joint);
  EXPECT_NEAR(root[0], 2e-9, 1e-23);
  EXPECT_NEAR(root[8], 0.25, 1e-14);
}

TEST(JointNormal, AnIndefiniteMatrixIsRefusedWithItsSmallestEigenvalue) {
  const JointNormal joint{{0.0, 0.0, 0.0}, {1.0, 0.9, -0.9, 0.9, 1.0, 0.9, -0.9, 0.9, 1.0}};
  EXPECT_THAT(violations(joint, "block"), ElementsAre(HasSubstr("matrix -0.8)")));
  EXPECT_THROW((void)root_of_covariance(joint), std::invalid_argument);
}

TEST(JointNormal, NumbersThatAreNoCovarianceAreRefused) {
  EXPECT_THAT(violations(JointNormal{{}, {}}, "x"), ElementsAre(HasSubstr("x.mean")));
  EXPECT_THAT(violations(JointNormal{{0.0, 0.0}, {1.0}}, "x"),
              ElementsAre("x.covariance: found 1 numbers; allowed: 2 times 2 numbers"));
  EXPECT_THAT(violations(JointNormal{{0.0, 0.0}, {1.0, 0.5, 0.4, 1.0}}, "x"),
              ElementsAre(HasSubstr("x.covariance[1][0]: found 0.4; allowed: the same")));
  EXPECT_THAT(violations(JointNormal{{0.0, 0.0}, {1.0, 2.0, 2.0, 1.0}}, "x"),
              ElementsAre(HasSubstr("standard deviations' product (1)")));
  EXPECT_THAT(violations(JointNormal{{0.0}, {-1.0}}, "x"),
              ElementsAre(HasSubstr("variances of 0 or more")));
}

TEST(FactorSpace, JointFactorsAreMeanPlusRootTimesNormals) {
  const FactorSpace space = space_of(three());
  const std::vector point{0.1, 0.6, 0.9};
  std::vector<double> z;
  for (const double u : point) z.push_back(detail::normal_quantile(u));
  EXPECT_THAT(space.values(point),
              ElementsAre(DoubleEq(10.0 + 2.0 * z[0]), DoubleEq(20.0 + z[0] + 3.0 * z[1]),
                          DoubleEq(30.0 - z[0] + 0.5 * z[1] + 0.25 * z[2])));
}

TEST(FactorSpace, ABlockMayBeScatteredAndTurned) {
  const FactorSpace space({{"c", BlockPlace{0, 2}},
                           {"own", Uniform{}},
                           {"a", BlockPlace{0, 0}},
                           {"b", BlockPlace{0, 1}}},
                          {three()});
  const auto straight = space_of(three()).values(std::vector{0.1, 0.6, 0.9});
  const auto turned = space.values(std::vector{0.9, 0.3, 0.1, 0.6});
  EXPECT_THAT(turned, ElementsAre(straight[2], 0.3, straight[0], straight[1]));
}

TEST(FactorSpace, JointFactorsHaveTheirMeanAndCovariance) {
  constexpr std::size_t n = 40000;
  for (const auto& joint : {three(), singular()}) {
    const FactorSpace space = space_of(joint);
    const StudyDesign design(RandomDesign{n, 7}, 3);
    std::vector<double> mean(3);
    std::vector<double> product(9);
    for (std::size_t row = 0; row < n; ++row) {
      const auto x = values_at(design, space, row);
      for (std::size_t i = 0; i < 3; ++i) {
        mean[i] += (x[i] - joint.mean[i]) / n;
        for (std::size_t j = 0; j < 3; ++j) {
          product[3 * i + j] += (x[i] - joint.mean[i]) * (x[j] - joint.mean[j]) / n;
        }
      }
    }
    for (std::size_t i = 0; i < 3; ++i) {
      const double variance = joint.covariance[4 * i];
      EXPECT_NEAR(mean[i], 0.0, 4.0 * std::sqrt(variance / n));
      for (std::size_t j = 0; j < 3; ++j) {
        const double c = joint.covariance[3 * i + j];
        const double sd = std::sqrt((variance * joint.covariance[4 * j] + c * c) / n);
        EXPECT_NEAR(product[3 * i + j], c, 4.0 * sd);
      }
    }
  }
}

TEST(FactorSpace, ReportsAllThatIsWrongWithItsFactors) {
  const auto found = violations({{"a", Uniform{1.0, 0.0}},
                                 {"a", Normal{}},
                                 {"", Choice{3}},
                                 {"b", BlockPlace{0, 1}},
                                 {"c", BlockPlace{0, 1}},
                                 {"d", BlockPlace{2, 0}}},
                                {{{0.0, 0.0}, {1.0, 0.0, 0.0, 1.0}}});
  EXPECT_THAT(found, Contains(HasSubstr("factors[0].low: found 1; allowed: below high (0)")));
  EXPECT_THAT(found, Contains(HasSubstr("'a'")));
  EXPECT_THAT(found, Contains(HasSubstr("blocks[0]: found 0 factors at place 0; allowed: one")));
  EXPECT_THAT(found, Contains(HasSubstr("blocks[0]: found 2 factors at place 1; allowed: one")));
  EXPECT_THAT(found, Contains(HasSubstr("factors[5].block: found 2")));
  EXPECT_THROW(FactorSpace({}), std::invalid_argument);
}

}  // namespace
}  // namespace entente
