#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>
#include <stdexcept>

#include "entente/ensemble/design.hpp"

namespace entente {
namespace {

using ::testing::ElementsAre;

SobolDesign sobol_of(std::size_t points, Scramble scramble, std::uint64_t seed = 1) {
  return {points, scramble, 0, seed};
}

/// Square of the L2 star discrepancy (Warnock 1972).
double discrepancy(const StudyDesign& design) {
  const std::size_t n = design.rows();
  const std::size_t k = design.factors();
  std::vector<std::vector<double>> x;
  for (std::size_t row = 0; row < n; ++row) x.push_back(design.point(row));
  double one = 0.0;
  double two = 0.0;
  for (const auto& a : x) {
    double product = 1.0;
    for (const double u : a) product *= 1.0 - u * u;
    one += product;
    for (const auto& b : x) {
      double pair = 1.0;
      for (std::size_t f = 0; f < k; ++f) pair *= 1.0 - std::max(a[f], b[f]);
      two += pair;
    }
  }
  const auto count = static_cast<double>(n);
  return std::pow(3.0, -static_cast<double>(k)) -
         std::pow(2.0, 1.0 - static_cast<double>(k)) / count * one + two / (count * count);
}

/// How many of a times b equal boxes of the first two columns hold a point.
std::size_t filled(const StudyDesign& design, double a, double b) {
  std::set<std::pair<double, double>> boxes;
  for (std::size_t row = 0; row < design.rows(); ++row) {
    const auto u = design.point(row);
    boxes.emplace(std::floor(u[0] * a), std::floor(u[1] * b));
  }
  return boxes.size();
}

TEST(SobolDesign, FirstPointsAreThosePublished) {  // Joe & Kuo's own example for three columns
  const StudyDesign design(sobol_of(16, Scramble::none), 3);
  EXPECT_THAT(design.point(0), ElementsAre(0.0, 0.0, 0.0));
  EXPECT_THAT(design.point(1), ElementsAre(0.5, 0.5, 0.5));
  EXPECT_THAT(design.point(2), ElementsAre(0.75, 0.25, 0.25));
  EXPECT_THAT(design.point(3), ElementsAre(0.25, 0.75, 0.75));
  EXPECT_THAT(design.point(4), ElementsAre(0.375, 0.375, 0.625));
  EXPECT_THAT(design.point(5), ElementsAre(0.875, 0.875, 0.125));
  EXPECT_THAT(design.point(6), ElementsAre(0.625, 0.125, 0.875));
  EXPECT_THAT(design.point(7), ElementsAre(0.125, 0.625, 0.375));
  EXPECT_THAT(design.point(8), ElementsAre(0.1875, 0.3125, 0.9375));
  EXPECT_THAT(design.point(9), ElementsAre(0.6875, 0.8125, 0.4375));
}

TEST(SobolDesign, LaterPointsAreThoseOfScipy) {
  // SciPy 1.10.1: scipy.stats.qmc.Sobol(24, scramble=False, bits=32).random(4096)
  const StudyDesign design(sobol_of(4096, Scramble::none), 24);
  EXPECT_EQ(design.point(1000)[0], 0.2197265625);
  EXPECT_EQ(design.point(1000)[5], 0.9072265625);
  EXPECT_EQ(design.point(1000)[11], 0.2548828125);
  EXPECT_EQ(design.point(1000)[23], 0.5400390625);
  EXPECT_EQ(design.point(4095)[1], 0.941162109375);
  EXPECT_EQ(design.point(4095)[17], 0.609130859375);
  EXPECT_EQ(design.point(777)[23], 0.4814453125);
}

TEST(SobolDesign, SkippingMovesAlongTheSequence) {
  for (const auto scramble : {Scramble::none, Scramble::shift, Scramble::owen}) {
    const StudyDesign all(SobolDesign{64, scramble, 0, 9}, 4);
    const StudyDesign later(SobolDesign{16, scramble, 48, 9}, 4);
    for (std::size_t row = 0; row < 16; ++row) EXPECT_EQ(later.point(row), all.point(48 + row));
  }
}

TEST(SobolDesign, RandomisedPointsRemainANetInsideTheCube) {
  for (const auto scramble : {Scramble::shift, Scramble::owen}) {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      const StudyDesign design(sobol_of(64, scramble, seed), 2);
      // The first two columns are a (0, 6, 2)-net: every elementary interval holds one point.
      for (const double a : {1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0}) {
        EXPECT_EQ(filled(design, a, 64.0 / a), 64U) << a;
      }
      for (std::size_t row = 0; row < 64; ++row) {
        for (const double u : design.point(row)) EXPECT_TRUE(u > 0.0 && u < 1.0);
      }
    }
  }
}

TEST(SobolDesign, AShiftAddsTheSameWordToAllPoints) {
  const StudyDesign plain(sobol_of(32, Scramble::none), 3);
  const StudyDesign shifted(sobol_of(32, Scramble::shift), 3);
  const auto word = [](double u) { return static_cast<std::uint32_t>(u * 0x1p32); };
  for (std::size_t f = 0; f < 3; ++f) {
    const std::uint32_t first = word(shifted.point(0)[f]);
    for (std::size_t row = 0; row < 32; ++row) {
      EXPECT_EQ(word(shifted.point(row)[f]) ^ word(plain.point(row)[f]), first);
    }
  }
}

TEST(SobolDesign, OwensScrambleKeepsTheFirstDifferingDigitAndFlipsLaterOnesAlone) {
  const StudyDesign plain(sobol_of(256, Scramble::none), 3);
  const StudyDesign scrambled(sobol_of(256, Scramble::owen), 3);
  const auto word = [](double u) { return static_cast<std::uint32_t>(u * 0x1p32); };
  const auto common = [&](double a, double b) { return std::countl_zero(word(a) ^ word(b)); };
  std::set<std::uint32_t> flips;
  for (std::size_t f = 0; f < 3; ++f) {
    for (std::size_t row = 1; row < 256; ++row) {
      EXPECT_EQ(common(plain.point(row)[f], plain.point(0)[f]),
                common(scrambled.point(row)[f], scrambled.point(0)[f]));
    }
  }
  for (std::size_t row = 0; row < 256; ++row) {
    flips.insert(word(plain.point(row)[0]) ^ word(scrambled.point(row)[0]));
  }
  EXPECT_EQ(flips.size(), 256U);
}

TEST(SobolDesign, OwensScrambleFlipsEachDigitInHalfOfTheCases) {
  constexpr std::size_t seeds = 1000;
  std::vector<double> ones(32);
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const StudyDesign design(sobol_of(4, Scramble::owen, seed), 2);
    const auto word = static_cast<std::uint32_t>(design.point(3)[1] * 0x1p32);
    for (std::size_t digit = 0; digit < 32; ++digit) ones[digit] += word >> digit & 1U;
  }
  for (const double count : ones) EXPECT_NEAR(count / seeds, 0.5, 4.0 * 0.5 / std::sqrt(seeds));
}

