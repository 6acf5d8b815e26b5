#include "entente/ensemble/summary.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <stdexcept>

namespace entente {
namespace {

constexpr auto engagement = LadderRole::engagement;
constexpr auto recognition = LadderRole::recognition;

/// Three actors, two months, ladders of three, two and two rungs.
Model small_model(std::size_t authorities = 1) {
  using namespace std::chrono;
  Model model;
  model.calendar = Calendar(year{2021} / August / 1, year{2021} / September / 1, StepUnit::month);
  model.actors.resize(3);
  model.authorities.resize(authorities);
  model.ladders[0].rungs = {"none", "mission", "embassy"};
  model.ladders[1].rungs = {"no", "yes"};
  model.ladders[2].rungs = {"none", "force"};
  return model;
}

/// A tile as the engine would make it, from the rungs of every replicate: rung(k, d, r, t, i).
template <class RungOf>
TileResult tile_of(const Model& model, std::size_t first, std::size_t replicates, RungOf rung) {
  constexpr std::size_t rungs = 3;
  const std::size_t steps = model.calendar.steps();
  const std::size_t actors = model.actors.size();
  const std::size_t rows = model.authorities.size() * ladder_count;
  TileResult tile;
  tile.first_replicate = first;
  tile.replicates = replicates;
  tile.occupancy.resize(rows * steps * actors * rungs);
  tile.at_or_above.resize(rows * replicates * steps * rungs);
  for (std::size_t x = 0; x < rows * replicates * steps * actors; ++x) {
    const std::size_t i = x % actors;
    const std::size_t t = x / actors % steps;
    const std::size_t r = x / actors / steps % replicates;
    const std::size_t row = x / actors / steps / replicates;
    const std::size_t own = rung(row / ladder_count, row % ladder_count, first + r, t, i);
    ++tile.occupancy[((row * steps + t) * actors + i) * rungs + own];
    auto* at_or_above = &tile.at_or_above[((row * replicates + r) * steps + t) * rungs];
    for (std::size_t y = 0; y <= own; ++y) ++at_or_above[y];
  }
  return tile;
}

/// Actor i stands on rung 2 of engagement from replicate i on, and at the end only.
std::size_t staircase(std::size_t, std::size_t d, std::size_t r, std::size_t t, std::size_t i) {
  return d == 0 && t == 1 && r >= i ? 2 : 0;
}

TEST(Summary, ProbabilitiesAreSharesOfReplicates) {
  const Model model = small_model();
  Summary summary(model);
  summary.record(tile_of(model, 0, 4, staircase));
  EXPECT_EQ(summary.replicates(), 4U);
  EXPECT_EQ(summary.steps(), 2U);
  EXPECT_EQ(summary.probability(0, engagement, 1, 0, 2), 1.0);
  EXPECT_EQ(summary.probability(0, engagement, 1, 1, 2), 0.75);
  EXPECT_EQ(summary.probability(0, engagement, 1, 2, 2), 0.5);
  EXPECT_EQ(summary.probability(0, engagement, 1, 2, 0), 0.5);
  EXPECT_EQ(summary.probability(0, engagement, 0, 2, 0), 1.0);
  EXPECT_EQ(summary.probability(0, recognition, 1, 2, 0), 1.0);
}

TEST(Summary, ProbabilityAtOrAboveAddsTheRungsAbove) {
  const Model model = small_model();
  Summary summary(model);
  summary.record(tile_of(model, 0, 4, staircase));
  EXPECT_EQ(summary.probability_at_or_above(0, engagement, 1, 2, 0), 1.0);
  EXPECT_EQ(summary.probability_at_or_above(0, engagement, 1, 2, 1), 0.5);
  EXPECT_EQ(summary.probability_at_or_above(0, engagement, 1, 2, 2), 0.5);
}

TEST(Summary, CountsActorsAtOrAboveARung) {
  const Model model = small_model();
  Summary summary(model);
  summary.record(tile_of(model, 0, 4, staircase));  // 1, 2, 3 and 3 actors by replicate
  EXPECT_EQ(summary.histogram(0, engagement, 1, 2, 0), 0U);
  EXPECT_EQ(summary.histogram(0, engagement, 1, 2, 1), 1U);
  EXPECT_EQ(summary.histogram(0, engagement, 1, 2, 2), 1U);
  EXPECT_EQ(summary.histogram(0, engagement, 1, 2, 3), 2U);
  EXPECT_EQ(summary.histogram(0, engagement, 1, 0, 3), 4U);
  EXPECT_EQ(summary.mean_count(0, engagement, 1, 2), 2.25);
  EXPECT_EQ(summary.mean_count(0, engagement, 0, 1), 0.0);
}

TEST(Summary, QuantileIsTheSmallestCountThatReachesTheShare) {
  const Model model = small_model();
  Summary summary(model);
  summary.record(tile_of(model, 0, 4, staircase));
  const std::array<std::pair<double, std::size_t>, 6> expected{
      {{0.0, 1}, {0.25, 1}, {0.26, 2}, {0.5, 2}, {0.51, 3}, {1.0, 3}}};
  for (const auto& [q, count] : expected) {
    EXPECT_EQ(summary.quantile_count(0, engagement, 1, 2, q), count) << q;
  }
}

TEST(Summary, TilesMayBeOfAnySize) {
  const Model model = small_model(2);
  const auto rung = [](std::size_t k, std::size_t d, std::size_t r, std::size_t t, std::size_t i) {
    return (7 * k + 5 * d + 3 * r + 2 * t + i) % (d == 0 ? 3 : 2);
  };
  Summary whole(model);
  whole.record(tile_of(model, 0, 20, rung));
  Summary parts(model);
  parts.record(tile_of(model, 0, 1, rung));
  parts.record(tile_of(model, 1, 12, rung));
  parts.record(tile_of(model, 13, 7, rung));
  EXPECT_EQ(parts.replicates(), 20U);
  for (std::size_t k = 0; k < 2; ++k) {
    for (const auto d : all_ladders) {
      for (Rung r = 0; r < 3; ++r) {
        EXPECT_EQ(whole.mean_count(k, d, 1, r), parts.mean_count(k, d, 1, r));
        for (std::size_t n = 0; n <= 3; ++n) {
          EXPECT_EQ(whole.histogram(k, d, 1, r, n), parts.histogram(k, d, 1, r, n));
        }
        for (std::size_t i = 0; i < 3; ++i) {
          EXPECT_EQ(whole.probability(k, d, 0, i, r), parts.probability(k, d, 0, i, r));
        }
      }
    }
  }
}

TEST(Summary, ProbabilitiesOfALadderSumToOne) {
  const Model model = small_model();
  Summary summary(model);
  summary.record(tile_of(model, 0, 7, [](auto, auto d, auto r, auto t, auto i) {
    return (r + t + i) % (d == 0 ? 3U : 2U);
  }));
  for (const auto d : all_ladders) {
    double sum = 0;
    for (Rung r = 0; r < 3; ++r) sum += summary.probability(0, d, 1, 1, r);
    EXPECT_NEAR(sum, 1.0, 1e-15);
  }
}

TEST(Summary, NothingRecordedIsNotANumber) {
  const Summary summary(small_model());
  EXPECT_TRUE(std::isnan(summary.probability(0, engagement, 0, 0, 0)));
  EXPECT_TRUE(std::isnan(summary.probability_at_or_above(0, engagement, 0, 0, 0)));
  EXPECT_TRUE(std::isnan(summary.mean_count(0, engagement, 0, 0)));
}

TEST(Summary, RefusesATileOfAnotherModel) {
  Summary summary(small_model());
  EXPECT_THROW(summary.record(tile_of(small_model(2), 0, 1, staircase)), std::invalid_argument);
}

TEST(Tee, HandsTilesToAll) {
  const Model model = small_model();
  Summary a(model);
  Summary b(model);
  Tee tee({&a, &b});
  tee.record(tile_of(model, 0, 3, staircase));
  EXPECT_EQ(a.replicates(), 3U);
  EXPECT_EQ(b.replicates(), 3U);
}

}  // namespace
}  // namespace entente
