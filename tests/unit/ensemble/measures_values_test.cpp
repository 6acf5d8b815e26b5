#include "ensemble/measures_values.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "support/bare_world.hpp"

namespace entente {
namespace {

using Values = std::vector<double>;

constexpr auto engagement = LadderRole::engagement;
/// Mission, the fourth of five rungs.
constexpr Stand mission{0, engagement, 3};

/// What actors do on the engagement ladder: a row of rungs per step, a digit per actor. All else
/// stays at the bottom.
using Story = std::vector<std::string>;

TileResult tile_of(const Model& model, const std::vector<Story>& stories) {
  const std::size_t n = model.actors.size();
  const std::size_t steps = model.calendar.steps();
  constexpr std::size_t rungs = 5;
  TileResult tile;
  tile.replicates = stories.size();
  const std::size_t ends = tile.replicates * steps;
  tile.rungs.resize(ladder_count * ends * n);
  tile.at_or_above.resize(ladder_count * ends * rungs);
  tile.authority_states.resize(authority_state_count * ends);
  tile.authority_rungs.resize((1 + model.groups.size()) * ends);
  for (std::size_t row = 0; row < ladder_count * ends; ++row) {
    for (std::size_t i = 0; i < n; ++i) {
      const bool told = row < ends;
      const int own = told ? stories[row / steps].at(row % steps).at(i) - '0' : 0;
      tile.rungs[row * n + i] = static_cast<Rung>(own);
      for (std::size_t y = 0; y <= static_cast<std::size_t>(own); ++y) {
        ++tile.at_or_above[row * rungs + y];
      }
    }
  }
  return tile;
}

/// The values of a measure in a single replicate.
Values value(const Model& model, const Story& story, const MeasureKind& kind) {
  const auto tile = tile_of(model, {story});
  const detail::MeasuredWorld world(model);
  Values values;
  detail::append_values(kind, detail::ReplicateView(world, tile, 0), values);
  return values;
}

/// Four actors, three months; everyone starts on the lowest rung.
Model world() { return test::bare_world(4, 3); }

const Story climbing{"0000", "1300", "0342"};

TEST(OutcomesValues, CountWhoStandsAtOrAboveARung) {
  EXPECT_EQ(value(world(), climbing, CountMeasure{mission, {}, {0, 1, 2}}), (Values{0, 1, 2}));
  EXPECT_EQ(value(world(), climbing, CountMeasure{mission, {}, {}}), Values{2});
  EXPECT_EQ(value(world(), climbing, CountMeasure{mission, {0, 1, 3}, {2}}), Values{1});
  EXPECT_EQ(value(world(), climbing, CountMeasure{{0, engagement, 0}, {}, {2}}), Values{4});
}

TEST(OutcomesValues, AnOutcomeIsOneOrNothing) {
  Outcome outcome{0, engagement, 3, 2, 2, {}};
  EXPECT_EQ(value(world(), climbing, outcome), Values{1});
  outcome.at_least = 3;
  EXPECT_EQ(value(world(), climbing, outcome), Values{0});
  outcome = {0, engagement, 3, 2, 2, {1}};
  EXPECT_EQ(value(world(), climbing, outcome), Values{0});
}

TEST(OutcomesValues, ImportanceIsAShareOfThoseWhoMayCount) {
  Model model = world();
  const std::array<float, 4> weights{0.5F, 0.25F, 0.125F, 0.125F};
  for (std::size_t i = 0; i < 4; ++i) model.actors[i].importance = weights[i];
  EXPECT_EQ(value(model, climbing, ImportanceMeasure{mission, {}, {0, 1, 2}}),
            (Values{0, 0.25, 0.375}));
  EXPECT_EQ(value(model, climbing, ImportanceMeasure{mission, {1, 3}, {}}), Values{2.0 / 3.0});
  EXPECT_EQ(value(model, climbing, ImportanceMeasure{{0, engagement, 0}, {}, {}}), Values{1});
}

TEST(OutcomesValues, HeightIsAMean) {
  EXPECT_EQ(value(world(), climbing, HeightMeasure{0, engagement, {}, {0, 1, 2}}),
            (Values{0, 0.25, 9.0 / 16.0}));
  EXPECT_EQ(value(world(), climbing, HeightMeasure{0, engagement, {2, 3}, {2}}), Values{0.75});
}

TEST(OutcomesValues, HeightsAreThoseOfTheLadder) {
  Model model = world();
  model.ladders[0].height = {0, 12, 24, 60, 240};
  EXPECT_EQ(value(model, climbing, HeightMeasure{0, engagement, {}, {2}}), Values{0.3375});
  EXPECT_EQ(value(model, climbing, HeightMeasure{0, engagement, {1, 3}, {2}}), Values{0.175});
}

TEST(OutcomesValues, PolarisationIsSigned) {
  const PolarisationMeasure m{0, engagement, {0, 1}, {2, 3}, {1, 2}};
  EXPECT_EQ(value(world(), climbing, m), (Values{0.5, 0.375 - 0.75}));
  PolarisationMeasure turned = m;
  std::swap(turned.first, turned.second);
  EXPECT_EQ(value(world(), climbing, turned), (Values{-0.5, 0.75 - 0.375}));
}

// Two thirds at height 0 and one third at 1/2, alpha 1:
// 4 ((2/3)^2 (1/3) (1/2) + (1/3)^2 (2/3) (1/2)) = 4/9.
TEST(OutcomesValues, DispersionIsThatByHand) {
  const Model model = test::bare_world(6, 1);
  EXPECT_NEAR(value(model, {"000022"}, DispersionMeasure{0, engagement, 1.0, {}, {}})[0], 4.0 / 9.0,
              1e-14);
  const double third = std::pow(1.0 / 3.0, 2.3);
  const double two_thirds = std::pow(2.0 / 3.0, 2.3);
  const double expected = std::pow(2.0, 2.3) * 0.5 * (two_thirds / 3.0 + third * 2.0 / 3.0);
  EXPECT_NEAR(value(model, {"000022"}, DispersionMeasure{0, engagement, 1.3, {}, {}})[0], expected,
              1e-14);
  EXPECT_NEAR(value(model, {"404022"}, DispersionMeasure{0, engagement, 1.3, {1, 3, 4}, {}})[0],
              expected, 1e-14);
}

TEST(OutcomesValues, DispersionWithoutIdentificationIsTwiceTheMeanDistance) {
  const Model model = test::bare_world(6, 1);
  const std::string rungs = "014423";
  double distance = 0.0;
  for (const char a : rungs) {
    for (const char b : rungs) distance += std::abs(a - b) / 4.0 / 36.0;
  }
  EXPECT_NEAR(value(model, {rungs}, DispersionMeasure{0, engagement, 0.0, {}, {}})[0],
              2.0 * distance, 1e-14);
}

TEST(OutcomesValues, DispersionIsLargestWhereHalfStandAtEachEnd) {
  constexpr int actors = 8;
  const Model model = test::bare_world(actors, 1);
  for (const double alpha : {0.0, 0.5, 1.0, 1.6}) {
    const DispersionMeasure m{0, engagement, alpha, {}, {}};
    EXPECT_NEAR(value(model, {"00004444"}, m)[0], 1.0, 1e-14);
    EXPECT_EQ(value(model, {"22222222"}, m)[0], 0.0);
    // Every way to spread them over the five rungs.
    for (int code = 0; code < 5 * 5 * 5 * 5 * 5 * 5 * 5 * 5; ++code) {
      std::string rungs;
      for (int rest = code; rungs.size() < actors; rest /= 5) {
        rungs += static_cast<char>('0' + rest % 5);
      }
      if (!std::is_sorted(rungs.begin(), rungs.end()) || rungs == "00004444") continue;
      EXPECT_LT(value(model, {rungs}, m)[0], 1.0) << rungs << ' ' << alpha;
    }
  }
}

TEST(OutcomesValues, ArrivalIsTheEndOfTheFirstStepWithEnough) {
  const double dt = 1.0 / 12.0;
  EXPECT_EQ(value(world(), climbing, ArrivalMeasure{mission, 1, {}}), (Values{2 * dt, 1}));
  EXPECT_EQ(value(world(), climbing, ArrivalMeasure{mission, 2, {}}), (Values{3 * dt, 1}));
  EXPECT_EQ(value(world(), climbing, ArrivalMeasure{mission, 1, {2, 3}}), (Values{3 * dt, 1}));
  // At once: the first has left when the second comes.
  const Story passing{"3000", "0300", "0030"};
  EXPECT_EQ(value(world(), passing, ArrivalMeasure{mission, 2, {}}), (Values{3 * dt, 0}));
}

TEST(OutcomesValues, WhoNeverArrivesHasTheLengthOfTheRun) {
  const double dt = 1.0 / 12.0;
  EXPECT_EQ(value(world(), climbing, ArrivalMeasure{mission, 3, {}}), (Values{3 * dt, 0}));
  EXPECT_EQ(value(world(), climbing, ArrivalMeasure{mission, 1, {0}}), (Values{3 * dt, 0}));
}

TEST(OutcomesValues, WhoStandsThereAtTheStartHasArrived) {
  Model model = world();
  model.initial_rungs[model.rung_index(0, engagement, 2)] = 3;
  EXPECT_EQ(value(model, climbing, ArrivalMeasure{mission, 1, {}}), (Values{0, 1}));
  EXPECT_EQ(value(model, climbing, ArrivalMeasure{mission, 1, {2}}), (Values{0, 1}));
  EXPECT_EQ(value(model, climbing, ReachMeasure{mission, {2}, 0, {0}}), Values{1});
  EXPECT_EQ(value(model, climbing, CascadeMeasure{mission, {}, {}, {}, {}}), Values{1});
}

TEST(OutcomesValues, ReachedIsReachedThoughOneLeaves) {
  const Story passing{"3000", "0300", "0040"};
  EXPECT_EQ(value(world(), passing, ReachMeasure{mission, {0, 1}, 0, {0, 1, 2}}),
            (Values{0, 1, 1}));
  EXPECT_EQ(value(world(), passing, ReachMeasure{mission, {0, 1}, 1, {}}), Values{1});
  EXPECT_EQ(value(world(), passing, ReachMeasure{mission, {0, 1, 2, 3}, 3, {1, 2}}),
            (Values{0, 1}));
  EXPECT_EQ(value(world(), passing, ReachMeasure{mission, {0, 3}, 0, {}}), Values{0});
}

TEST(OutcomesValues, ACascadeIsWhoComesAfter) {
  const Model model = test::bare_world(5, 4);
  const Story story{"30000", "33000", "03300", "34034"};
  // After the first step actor 0 stands there and does not count, even when it comes back.
  EXPECT_EQ(value(model, story, CascadeMeasure{mission, 0, {}, {}, {1, 2, 3}}), (Values{1, 2, 4}));
  EXPECT_EQ(value(model, story, CascadeMeasure{mission, {}, {}, {}, {0, 3}}), (Values{1, 5}));
  EXPECT_EQ(value(model, story, CascadeMeasure{mission, 0, {}, {1, 4}, {}}), Values{2});
  EXPECT_EQ(value(model, story, CascadeMeasure{mission, 0, {1, 2, 4}, {4}, {}}), Values{2});
  // After the third step actor 0 is below again, so that its return counts.
  EXPECT_EQ(value(model, story, CascadeMeasure{mission, 2, {}, {}, {}}), Values{3});
  EXPECT_EQ(value(model, story, CascadeMeasure{mission, 1, {0, 1}, {}, {}}), Values{0});
}

TEST(OutcomesValues, StatesAndRungsOfTheAuthorityAreRead) {
  Model model = world();
  test::add_group(model, 0.0F);
  auto tile = tile_of(model, {climbing, climbing});
  // Rows of (R, T) = (2, 3).
  tile.authority_states[2 * 6 + 3 + 1] = 0.25F;  // control in the second replicate
  tile.authority_rungs[3 + 2] = 2;               // rights
  tile.authority_rungs[6 + 3 + 1] = 3;           // posture
  const detail::MeasuredWorld world(model);
  Values values;
  const detail::ReplicateView second(world, tile, 1);
  detail::append_values(StateMeasure{0, AuthorityState::control, {0, 1}}, second, values);
  detail::append_values(PolicyMeasure{0, 0, {}}, second, values);
  detail::append_values(PolicyMeasure{0, 1, {0, 1}}, second, values);
  EXPECT_EQ(values, (Values{0, 0.25, double{0.67F}, -1, 1}));
}

}  // namespace
}  // namespace entente
