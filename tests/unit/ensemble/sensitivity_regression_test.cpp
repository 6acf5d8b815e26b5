#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "entente/ensemble/sensitivity.hpp"
#include "support/study_functions.hpp"

namespace entente {
namespace {

struct Table {
  Table(std::size_t rows, std::size_t factors_, const study::Function& f) : factors(factors_) {
    const auto points = study::random_points(factors);
    for (std::size_t n = 0; n < rows; ++n) {
      const auto point = points(n);
      x.insert(x.end(), point.begin(), point.end());
      y.push_back(f(point));
    }
  }
  [[nodiscard]] Cases cases() const { return {x, factors, y}; }

  std::size_t factors;
  std::vector<double> x, y;
};

double deviation(const Table& table, std::size_t i) {
  const auto rows = static_cast<double>(table.y.size());
  double sum = 0.0, squares = 0.0;
  for (std::size_t n = 0; n < table.y.size(); ++n) {
    const double x = i < table.factors ? table.x[n * table.factors + i] : table.y[n];
    sum += x / rows;
    squares += x * x / rows;
  }
  return std::sqrt(squares - sum * sum);
}

TEST(Regression, OfALinearFunctionHasItsSlopesInUnitsOfSpread) {
  const double slopes[]{3.0, -2.0, 0.0};
  const Table table(200, 3, [&](const std::vector<double>& u) {
    return 1.0 + slopes[0] * u[0] + slopes[1] * u[1];
  });
  const auto found = regress(table.cases());
  EXPECT_EQ(found.rows, 200U);
  EXPECT_NEAR(found.r_squared, 1.0, 1e-12);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(found.factors[i].src, slopes[i] * deviation(table, i) / deviation(table, 3), 1e-10);
    EXPECT_NEAR(found.factors[i].src_error, 0.0, 1e-6);
  }
  EXPECT_NEAR(found.factors[0].pcc, 1.0, 1e-10);
  EXPECT_NEAR(found.factors[1].pcc, -1.0, 1e-10);
  EXPECT_NEAR(found.factors[2].pcc, 0.0, 1e-6);
  EXPECT_LT(found.condition, 1.3);
}

TEST(Regression, OfRanksSeesMonotoneFunctionsWhole) {
  const Table table(300, 1, [](const std::vector<double>& u) { return std::exp(20.0 * u[0]); });
  const auto found = regress(table.cases());
  EXPECT_NEAR(found.factors[0].spearman, 1.0, 1e-12);
  EXPECT_NEAR(found.factors[0].srrc, 1.0, 1e-12);
  EXPECT_NEAR(found.rank_r_squared, 1.0, 1e-12);
  EXPECT_LT(found.factors[0].pearson, 0.7);
  EXPECT_NEAR(found.factors[0].src, found.factors[0].pearson, 1e-12);
}

TEST(Regression, PartialCorrelationIsTheClosedFormOfTwoFactors) {
  const Table table(80, 2, [](const std::vector<double>& u) { return u[0] + u[0] * u[1]; });
  const auto found = regress(table.cases());
  double r12 = 0.0;
  for (std::size_t n = 0; n < 80; ++n) {
    double mean0 = 0.0, mean1 = 0.0;
    for (std::size_t m = 0; m < 80; ++m) {
      mean0 += table.x[2 * m] / 80.0;
      mean1 += table.x[2 * m + 1] / 80.0;
    }
    r12 += (table.x[2 * n] - mean0) * (table.x[2 * n + 1] - mean1) / 80.0;
  }
  r12 /= deviation(table, 0) * deviation(table, 1);
  const double r1 = found.factors[0].pearson, r2 = found.factors[1].pearson;
  EXPECT_NEAR(found.factors[0].pcc,
              (r1 - r2 * r12) / std::sqrt((1.0 - r2 * r2) * (1.0 - r12 * r12)), 1e-12);
  EXPECT_NEAR(found.factors[0].src, (r1 - r2 * r12) / (1.0 - r12 * r12), 1e-12);
  EXPECT_NEAR(found.factors[0].vif, 1.0 / (1.0 - r12 * r12), 1e-12);
}

TEST(Regression, TiesShareTheMeanOfTheirRanks) {
  const std::vector<double> x{1.0, 2.0, 2.0, 3.0}, y{10.0, 20.0, 40.0, 30.0};
  // Ranks 1, 2.5, 2.5, 4 and 1, 2, 4, 3: products of deviations 2.25 + 0 + 0 + 0.75.
  EXPECT_NEAR(regress({x, 1, y}).factors[0].spearman, 3.0 / std::sqrt(4.5 * 5.0), 1e-12);
}

TEST(Regression, SaysWhichFactorsOthersDetermine) {
  Table table(100, 4, [](const std::vector<double>& u) { return u[0] + u[1] + u[3]; });
  for (std::size_t n = 0; n < 100; ++n) {
    table.x[4 * n + 2] = 5.0 - 2.0 * table.x[4 * n];  // of the first
  }
  const auto found = regress(table.cases());
  EXPECT_TRUE(std::isinf(found.factors[0].vif));
  EXPECT_TRUE(std::isinf(found.factors[2].vif));
  EXPECT_TRUE(std::isinf(found.condition));
  EXPECT_TRUE(std::isnan(found.factors[0].src));
  EXPECT_TRUE(std::isnan(found.factors[2].prcc));
  EXPECT_NEAR(found.factors[0].pearson, -found.factors[2].pearson, 1e-12);
  EXPECT_NEAR(found.factors[1].src, deviation(table, 1) / deviation(table, 4), 1e-9);
  EXPECT_NEAR(found.factors[3].pcc, 1.0, 1e-9);
  EXPECT_NEAR(found.r_squared, 1.0, 1e-9);
}

TEST(Regression, LeavesOutRowsThatMissAValueAndFactorsThatDoNotVary) {
  const study::Function f = [](const std::vector<double>& u) { return u[0] * u[0] - u[1]; };
  Table table(50, 3, f), shorter(49, 3, f);
  for (auto* one : {&table, &shorter}) {
    for (std::size_t n = 0; n < one->y.size(); ++n) one->x[3 * n + 2] = 0.3;
  }
  table.x[3 * 49] = std::numeric_limits<double>::quiet_NaN();
  const auto found = regress(table.cases()), expected = regress(shorter.cases());
  EXPECT_EQ(found.rows, 49U);
  EXPECT_EQ(found.dropped, 1U);
  EXPECT_EQ(found.factors[0].src, expected.factors[0].src);
  EXPECT_EQ(found.factors[1].prcc, expected.factors[1].prcc);
  EXPECT_TRUE(std::isnan(found.factors[2].pearson));
  EXPECT_TRUE(std::isnan(found.factors[2].vif));
}

TEST(Regression, IsNotDefinedWithoutVarianceOrRows) {
  const Table flat(20, 2, [](const std::vector<double>&) { return 0.1; });
  EXPECT_TRUE(regress(flat.cases()).constant);
  EXPECT_TRUE(std::isnan(regress(flat.cases()).factors[0].pearson));
  const Table few(3, 2, [](const std::vector<double>& u) { return u[0]; });
  EXPECT_TRUE(std::isnan(regress(few.cases()).factors[0].src));
  EXPECT_NEAR(regress(few.cases()).factors[0].pearson, 1.0, 1e-12);
  EXPECT_TRUE(regress({{}, 2, {}}).constant);
}

TEST(Regression, ErrorsAreWhatRepetitionShows) {
  double sum = 0.0, squares = 0.0, error = 0.0;
  constexpr std::size_t studies = 2000;
  for (std::size_t s = 0; s < studies; ++s) {
    std::vector<double> x, y;
    for (std::size_t n = 0; n < 60; ++n) {
      x.insert(x.end(), {study::normal(n, 0, s + 1), study::normal(n, 1, s + 1)});
      y.push_back(0.2 * x[2 * n] + study::normal(n, 2, s + 1));
    }
    const auto found = regress({x, 2, y}).factors[0];
    sum += found.src;
    squares += found.src * found.src;
    error += found.src_error / double{studies};
  }
  const double mean = sum / double{studies};
  EXPECT_NEAR(std::sqrt(squares / double{studies} - mean * mean), error, 0.1 * error);
}

}  // namespace
}  // namespace entente