TEST(SobolDesign, IsMoreEvenThanRandomPoints) {
  constexpr std::size_t n = 256;
  // What is expected of independent points in five columns.
  const double expected = (std::pow(2.0, -5.0) - std::pow(3.0, -5.0)) / n;
  double random = 0.0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    random += discrepancy(StudyDesign(RandomDesign{n, seed}, 5)) / 20.0;
  }
  EXPECT_NEAR(random, expected, 0.3 * expected);
  for (const auto scramble : {Scramble::none, Scramble::shift, Scramble::owen}) {
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
      EXPECT_LT(discrepancy(StudyDesign(sobol_of(n, scramble, seed), 5)), 0.25 * expected);
    }
  }
}

TEST(SobolDesign, SeedsGiveTheSamePointsAgainAndOthersDifferentOnes) {
  for (const auto scramble : {Scramble::shift, Scramble::owen}) {
    const StudyDesign once(sobol_of(8, scramble, 5), 3);
    const StudyDesign again(sobol_of(8, scramble, 5), 3);
    const StudyDesign other(sobol_of(8, scramble, 6), 3);
    for (std::size_t row = 0; row < 8; ++row) {
      EXPECT_EQ(once.point(row), again.point(row));
      EXPECT_NE(once.point(row), other.point(row));
    }
  }
}

