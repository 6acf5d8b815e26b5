#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "entente/ensemble/design.hpp"

namespace entente {
namespace {

using ::testing::ElementsAre;

TEST(GridDesign, TakesEveryCombinationTheLastFactorFastest) {
  const StudyDesign grid(GridDesign{{2, 3}, GridDesign::Placement::ends}, 2);
  ASSERT_EQ(grid.rows(), 6U);
  EXPECT_THAT(grid.point(0), ElementsAre(0.0, 0.0));
  EXPECT_THAT(grid.point(1), ElementsAre(0.0, 0.5));
  EXPECT_THAT(grid.point(2), ElementsAre(0.0, 1.0));
  EXPECT_THAT(grid.point(3), ElementsAre(1.0, 0.0));
  EXPECT_THAT(grid.point(5), ElementsAre(1.0, 1.0));
  EXPECT_EQ(std::get<GridPlace>(grid.place(4)).levels, (std::vector<std::size_t>{1, 1}));
}

TEST(GridDesign, LevelsMayLieInTheMiddles) {
  const StudyDesign grid(GridDesign{{4}, GridDesign::Placement::middles}, 2);
  EXPECT_EQ(grid.rows(), 16U);
  EXPECT_THAT(grid.point(6), ElementsAre(0.375, 0.625));
  const StudyDesign one(GridDesign{{1}, GridDesign::Placement::ends}, 1);
  EXPECT_THAT(one.point(0), ElementsAre(0.5));
}

TEST(GridDesign, AsManyLevelsAsAlternativesShowEachOnce) {
  for (std::size_t count = 2; count <= 60; ++count) {
    const FactorSpace space({{"kind", Choice{count}}});
    for (const auto placement : {GridDesign::Placement::ends, GridDesign::Placement::middles}) {
      const StudyDesign grid(GridDesign{{count}, placement}, 1);
      for (std::size_t row = 0; row < count; ++row) {
        EXPECT_EQ(values_at(grid, space, row)[0], static_cast<double>(row)) << count;
      }
    }
  }
}

TEST(ListDesign, GivesItsRowsAsValues) {
  const StudyDesign list(ListDesign{{1.0, 20.0, 3.0, 40.0}}, 2);
  const FactorSpace space({{"a", Uniform{0.0, 5.0}}, {"b", Normal{30.0, 1.0}}});
  EXPECT_EQ(list.rows(), 2U);
  EXPECT_EQ(list.coordinates(), Coordinates::values);
  EXPECT_THAT(values_at(list, space, 1), ElementsAre(3.0, 40.0));
}

TEST(RandomDesign, IsEvenAndItsColumnsAreUncorrelated) {
  constexpr std::size_t n = 20000;
  const StudyDesign design(RandomDesign{n, 3}, 5);
  std::vector<double> mean(5);
  double together = 0.0;
  for (std::size_t row = 0; row < n; ++row) {
    const auto u = design.point(row);
    for (std::size_t f = 0; f < 5; ++f) mean[f] += u[f] / n;
    together += (u[0] - 0.5) * (u[4] - 0.5) / n;
  }
  const double error = 1.0 / std::sqrt(12.0 * n);
  for (const double m : mean) EXPECT_NEAR(m, 0.5, 4.0 * error);
  EXPECT_NEAR(together, 0.0, 4.0 / 12.0 / std::sqrt(n));
}

TEST(RandomDesign, APointDependsOnSeedAndRowAlone) {
  const StudyDesign few(RandomDesign{10, 3}, 5);
  const StudyDesign many(RandomDesign{10'000'000, 3}, 5);
  const StudyDesign other(RandomDesign{10, 4}, 5);
  EXPECT_EQ(few.point(9), many.point(9));
  EXPECT_NE(few.point(9), other.point(9));
  EXPECT_NE(many.point(9'999'999), many.point(9'999'998));
}

TEST(OneAtATimeDesign, LeavesTheBaseInOneFactorAtATime) {
  OneAtATimeDesign kind;
  kind.base = {1.0, 10.0};
  kind.low = {0.0, 5.0};
  kind.high = {4.0, 25.0};
  kind.steps = 3;
  kind.coordinates = Coordinates::values;
  const StudyDesign design(kind, 2);
  ASSERT_EQ(design.rows(), 7U);
  EXPECT_THAT(design.point(0), ElementsAre(1.0, 10.0));
  EXPECT_THAT(design.point(1), ElementsAre(0.0, 10.0));
  EXPECT_THAT(design.point(2), ElementsAre(2.0, 10.0));
  EXPECT_THAT(design.point(3), ElementsAre(4.0, 10.0));
  EXPECT_THAT(design.point(4), ElementsAre(1.0, 5.0));
  EXPECT_THAT(design.point(6), ElementsAre(1.0, 25.0));
  EXPECT_EQ(std::get<OneAtATimePlace>(design.place(0)).factor, std::nullopt);
  EXPECT_EQ(std::get<OneAtATimePlace>(design.place(5)), (OneAtATimePlace{1, 1}));
}

TEST(OneAtATimeDesign, OneNumberHoldsForAllFactors) {
  const StudyDesign design(OneAtATimeDesign{{0.5}, {0.05}, {0.95}, 2, Coordinates::cube}, 3);
  EXPECT_EQ(design.rows(), 7U);
  EXPECT_THAT(design.point(6), ElementsAre(0.5, 0.5, 0.95));
}

}  // namespace
}  // namespace entente
