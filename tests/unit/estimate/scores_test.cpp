#include "entente/estimate/scores.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include "core/random.hpp"

namespace entente::score {
namespace {

using Values = std::vector<double>;
using Flags = std::vector<std::uint8_t>;
using Clusters = std::vector<std::uint32_t>;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Uniform luck for tests, by position.
double luck(std::uint32_t x, std::uint32_t stream = 0) {
  return random::uniform(random::word(20, x, 0, stream, 0));
}

TEST(LogScore, IsTheSurpriseInNats) {
  EXPECT_NEAR(log_score(Values{0.25, 0.75}, 0), std::log(4.0), 1e-15);
  EXPECT_NEAR(log_score(Values{0.25, 0.75}, 1), std::log(4.0 / 3.0), 1e-15);
  EXPECT_EQ(log_score(Values{0.0, 1.0}, 1), 0.0);
}

TEST(LogScore, IsInfiniteWhereTheImpossibleHappened) {
  EXPECT_EQ(log_score(Values{0.0, 1.0}, 0), infinity);
  EXPECT_NEAR(log_score(Values{0x1p-1070, 1.0}, 0), 1070 * std::numbers::ln2, 1e-12);
}

TEST(LogScore, RefusesWhatIsNoDistribution) {
  EXPECT_THROW((void)log_score(Values{0.5, 0.5}, 2), std::invalid_argument);
  EXPECT_THROW((void)log_score(Values{}, 0), std::invalid_argument);
  EXPECT_THROW((void)log_score(Values{-0.1, 1.1}, 0), std::invalid_argument);
  EXPECT_THROW((void)log_score(Values{std::nan(""), 1.0}, 0), std::invalid_argument);
}

TEST(BrierScore, AddsSquaredMisses) {
  EXPECT_NEAR(brier_score(Values{0.2, 0.3, 0.5}, 1), 0.04 + 0.49 + 0.25, 1e-15);
  EXPECT_EQ(brier_score(Values{0.0, 1.0}, 1), 0.0);
  EXPECT_EQ(brier_score(Values{0.0, 1.0}, 0), 2.0);
}

TEST(RankedProbabilityScore, ComparesCumulativeProbabilities) {
  // Cumulative 0.2, 0.5, 1 against 0, 1, 1.
  EXPECT_NEAR(ranked_probability_score(Values{0.2, 0.3, 0.5}, 1), (0.04 + 0.25) / 2, 1e-15);
  EXPECT_EQ(ranked_probability_score(Values{0.0, 1.0, 0.0}, 1), 0.0);
  EXPECT_EQ(ranked_probability_score(Values{1.0, 0.0, 0.0}, 2), 1.0);
  EXPECT_EQ(ranked_probability_score(Values{1.0}, 0), 0.0);
}

TEST(RankedProbabilityScore, ForgivesNeighbours) {
  const Values near{0.0, 1.0, 0.0, 0.0};
  const Values far{0.0, 0.0, 0.0, 1.0};
  EXPECT_LT(ranked_probability_score(near, 0), ranked_probability_score(far, 0));
  EXPECT_EQ(brier_score(near, 0), brier_score(far, 0));
}

TEST(RankedProbabilityScore, IsHalfTheBrierScoreOfTwoOutcomes) {
  EXPECT_NEAR(ranked_probability_score(Values{0.3, 0.7}, 0), brier_score(Values{0.3, 0.7}, 0) / 2,
              1e-15);
}

TEST(Crps, OfOneMemberIsTheDistance) {
  EXPECT_EQ(crps(Values{3.0}, 5.0), 2.0);
  EXPECT_EQ(crps(Values{5.0}, 3.0), 2.0);
}

TEST(Crps, AgreesWithItsDefinition) {
  Values members;
  for (std::uint32_t x = 0; x < 57; ++x) members.push_back(std::round(20 * luck(x)) / 2);
  for (const double outcome : {-1.0, 0.3, 4.5, 9.9, 12.0}) {
    double distance = 0;
    double spread = 0;
    for (const double a : members) {
      distance += std::abs(a - outcome) / 57;
      for (const double b : members) spread += std::abs(a - b) / (57.0 * 56.0);
    }
    EXPECT_NEAR(crps(members, outcome), distance - spread / 2, 1e-13);
  }
}

TEST(Crps, IsTheIntegralOfTheSquaredMissButForTheFairShare) {
  const Values members{0.5, 2.0, 2.5, 4.0};
  constexpr double outcome = 1.25;
  double integral = 0;
  constexpr double dx = 1.0 / 1024;
  for (double x = dx / 2; x < 5.0; x += dx) {
    double share = 0;
    for (const double member : members) share += member <= x ? 0.25 : 0.0;
    const double miss = share - (outcome <= x ? 1.0 : 0.0);
    integral += miss * miss * dx;
  }
  // Half the mean distance of pairs, with a member paired with itself or not.
  const double pairs = 1.5 + 2.0 + 3.5 + 0.5 + 2.0 + 1.5;
  EXPECT_NEAR(crps(members, outcome), integral + pairs / 16 - pairs / 12, 1e-12);
}

TEST(Crps, IsFairToSmallEnsembles) {
  // A fair coin against 0: E|X - y| - E|X - X'| / 2 = 1/2 - 1/4, on average over ensembles of two.
  double sum = 0;
  for (const auto& members : {Values{0, 0}, Values{0, 1}, Values{1, 0}, Values{1, 1}}) {
    sum += crps(members, 0.0) / 4;
  }
  EXPECT_NEAR(sum, 0.25, 1e-15);
}

TEST(Crps, RefusesAnEmptyEnsemble) {
  EXPECT_THROW((void)crps(Values{}, 0.0), std::invalid_argument);
  EXPECT_THROW((void)crps(Values{1.0, std::nan("")}, 0.0), std::invalid_argument);
}

TEST(AreaUnderRoc, CountsPairs) {
  Values scores;
  Flags positive;
  for (std::uint32_t x = 0; x < 200; ++x) {
    positive.push_back(luck(x, 1) < 0.3 ? 1 : 0);
    scores.push_back(std::floor(10 * luck(x, 2)) + positive.back());  // many ties
  }
  double ordered = 0;
  double pairs = 0;
  for (std::size_t a = 0; a < 200; ++a) {
    for (std::size_t b = 0; b < 200; ++b) {
      if (positive[a] == 0 || positive[b] != 0) continue;
      pairs += 1;
      ordered += scores[a] > scores[b] ? 1.0 : scores[a] == scores[b] ? 0.5 : 0.0;
    }
  }
  EXPECT_NEAR(area_under_roc(scores, positive), ordered / pairs, 1e-14);
}

TEST(AreaUnderRoc, KnowsTheExtremes) {
  EXPECT_EQ(area_under_roc(Values{1, 2, 3, 4}, Flags{0, 0, 1, 1}), 1.0);
  EXPECT_EQ(area_under_roc(Values{1, 2, 3, 4}, Flags{1, 1, 0, 0}), 0.0);
  EXPECT_EQ(area_under_roc(Values{7, 7, 7, 7}, Flags{0, 1, 0, 1}), 0.5);
  EXPECT_TRUE(std::isnan(area_under_roc(Values{1, 2}, Flags{1, 1})));
  EXPECT_TRUE(std::isnan(area_under_roc(Values{1, 2}, Flags{0, 0})));
  EXPECT_THROW((void)area_under_roc(Values{1, 2}, Flags{0}), std::invalid_argument);
}

TEST(AveragePrecision, IsTheMeanPrecisionAtPositives) {
  // Positives at ranks 1, 3 and 4: (1/1 + 2/3 + 3/4) / 3.
  EXPECT_NEAR(average_precision(Values{0.9, 0.8, 0.7, 0.6, 0.5}, Flags{1, 0, 1, 1, 0}),
              (1.0 + 2.0 / 3 + 3.0 / 4) / 3, 1e-15);
  EXPECT_TRUE(std::isnan(average_precision(Values{0.9}, Flags{0})));
}

TEST(AveragePrecision, DoesNotDependOnTheOrderWithinTies) {
  // One positive on top, then a tie of one positive among three: (1 + 2/4) / 2.
  EXPECT_NEAR(average_precision(Values{9, 5, 5, 5}, Flags{1, 1, 0, 0}), 0.75, 1e-15);
  EXPECT_NEAR(average_precision(Values{9, 5, 5, 5}, Flags{1, 0, 0, 1}), 0.75, 1e-15);
  EXPECT_NEAR(average_precision(Values{1, 1, 1, 1}, Flags{1, 0, 0, 1}), 0.5, 1e-15);
}

TEST(Calibration, PutsForecastsIntoHalfOpenBins) {
  const auto bins = calibration(Values{0.0, 0.1, 0.2, 0.3, 0.9, 1.0}, Flags{0, 1, 0, 1, 1, 1},
                                Values{0.2, 0.5, 0.6, 0.9});
  ASSERT_EQ(bins.size(), 3U);  // nothing between 0.5 and 0.9
  EXPECT_EQ(bins[0].low, 0.0);
  EXPECT_EQ(bins[0].high, 0.2);
  EXPECT_EQ(bins[0].cases, 2U);
  EXPECT_NEAR(bins[0].mean_forecast, 0.05, 1e-15);
  EXPECT_EQ(bins[0].share, 0.5);
  EXPECT_EQ(bins[1].low, 0.2);
  EXPECT_EQ(bins[1].cases, 2U);
  EXPECT_NEAR(bins[1].mean_forecast, 0.25, 1e-15);
  EXPECT_EQ(bins[1].share, 0.5);
  EXPECT_EQ(bins[2].low, 0.9);
  EXPECT_EQ(bins[2].high, 1.0);
  EXPECT_EQ(bins[2].cases, 2U);
  EXPECT_NEAR(bins[2].mean_forecast, 0.95, 1e-15);
  EXPECT_EQ(bins[2].share, 1.0);
}

TEST(Calibration, RefusesWhatDoesNotFit) {
  EXPECT_TRUE(calibration(Values{}, Flags{}, Values{0.5}).empty());
  EXPECT_THROW((void)calibration(Values{0.5}, Flags{}, Values{0.5}), std::invalid_argument);
  EXPECT_THROW((void)calibration(Values{1.5}, Flags{1}, Values{0.5}), std::invalid_argument);
  EXPECT_THROW((void)calibration(Values{}, Flags{}, Values{0.5, 0.5}), std::invalid_argument);
  EXPECT_THROW((void)calibration(Values{}, Flags{}, Values{0.0}), std::invalid_argument);
  EXPECT_THROW((void)calibration(Values{}, Flags{}, Values{1.0}), std::invalid_argument);
}

TEST(Quantile, InterpolatesBetweenOrderStatistics) {
  const Values members{4, 1, 3, 2};  // R: quantile(1:4, ..., type = 7)
  const std::array<std::pair<double, double>, 6> expected{
      {{0.0, 1.0}, {0.1, 1.3}, {0.25, 1.75}, {0.5, 2.5}, {0.9, 3.7}, {1.0, 4.0}}};
  for (const auto& [probability, value] : expected) {
    EXPECT_NEAR(quantile(members, probability), value, 1e-14) << probability;
  }
  EXPECT_EQ(quantile({5.0}, 0.3), 5.0);
}

TEST(Quantile, MeetsMembersExactly) {
  Values members;
  for (int x = 0; x <= 20; ++x) members.push_back(x / 10.0);
  for (int x = 0; x <= 20; ++x) EXPECT_EQ(quantile(members, x / 20.0), x / 10.0) << x;
}

TEST(Quantile, BearsInfiniteMembers) {
  EXPECT_EQ(quantile({-infinity, 1.0, 2.0}, 0.25), -infinity);
  EXPECT_EQ(quantile({-infinity, -infinity, 2.0}, 0.25), -infinity);
  EXPECT_EQ(quantile({-infinity, 1.0, 2.0}, 0.5), 1.0);
}

TEST(Quantile, RefusesWhatHasNone) {
  EXPECT_THROW((void)quantile({}, 0.5), std::invalid_argument);
  EXPECT_THROW((void)quantile({1.0}, 1.5), std::invalid_argument);
  EXPECT_THROW((void)quantile({1.0}, std::nan("")), std::invalid_argument);
}

TEST(Covers, IncludesBothEnds) {
  Values members;
  for (int x = 0; x <= 20; ++x) members.push_back(x);
  EXPECT_TRUE(covers(members, 1.0, 0.9));
  EXPECT_TRUE(covers(members, 19.0, 0.9));
  EXPECT_FALSE(covers(members, 0.999, 0.9));
  EXPECT_FALSE(covers(members, 19.001, 0.9));
  EXPECT_TRUE(covers(members, 20.0, 1.0));
  EXPECT_TRUE(covers(members, 10.0, 0.0));
  EXPECT_THROW((void)covers(members, 10.0, 1.1), std::invalid_argument);
  EXPECT_THROW((void)covers(Values{}, 10.0, 0.9), std::invalid_argument);
}

TEST(Skill, OfTheReferenceItselfIsExactlyZero) {
  Values losses;
  Clusters clusters;
  for (std::uint32_t x = 0; x < 60; ++x) {
    losses.push_back(luck(x));
    clusters.push_back(x % 7);
  }
  const auto result = skill(losses, losses, clusters);
  EXPECT_EQ(result.value, 0.0);
  EXPECT_EQ(result.low, 0.0);
  EXPECT_EQ(result.high, 0.0);
}

TEST(Skill, IsTheShareOfTheLossThatIsSaved) {
  const auto result = skill(Values{1, 1, 1}, Values{2, 2, 4}, Clusters{0, 0, 0});
  EXPECT_EQ(result.value, 1.0 - 3.0 / 8.0);
  EXPECT_EQ(result.low, result.value);  // one cluster, so every sample is the sample
  EXPECT_EQ(result.high, result.value);
  EXPECT_EQ(skill(Values{1}, Values{0.5}, Clusters{0}).value, -1.0);
}

TEST(Skill, IsRepeatableAndFollowsItsSeed) {
  Values losses;
  Values reference;
  Clusters clusters;
  for (std::uint32_t x = 0; x < 50; ++x) {
    losses.push_back(luck(x, 1));
    reference.push_back(luck(x, 2));
    clusters.push_back(x / 2);
  }
  const auto once = skill(losses, reference, clusters, 500, 3);
  const auto again = skill(losses, reference, clusters, 500, 3);
  const auto other = skill(losses, reference, clusters, 500, 4);
  EXPECT_EQ(once.low, again.low);
  EXPECT_EQ(once.high, again.high);
  EXPECT_EQ(once.value, other.value);
  EXPECT_NE(once.low, other.low);
}

TEST(Skill, IntervalHoldsThePlantedTruthAsOftenAsItSays) {
  // Clusters share an effect, so that cases are not independent; the truth is 1 - 0.5 / 1.
  constexpr std::uint32_t samples = 200;
  constexpr std::uint32_t actors = 60;
  constexpr std::uint32_t cases = 5;
  int held = 0;
  for (std::uint32_t s = 0; s < samples; ++s) {
    Values losses;
    Values reference;
    Clusters clusters;
    for (std::uint32_t i = 0; i < actors; ++i) {
      const double shared = luck(i, 2 * s);
      for (std::uint32_t x = 0; x < cases; ++x) {
        losses.push_back(shared / 2 + luck(i * cases + x, 2 * s + 1) / 2);
        reference.push_back(1.0);
        clusters.push_back(i);
      }
    }
    const auto result = skill(losses, reference, clusters, 400, s);
    EXPECT_LT(result.low, result.value);
    EXPECT_LT(result.value, result.high);
    held += result.low <= 0.5 && 0.5 <= result.high ? 1 : 0;
  }
  EXPECT_GE(held, 180);  // 95 % of 200, give or take three standard errors
  EXPECT_LE(held, 199);
}

TEST(Skill, IsWiderWhereCasesOfAnActorAreAlike) {
  Values losses;
  const Values reference(200, 1.0);
  Clusters alone;
  Clusters together;
  for (std::uint32_t x = 0; x < 200; ++x) {
    losses.push_back(luck(x / 10));
    alone.push_back(x);
    together.push_back(x / 10);
  }
  const auto narrow = skill(losses, reference, alone);
  const auto wide = skill(losses, reference, together);
  EXPECT_GT(wide.high - wide.low, 2 * (narrow.high - narrow.low));
}

TEST(Skill, DoesNotDrawClustersWithoutCases) {
  const auto result = skill(Values{1, 2}, Values{4, 4}, Clusters{1000, 7});
  EXPECT_EQ(result.low, 0.5);
  EXPECT_EQ(result.high, 0.75);
}

TEST(Skill, SaysWhereThereIsNoAnswer) {
  EXPECT_EQ(skill(Values{0}, Values{0}, Clusters{0}).value, 0.0);
  EXPECT_EQ(skill(Values{1}, Values{0}, Clusters{0}).value, -infinity);
  EXPECT_EQ(skill(Values{infinity}, Values{1}, Clusters{0}).low, -infinity);
  EXPECT_EQ(skill(Values{1}, Values{infinity}, Clusters{0}).value, 1.0);
  const auto both = skill(Values{infinity}, Values{infinity}, Clusters{0});
  EXPECT_TRUE(std::isnan(both.value));
  EXPECT_TRUE(std::isnan(both.low));
  EXPECT_TRUE(std::isnan(both.high));
}

TEST(Skill, RefusesUnlikeNumbersOfCases) {
  EXPECT_THROW((void)skill(Values{1}, Values{1, 2}, Clusters{0}), std::invalid_argument);
  EXPECT_THROW((void)skill(Values{1}, Values{1}, Clusters{}), std::invalid_argument);
  EXPECT_THROW((void)skill(Values{}, Values{}, Clusters{}), std::invalid_argument);
  EXPECT_THROW((void)skill(Values{1}, Values{1}, Clusters{0}, 0), std::invalid_argument);
}

}  // namespace
}  // namespace entente::score
