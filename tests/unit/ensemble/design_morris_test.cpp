#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "entente/ensemble/design.hpp"

namespace entente {
namespace {

/// Sum over pairs of trajectories of the squared sum of distances of their points.
double spread(const StudyDesign& design) {
  const std::size_t length = design.factors() + 1;
  const std::size_t trajectories = design.rows() / length;
  double sum = 0.0;
  for (std::size_t i = 0; i < trajectories; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      double d = 0.0;
      for (std::size_t s = 0; s < length; ++s) {
        for (std::size_t t = 0; t < length; ++t) {
          const auto a = design.point(i * length + s);
          const auto b = design.point(j * length + t);
          double square = 0.0;
          for (std::size_t f = 0; f < a.size(); ++f) square += (a[f] - b[f]) * (a[f] - b[f]);
          d += std::sqrt(square);
        }
      }
      sum += d * d;
    }
  }
  return sum;
}

/// Checks one design: each trajectory changes each factor once, by delta.
void expect_trajectories(const MorrisDesign& kind, std::size_t factors) {
  const StudyDesign design(kind, factors);
  ASSERT_EQ(design.rows(), kind.trajectories * (factors + 1));
  const auto top = static_cast<double>(kind.levels - 1);
  const double half = static_cast<double>(kind.levels) / 2.0;
  for (std::size_t t = 0; t < kind.trajectories; ++t) {
    std::set<std::size_t> changed;
    auto before = design.point(t * (factors + 1));
    EXPECT_EQ(std::get<MorrisPlace>(design.place(t * (factors + 1))), (MorrisPlace{t, 0, {}, 0.0}));
    for (std::size_t s = 1; s <= factors; ++s) {
      const auto now = design.point(t * (factors + 1) + s);
      const auto place = std::get<MorrisPlace>(design.place(t * (factors + 1) + s));
      EXPECT_EQ(place.trajectory, t);
      EXPECT_EQ(place.step, s);
      ASSERT_TRUE(place.factor.has_value());
      changed.insert(*place.factor);
      for (std::size_t f = 0; f < factors; ++f) {
        const double levels = (now[f] - before[f]) * top;
        const double wanted = f != *place.factor ? 0.0 : std::copysign(half, place.change);
        EXPECT_NEAR(levels, wanted, 1e-13 * top);
        EXPECT_TRUE(now[f] >= 0.0 && now[f] <= 1.0);
        EXPECT_NEAR(now[f] * top, std::round(now[f] * top), 1e-13 * top);
      }
      EXPECT_EQ(std::abs(place.change), kind.delta());
      before = now;
    }
    EXPECT_EQ(changed.size(), factors);
  }
}

TEST(MorrisDesign, DeltaIsThatOfMorris) {
  EXPECT_DOUBLE_EQ((MorrisDesign{1, 4, 0, 0}.delta()), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ((MorrisDesign{1, 2, 0, 0}.delta()), 1.0);
  EXPECT_DOUBLE_EQ((MorrisDesign{1, 6, 0, 0}.delta()), 0.6);
}

TEST(MorrisDesign, EveryTrajectoryChangesEachFactorOnceByDelta) {
  expect_trajectories({20, 4, 0, 1}, 6);
  expect_trajectories({5, 2, 0, 2}, 3);
  expect_trajectories({7, 10, 40, 3}, 4);
  expect_trajectories({1, 4, 0, 4}, 1);
}

TEST(MorrisDesign, LevelsAndDirectionsAreEquallyProbable) {
  constexpr std::size_t trajectories = 4000;
  const StudyDesign design(MorrisDesign{trajectories, 4, 0, 9}, 2);
  std::vector<double> starts(4);
  double first = 0.0;
  for (std::size_t t = 0; t < trajectories; ++t) {
    starts[static_cast<std::size_t>(std::lround(design.point(3 * t)[0] * 3.0))] += 1.0;
    if (std::get<MorrisPlace>(design.place(3 * t + 1)).factor == 0U) first += 1.0;
  }
  for (const double count : starts) {
    EXPECT_NEAR(count / trajectories, 0.25, 4.0 * std::sqrt(0.1875 / trajectories));
  }
  EXPECT_NEAR(first / trajectories, 0.5, 4.0 * 0.5 / std::sqrt(trajectories));
}

TEST(MorrisDesign, ChosenTrajectoriesSpreadMoreThanDrawnOnes) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const double drawn = spread(StudyDesign(MorrisDesign{6, 4, 0, seed}, 5));
    const double chosen = spread(StudyDesign(MorrisDesign{6, 4, 60, seed}, 5));
    EXPECT_GT(chosen, 1.1 * drawn);
  }
}

TEST(MorrisDesign, ChoosesTheBestOfAllSubsetsWhereTheyCanBeTried) {
  constexpr std::size_t candidates = 10;
  const StudyDesign all(MorrisDesign{candidates, 4, 0, 2}, 3);
  const StudyDesign chosen(MorrisDesign{2, 4, candidates, 2}, 3);
  double best = 0.0;
  for (std::size_t i = 0; i < candidates; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      std::vector<double> rows;
      for (const auto t : {j, i}) {
        for (std::size_t s = 0; s < 4; ++s) {
          const auto point = all.point(4 * t + s);
          rows.insert(rows.end(), point.begin(), point.end());
        }
      }
      best = std::max(best, spread(StudyDesign(ListDesign{rows}, 3)));
    }
  }
  EXPECT_NEAR(spread(chosen), best, 1e-9);
}

TEST(MorrisDesign, AllCandidatesAreThoseDrawn) {
  const StudyDesign drawn(MorrisDesign{8, 4, 0, 2}, 3);
  const StudyDesign chosen(MorrisDesign{8, 4, 8, 2}, 3);
  for (std::size_t row = 0; row < drawn.rows(); ++row)
    EXPECT_EQ(drawn.point(row), chosen.point(row));
}

TEST(MorrisDesign, SeedsGiveTheSamePointsAgainAndOthersDifferentOnes) {
  const StudyDesign once(MorrisDesign{8, 4, 20, 2}, 6);
  const StudyDesign again(MorrisDesign{8, 4, 20, 2}, 6);
  const StudyDesign other(MorrisDesign{8, 4, 20, 3}, 6);
  bool differs = false;
  for (std::size_t row = 0; row < once.rows(); ++row) {
    EXPECT_EQ(once.point(row), again.point(row));
    differs = differs || once.point(row) != other.point(row);
  }
  EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace entente