class SaltelliOrder : public ::testing::TestWithParam<bool> {};

TEST_P(SaltelliOrder, RowsDifferFromAInExactlyTheColumnsOfB) {
  constexpr std::size_t k = 4;
  const SaltelliDesign kind{8, GetParam(), Scramble::owen, 0, 3};
  const StudyDesign design(kind, k);
  ASSERT_EQ(design.rows(), 8 * ((GetParam() ? 2 * k : k) + 2));
  const StudyDesign halves(sobol_of(8, Scramble::owen, 3), 2 * k);
  for (std::size_t row = 0; row < design.rows(); ++row) {
    const auto place = std::get<SaltelliPlace>(design.place(row));
    EXPECT_EQ(row_of(kind, k, place), row);
    const auto ab = halves.point(place.n);
    const auto found = design.point(row);
    for (std::size_t f = 0; f < k; ++f) {
      const bool is_b = place.matrix == SaltelliMatrix::b ||
                        (place.matrix == SaltelliMatrix::ab && f == place.factor) ||
                        (place.matrix == SaltelliMatrix::ba && f != place.factor);
      EXPECT_EQ(found[f], ab[is_b ? k + f : f]) << row << ' ' << f;
      EXPECT_NE(found[f], ab[is_b ? f : k + f]) << row << ' ' << f;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Orders, SaltelliOrder, ::testing::Bool());

TEST(SaltelliDesign, RowsAreInTheOrderStated) {
  const SaltelliDesign kind{4, true, Scramble::owen, 0, 3};
  const StudyDesign design(kind, 2);
  using enum SaltelliMatrix;
  const std::vector<SaltelliPlace> order{{1, a, 0},  {1, ab, 0}, {1, ab, 1},
                                         {1, ba, 0}, {1, ba, 1}, {1, b, 0}};
  for (std::size_t n = 0; n < order.size(); ++n) {
    EXPECT_EQ(std::get<SaltelliPlace>(design.place(6 + n)), order[n]);
  }
}

TEST(SaltelliDesign, HasNoRowForWhatItLacks) {
  const SaltelliDesign kind{4, false, Scramble::owen, 0, 3};
  EXPECT_THROW((void)row_of(kind, 2, {0, SaltelliMatrix::ba, 0}), std::out_of_range);
  EXPECT_THROW((void)row_of(kind, 2, {0, SaltelliMatrix::ab, 2}), std::out_of_range);
  EXPECT_THROW((void)row_of(kind, 2, {4, SaltelliMatrix::a, 0}), std::out_of_range);
}

TEST(SaltelliDesign, NeedsNoMemoryForTenMillionRows) {
  const SaltelliDesign kind{std::size_t{1} << 20, false, Scramble::owen, 0, 3};
  const StudyDesign large(kind, 10);
  EXPECT_EQ(large.rows(), 12'582'912U);
  const StudyDesign small(SaltelliDesign{4, false, Scramble::owen, 0, 3}, 10);
  EXPECT_EQ(large.point(40), small.point(40));
  EXPECT_EQ(std::get<SaltelliPlace>(large.place(large.rows() - 1)),
            (SaltelliPlace{(std::size_t{1} << 20) - 1, SaltelliMatrix::b, 0}));
}

}  // namespace
}  // namespace entente
