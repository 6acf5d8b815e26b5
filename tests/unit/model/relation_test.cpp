#include "entente/model/relation.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <random>
#include <stdexcept>

namespace entente {
namespace {

using ::testing::HasSubstr;

std::vector<double> random_matrix(std::size_t n, unsigned seed, double density) {
  std::mt19937 engine(seed);
  std::vector<double> dense(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double w = static_cast<double>(engine()) / 4294967296.0;
      const bool present = static_cast<double>(engine()) / 4294967296.0 < density;
      if (i != j && present) dense[i * n + j] = w * w * 1e3;
    }
  }
  return dense;
}

template <class Make>
std::string refusal(const Make& make) {
  try {
    make();
  } catch (const std::invalid_argument& e) {
    return e.what();
  }
  return "nothing was refused";
}

TEST(Relation, NormalisesRowsToExactlyOne) {
  for (const std::size_t n : {2U, 3U, 7U, 50U, 200U}) {
    const auto relation = Relation::normalised(n, random_matrix(n, 11, 0.8));
    for (std::size_t i = 0; i < n; ++i) {
      std::int64_t sum = 0;
      for (std::size_t j = 0; j < n; ++j) sum += relation.weight(i, j);
      EXPECT_EQ(sum, relation.row_sum(i));
      EXPECT_TRUE(sum == relation_unit || sum == 0) << n << ' ' << i << ' ' << sum;
    }
  }
}

TEST(Relation, RoundsByLargestRemainder) {
  // shares 2/3 and 1/3 of 32768: 21845.33 and 10922.67; the second has the larger remainder
  const auto relation = Relation::normalised(3, std::vector<double>{0, 2, 1, 0, 0, 0, 0, 0, 0});
  EXPECT_EQ(relation.weight(0, 1), 21845);
  EXPECT_EQ(relation.weight(0, 2), 10923);
}

TEST(Relation, GivesTiesToTheLowerColumn) {
  // thirds of 32768 are 10922.67: two of the three get one more
  const auto relation =
      Relation::normalised(4, std::vector<double>{0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  EXPECT_EQ(relation.weight(0, 1), 10923);
  EXPECT_EQ(relation.weight(0, 2), 10923);
  EXPECT_EQ(relation.weight(0, 3), 10922);
}

TEST(Relation, StaysWithinOneUnitOfTheExactShare) {
  constexpr std::size_t n = 40;
  const auto dense = random_matrix(n, 5, 1.0);
  const auto relation = Relation::normalised(n, dense);
  for (std::size_t i = 0; i < n; ++i) {
    const double sum = std::accumulate(&dense[i * n], &dense[i * n] + n, 0.0);
    for (std::size_t j = 0; j < n; ++j) {
      const double exact = dense[i * n + j] / sum * relation_unit;
      EXPECT_LT(std::abs(relation.weight(i, j) - exact), 1.0);
    }
  }
}

TEST(Relation, DoesNotDependOnTheNumberingOfActors) {
  constexpr std::size_t n = 60;
  const auto dense = random_matrix(n, 3, 0.7);
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937 engine(1);
  for (std::size_t i = n - 1; i > 0; --i) std::swap(order[i], order[engine() % (i + 1)]);
  std::vector<double> renumbered(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) renumbered[order[i] * n + order[j]] = dense[i * n + j];
  }
  const auto a = Relation::normalised(n, dense);
  const auto b = Relation::normalised(n, renumbered);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) EXPECT_EQ(a.weight(i, j), b.weight(order[i], order[j]));
  }
}

TEST(Relation, KeepsARowOfZeros) {
  const auto relation = Relation::normalised(2, std::vector<double>{0, 0, 1, 0});
  EXPECT_EQ(relation.row_sum(0), 0);
  EXPECT_EQ(relation.row_sum(1), relation_unit);
}

TEST(Relation, NormalisesExtremeNumbers) {
  const double huge = std::numeric_limits<double>::max();
  const double tiny = std::numeric_limits<double>::denorm_min();
  const auto relation =
      Relation::normalised(3, std::vector<double>{0, huge, huge, tiny, 0, tiny, huge, tiny, 0});
  EXPECT_EQ(relation.weight(0, 1), relation_unit / 2);
  EXPECT_EQ(relation.weight(1, 0), relation_unit / 2);
  EXPECT_EQ(relation.weight(2, 0), relation_unit);
  EXPECT_EQ(relation.weight(2, 1), 0);
}

TEST(Relation, TakesScaledRowsAsTheyAre) {
  const auto relation = Relation::scaled(2, std::vector<double>{0, 0.5, 1.25, 0});
  EXPECT_EQ(relation.weight(0, 1), relation_unit / 2);
  EXPECT_EQ(relation.weight(1, 0), relation_unit + relation_unit / 4);
  EXPECT_EQ(relation.row_sum(1), relation_unit + relation_unit / 4);
}

