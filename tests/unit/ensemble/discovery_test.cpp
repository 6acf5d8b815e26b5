#include "entente/ensemble/discovery.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <vector>

#include "support/study_functions.hpp"

namespace entente {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Table {
  Table(std::size_t rows, std::size_t factors_, const study::Function& f, std::uint64_t seed = 1)
      : factors(factors_) {
    const auto points = study::random_points(factors, seed);
    for (std::size_t n = 0; n < rows; ++n) add(points(n), f);
  }
  void add(const std::vector<double>& point, const study::Function& f) {
    x.insert(x.end(), point.begin(), point.end());
    y.push_back(f(point));
  }
  [[nodiscard]] Cases cases() const { return {x, factors, y}; }

  std::size_t factors;
  std::vector<double> x, y;
};

/// Every point of a grid of 20 by 20 cells, at their middles, of each of 3 values of a third
/// factor.
Table grid(const study::Function& f) {
  Table table(0, 3, f);
  for (std::size_t i = 0; i < 20; ++i) {
    for (std::size_t j = 0; j < 20; ++j) {
      for (std::size_t v = 0; v < 3; ++v) {
        table.add({(static_cast<double>(i) + 0.5) / 20.0, (static_cast<double>(j) + 0.5) / 20.0,
                   static_cast<double>(v)},
                  f);
      }
    }
  }
  return table;
}

TEST(Prim, FindsAPlantedBoxOnAGrid) {
  const auto table = grid([](const std::vector<double>& x) {
    return x[0] > 0.3 && x[0] < 0.7 && x[1] > 0.5 ? 1.0 : 0.0;
  });
  const auto found = prim(table.cases());
  EXPECT_EQ(found.rows, 1200U);
  EXPECT_EQ(found.hits, 240.0);
  const auto& box = found.boxes.back();
  EXPECT_EQ(box.coverage, 1.0);
  EXPECT_EQ(box.density, 1.0);
  EXPECT_EQ(box.restricted, 2U);
  EXPECT_NEAR(box.mass, 0.2, 1e-12);
  EXPECT_NEAR(box.limits[0].low, 0.3, 1e-12);  // halfway between points of the grid
  EXPECT_NEAR(box.limits[0].high, 0.7, 1e-12);
  EXPECT_NEAR(box.limits[1].low, 0.5, 1e-12);
  EXPECT_EQ(box.limits[1].high, infinity);
  EXPECT_FALSE(box.limits[2].restricts());
  EXPECT_LT(box.quasi_p[0], 1e-10);
  EXPECT_LT(box.quasi_p[1], 1e-10);
  EXPECT_TRUE(std::isnan(box.quasi_p[2]));
}

TEST(Prim, FindsAPlantedBoxAmongRandomPoints) {
  const Table table(2000, 4, [](const std::vector<double>& u) {
    return u[0] > 0.2 && u[0] < 0.6 && u[2] < 0.5 ? 1.0 : 0.0;
  });
  const auto found = prim(table.cases());
  const auto& box = found.boxes.back();
  EXPECT_EQ(box.coverage, 1.0);
  EXPECT_EQ(box.density, 1.0);
  EXPECT_NEAR(box.limits[0].low, 0.2, 0.005);
  EXPECT_NEAR(box.limits[0].high, 0.6, 0.005);
  EXPECT_NEAR(box.limits[2].high, 0.5, 0.005);
  EXPECT_EQ(box.restricted, 2U);
}

/// Hits at nine in ten inside a box of two factors of four, one in twenty outside.
Table noisy_box() {
  Table table(3000, 4, [](const std::vector<double>&) { return 0.0; });
  for (std::size_t n = 0; n < table.y.size(); ++n) {
    const bool inside = table.x[4 * n] < 0.4 && table.x[4 * n + 1] > 0.4;
    table.y[n] = study::uniform(n, 9) < (inside ? 0.9 : 0.05) ? 1.0 : 0.0;
  }
  return table;
}

TEST(Prim, FindsANoisyBoxAtTheKnee) {
  const auto table = noisy_box();
  const auto found = prim(table.cases());
  const auto& box = found.boxes[knee_box(found.boxes)];
  EXPECT_EQ(box.restricted, 2U);
  EXPECT_GT(box.coverage, 0.8);
  EXPECT_GT(box.density, 0.8);
  EXPECT_NEAR(box.limits[0].high, 0.4, 0.03);
  EXPECT_NEAR(box.limits[1].low, 0.4, 0.03);
}

TEST(Prim, GivesLimitsThatNoiseFoundALargeQuasiP) {
  const auto table = noisy_box();
  const auto found = prim(table.cases(), {.min_mass = 0.15});
  const auto& box = found.boxes.back();
  ASSERT_GT(box.restricted, 2U);  // it went on to peel what does not matter
  EXPECT_LT(box.quasi_p[0], 1e-10);
  EXPECT_LT(box.quasi_p[1], 1e-10);
  for (const std::size_t i : {2, 3}) {
    if (box.limits[i].restricts()) {
      EXPECT_GT(box.quasi_p[i], 0.1);
    }
  }
}

TEST(Prim, PeelsAFewRowsAtATime) {
  const Table table(1000, 3, [](const std::vector<double>& u) { return u[0] < 0.3 ? 1.0 : 0.0; });
  const auto found = prim(table.cases(), {.peel = 0.1});
  EXPECT_EQ(found.boxes[0].rows, 1000U);
  EXPECT_EQ(found.boxes[0].coverage, 1.0);
  EXPECT_EQ(found.boxes[0].restricted, 0U);
  EXPECT_EQ(found.boxes[1].rows, 900U);
  EXPECT_EQ(found.boxes[2].rows, 810U);
  EXPECT_EQ(found.boxes[3].rows, 729U);
  EXPECT_EQ(found.boxes[4].rows, 657U);  // 729 - floor(72.9)
  const std::size_t peeled = found.boxes.size() - (found.pasted ? 1 : 0);
  for (std::size_t b = 1; b < peeled; ++b) {
    EXPECT_LT(found.boxes[b].rows, found.boxes[b - 1].rows);
    EXPECT_GE(found.boxes[b].density, found.boxes[b - 1].density);
  }
}

TEST(Prim, KeepsToTheLeastMass) {
  const Table table(500, 2, [](const std::vector<double>& u) { return u[0] * u[1]; });
  const auto found = prim(table.cases(), {.min_mass = 0.2});
  const std::size_t peeled = found.boxes.size() - (found.pasted ? 1 : 0);
  EXPECT_GE(found.boxes[peeled - 1].mass, 0.2);
  EXPECT_LT(found.boxes[peeled - 1].mass, 0.2 / 0.94);
  EXPECT_EQ(prim(table.cases(), {.min_mass = 1.0}).boxes.size(), 1U);
}

TEST(Prim, PeelsCategoriesByValue) {
  const auto table = grid([](const std::vector<double>& x) {
    return x[2] != 1.0 && x[0] < 0.5 ? 1.0 : 0.0;  // 0 and 2: no interval
  });
  const PrimOptions options{
      .kinds = {FactorKind::number, FactorKind::number, FactorKind::category}};
  for (const auto by : {PeelBy::density, PeelBy::density_per_row}) {
    auto own = options;
    own.by = by;
    const auto found = prim(table.cases(), own);
    const auto& box = found.boxes.back();
    EXPECT_EQ(box.coverage, 1.0);
    EXPECT_EQ(box.density, 1.0);
    EXPECT_THAT(box.limits[2].excluded, testing::ElementsAre(1.0));
    EXPECT_NEAR(box.limits[0].high, 0.5, 1e-12);
    EXPECT_TRUE(box.contains(std::vector{0.1, 0.9, 2.0}));
    EXPECT_FALSE(box.contains(std::vector{0.1, 0.9, 1.0}));
  }
}

TEST(Prim, PeelsTiesTogether) {
  // Nine in ten rows have the value 0, none of them a hit.
  std::vector<double> x, y;
  for (int n = 0; n < 100; ++n) {
    x.push_back(n < 90 ? 0.0 : 1.0);
    y.push_back(n < 90 ? 0.0 : 1.0);
  }
  const auto found = prim({x, 1, y});
  ASSERT_EQ(found.boxes.size(), 2U);
  EXPECT_EQ(found.boxes[1].rows, 10U);
  EXPECT_EQ(found.boxes[1].limits[0].low, 0.5);
  EXPECT_EQ(found.boxes[1].density, 1.0);
  EXPECT_FALSE(found.pasted);
}

TEST(Prim, KeepsTheOutermostValueWhereNothingLiesBetween) {
  const double next = std::nextafter(1.0, 2.0);
  std::vector<double> x, y;
  for (int n = 0; n < 20; ++n) {
    x.push_back(n < 10 ? 1.0 : next);
    y.push_back(n < 10 ? 0.0 : 1.0);
  }
  EXPECT_EQ(prim({x, 1, y}).boxes.back().rows, 10U);
  for (double& one : y) one = 1.0 - one;
  EXPECT_EQ(prim({x, 1, y}).boxes.back().rows, 10U);
}

TEST(Prim, LeavesOutRowsThatMissAValue) {
  const study::Function f = [](const std::vector<double>& u) { return u[0] < 0.5 ? 1.0 : 0.0; };
  Table table(200, 2, f), shorter(198, 2, f);
  table.x[2 * 198] = std::numeric_limits<double>::quiet_NaN();
  table.y[199] = std::numeric_limits<double>::quiet_NaN();
  const auto found = prim(table.cases()), expected = prim(shorter.cases());
  EXPECT_EQ(found.dropped, 2U);
  ASSERT_EQ(found.boxes.size(), expected.boxes.size());
  EXPECT_EQ(found.boxes.back().limits[0].high, expected.boxes.back().limits[0].high);
  EXPECT_EQ(found.boxes.back().coverage, expected.boxes.back().coverage);
}

TEST(Prim, HasOneBoxWhereThereIsNothingToFind) {
  const Table none(50, 2, [](const std::vector<double>&) { return 0.0; });
  ASSERT_EQ(prim(none.cases()).boxes.size(), 1U);
  EXPECT_TRUE(std::isnan(prim(none.cases()).boxes[0].coverage));
  const Table all(50, 2, [](const std::vector<double>&) { return 1.0; });
  ASSERT_EQ(prim(all.cases()).boxes.size(), 1U);
  EXPECT_EQ(prim(all.cases()).boxes[0].density, 1.0);
  EXPECT_EQ(prim({{}, 2, {}}).boxes.size(), 1U);
}

TEST(Prim, TakesSharesOfReplicates) {
  const auto table = grid([](const std::vector<double>& x) { return x[0] > 0.5 ? 0.75 : 0.25; });
  const auto found = prim(table.cases());
  const auto& box = found.boxes.back();
  EXPECT_NEAR(box.limits[0].low, 0.5, 1e-12);
  EXPECT_EQ(box.density, 0.75);
  EXPECT_EQ(box.coverage, 0.75);
  EXPECT_TRUE(std::isnan(box.quasi_p[0]));  // no counts to test
}

TEST(Paste, GrowsABoxToTheEdgeOfWhatIsDense) {
  const auto table =
      grid([](const std::vector<double>& x) { return x[0] < 0.6 && x[1] < 0.6 ? 1.0 : 0.0; });
  Box box;
  box.limits.resize(3);
  box.limits[0] = {0.2, 0.4, {}};
  box.limits[1] = {0.1, 0.3, {}};
  box.limits[2] = {1.0, 1.0, {}};
  const auto found = paste(table.cases(), box);
  EXPECT_EQ(found.coverage, 1.0);
  EXPECT_EQ(found.density, 1.0);
  EXPECT_EQ(found.restricted, 2U);
  EXPECT_NEAR(found.limits[0].high, 0.6, 1e-12);
  EXPECT_EQ(found.limits[0].low, -infinity);
}

TEST(Prim, RefusesWhatItCannotUse) {
  const std::vector<double> x{0.1, 0.2}, y{0.0, 2.0};
  const auto message = [&](const PrimOptions& options) -> std::string {
    try {
      (void)prim({x, 1, y}, options);
    } catch (const std::invalid_argument& e) {
      return e.what();
    }
    return {};
  };
  const auto all = message({.peel = 1.0,
                            .paste = -0.1,
                            .min_mass = 2.0,
                            .kinds = {FactorKind::number, FactorKind::number}});
  for (const char* part : {"peel", "paste", "min_mass", "kinds", "outputs have to be in [0, 1]"}) {
    EXPECT_THAT(all, testing::HasSubstr(part));
  }
  EXPECT_THROW((void)prim({x, 3, y}), std::invalid_argument);
  EXPECT_THROW((void)paste({x, 1, std::vector{0.0, 1.0}}, Box{}), std::invalid_argument);
}

}  // namespace
}  // namespace entente
