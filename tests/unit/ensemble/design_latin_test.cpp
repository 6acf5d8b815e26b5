#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "entente/ensemble/design.hpp"

namespace entente {
namespace {

using Criterion = LatinDesign::Criterion;

constexpr Criterion all_criteria[]{Criterion::plain, Criterion::best_of, Criterion::exchange};

LatinDesign latin_of(std::size_t points, Criterion criterion, std::size_t tries,
                     std::uint64_t seed = 1) {
  return {points, criterion, tries, true, seed};
}

/// Least distance of two points.
double least_distance(const StudyDesign& design) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t n = 0; n < design.rows(); ++n) {
    for (std::size_t m = 0; m < n; ++m) {
      const auto a = design.point(n);
      const auto b = design.point(m);
      double square = 0.0;
      for (std::size_t f = 0; f < a.size(); ++f) square += (a[f] - b[f]) * (a[f] - b[f]);
      least = std::min(least, std::sqrt(square));
    }
  }
  return least;
}

TEST(LatinDesign, EachColumnIsAPermutationOfStrata) {
  constexpr std::size_t n = 37;
  for (const auto criterion : all_criteria) {
    for (const bool centred : {false, true}) {
      const StudyDesign design(LatinDesign{n, criterion, 50, centred, 4}, 3);
      for (std::size_t f = 0; f < 3; ++f) {
        std::set<std::size_t> strata;
        for (std::size_t row = 0; row < n; ++row) {
          const double at = design.point(row)[f] * n;
          strata.insert(static_cast<std::size_t>(at));
          if (centred) {
            EXPECT_NEAR(at - std::floor(at), 0.5, 1e-12);
          }
        }
        EXPECT_EQ(strata.size(), n);
        EXPECT_EQ(*strata.rbegin(), n - 1);
      }
    }
  }
}

TEST(LatinDesign, EveryPermutationIsEquallyProbable) {
  constexpr std::size_t seeds = 2400;
  std::map<std::vector<double>, int> counts;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const StudyDesign design(latin_of(4, Criterion::plain, 0, seed), 1);
    std::vector<double> column;
    for (std::size_t row = 0; row < 4; ++row) column.push_back(design.point(row)[0]);
    ++counts[column];
  }
  ASSERT_EQ(counts.size(), 24U);
  double chi_square = 0.0;
  for (const auto& [column, count] : counts) chi_square += (count - 100.0) * (count - 100.0) / 100;
  EXPECT_LT(chi_square, 49.7);  // of 23 degrees of freedom, exceeded with probability 0.001
}

TEST(LatinDesign, MaximinIsNotWorseThanPlain) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const double plain = least_distance(StudyDesign(latin_of(12, Criterion::plain, 0, seed), 3));
    for (const auto criterion : {Criterion::best_of, Criterion::exchange}) {
      for (const std::size_t tries : {1U, 10U, 100U}) {
        EXPECT_GE(least_distance(StudyDesign(latin_of(12, criterion, tries, seed), 3)),
                  plain * (1.0 - 1e-12));
      }
    }
  }
}

TEST(LatinDesign, MoreTriesOfTheBestOfManyAreNotWorse) {
  double before = 0.0;
  for (const std::size_t tries : {1U, 4U, 16U, 64U, 256U}) {
    const double least = least_distance(StudyDesign(latin_of(10, Criterion::best_of, tries), 2));
    EXPECT_GE(least, before * (1.0 - 1e-12));
    before = least;
  }
}

TEST(LatinDesign, ExchangesFindTheBestOfSmallDesigns) {
  // The greatest least distances of 5 and of 10 points in two columns are the roots of 5 and 10
  // strata (van Dam, Husslage, den Hertog & Melissen 2007, Operations Research 55).
  EXPECT_NEAR(least_distance(StudyDesign(latin_of(5, Criterion::exchange, 2000), 2)),
              std::sqrt(5.0) / 5.0, 1e-12);
  EXPECT_NEAR(least_distance(StudyDesign(latin_of(10, Criterion::exchange, 50000), 2)),
              std::sqrt(10.0) / 10.0, 1e-12);
}

TEST(LatinDesign, ExchangesSpreadMorePointsFartherThanTheBestOfMany) {
  const double best = least_distance(StudyDesign(latin_of(40, Criterion::best_of, 200), 4));
  const double exchanged = least_distance(StudyDesign(latin_of(40, Criterion::exchange, 20000), 4));
  EXPECT_GT(exchanged, 1.2 * best);
}

TEST(LatinDesign, SeedsGiveTheSamePointsAgainAndOthersDifferentOnes) {
  for (const auto criterion : all_criteria) {
    const StudyDesign once(LatinDesign{20, criterion, 30, false, 5}, 3);
    const StudyDesign again(LatinDesign{20, criterion, 30, false, 5}, 3);
    const StudyDesign other(LatinDesign{20, criterion, 30, false, 6}, 3);
    for (std::size_t row = 0; row < 20; ++row) {
      EXPECT_EQ(once.point(row), again.point(row));
      EXPECT_NE(once.point(row), other.point(row));
    }
  }
}

TEST(LatinDesign, OnePointLiesInTheOnlyStratum) {
  for (const auto criterion : all_criteria) {
    EXPECT_EQ(StudyDesign(latin_of(1, criterion, 10), 2).point(0), (std::vector{0.5, 0.5}));
  }
}

}  // namespace
}  // namespace entente