TEST(Relation, RoundsScaledEntriesToTheNearestUnit) {
  constexpr double unit = 1.0 / relation_unit;
  const auto relation = Relation::scaled(
      3, std::vector<double>{0, 1.49 * unit, 1.5 * unit, 0.49 * unit, 0, 0.5 * unit, 0, 0, 0});
  EXPECT_EQ(relation.weight(0, 1), 1);
  EXPECT_EQ(relation.weight(0, 2), 2);
  EXPECT_EQ(relation.weight(1, 0), 0);
  EXPECT_EQ(relation.weight(1, 2), 1);
  EXPECT_EQ(relation.nonzeros(), 3U);
}

TEST(Relation, ListsColumnsByRow) {
  const auto relation = Relation::scaled(3, std::vector<double>{0, 1, 0, 0, 0, 0, 0, 0.5, 0});
  const auto column = relation.column(1);
  ASSERT_EQ(column.size(), 2U);
  EXPECT_EQ(column[0], (Relation::Entry{0, relation_unit}));
  EXPECT_EQ(column[1], (Relation::Entry{2, relation_unit / 2}));
  EXPECT_TRUE(relation.column(0).empty());
  EXPECT_TRUE(relation.column(2).empty());
}

TEST(Relation, AddsTripletsOfTheSamePairInAnyOrder) {
  const auto relation = Relation::from_triplets(3, std::vector<std::uint32_t>{2, 0, 2, 1},
                                                std::vector<std::uint32_t>{1, 1, 1, 0},
                                                std::vector<std::int32_t>{5, 7, 10, 0});
  EXPECT_EQ(relation.weight(2, 1), 15);
  EXPECT_EQ(relation.weight(0, 1), 7);
  EXPECT_EQ(relation.row_sum(2), 15);
  EXPECT_EQ(relation.nonzeros(), 2U) << "zero weights are not stored";
}

TEST(Relation, IsEmptyUntilFilled) {
  EXPECT_EQ(Relation().actors(), 0U);
  const Relation relation(3);
  EXPECT_EQ(relation.actors(), 3U);
  EXPECT_EQ(relation.nonzeros(), 0U);
  EXPECT_TRUE(relation.column(2).empty());
  EXPECT_EQ(relation.weight(0, 2), 0);
}

TEST(Relation, RefusesWhatIsNotARelation) {
  const auto normalised = [](std::vector<double> dense) {
    return refusal([&] { (void)Relation::normalised(2, dense); });
  };
  EXPECT_THAT(normalised({0, 1, 1}), HasSubstr("found 3 numbers; allowed: 4"));
  EXPECT_THAT(normalised({0, -1, 1, 0}), HasSubstr("relation[0][1]: allowed: finite numbers"));
  EXPECT_THAT(normalised({0, std::numeric_limits<double>::quiet_NaN(), 1, 0}),
              HasSubstr("relation[0][1]"));
  EXPECT_THAT(normalised({0, 1, std::numeric_limits<double>::infinity(), 0}),
              HasSubstr("relation[1][0]"));
  EXPECT_THAT(normalised({0, 1, 1, 0.5}), HasSubstr("relation[1][1]: allowed: 0"));
  EXPECT_THAT(refusal([] {
                (void)Relation::scaled(2, std::vector<double>{0, 1e6, 0, 0});
              }),
              HasSubstr("below 65536"));
}

TEST(Relation, RefusesTripletsOutOfRange) {
  const auto triplet = [](std::uint32_t row, std::uint32_t column, std::int32_t weight) {
    return refusal([&] {
      (void)Relation::from_triplets(2, std::vector{row}, std::vector{column}, std::vector{weight});
    });
  };
  EXPECT_THAT(triplet(2, 0, 1), HasSubstr("allowed: indices below 2"));
  EXPECT_THAT(triplet(0, 2, 1), HasSubstr("allowed: indices below 2"));
  EXPECT_THAT(triplet(1, 1, 1), HasSubstr("relation[1][1]: allowed: 0"));
  EXPECT_THAT(triplet(0, 1, -1), HasSubstr("allowed: 0 or more"));
  EXPECT_THAT(refusal([] {
                constexpr auto most = std::numeric_limits<std::int32_t>::max();
                const std::vector<std::uint32_t> rows{0, 0};
                const std::vector<std::uint32_t> columns{1, 1};
                (void)Relation::from_triplets(2, rows, columns, std::vector{most, 1});
              }),
              HasSubstr("row 0 sums to more than 65536"));
}

}  // namespace
}  // namespace entente
