#include "entente/ensemble/measures.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "entente/engine/simulation.hpp"
#include "entente/ensemble/summary.hpp"
#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"
#include "support/tiny_world.hpp"

namespace entente {
namespace {

constexpr auto engagement = LadderRole::engagement;
constexpr auto recognition = LadderRole::recognition;
constexpr Stand recognised{0, recognition, 1};
constexpr Stand mission{0, engagement, 3};

/// One of each kind, of the tiny world, whose run has 24 months.
std::vector<Measure> all_kinds() {
  return {{"recognisers", CountMeasure{recognised, {}, {0, 11, 23}}},
          {"western", CountMeasure{mission, {3, 4}, {}}},
          {"two-recognise", Outcome{0, recognition, 1, 23, 2, {}}},
          {"another", Outcome{0, recognition, 1, 23, 1, {0}}},
          {"weight", ImportanceMeasure{recognised, {}, {}}},
          {"height", HeightMeasure{0, engagement, {}, {5, 23}}},
          {"apart", PolarisationMeasure{0, engagement, {0, 1}, {3, 4}, {}}},
          {"spread", DispersionMeasure{0, engagement, 1.3, {}, {}}},
          {"first", ArrivalMeasure{recognised, 1, {}}},
          {"reach", ReachMeasure{recognised, {0, 2}, 0, {}}},
          {"followers", CascadeMeasure{recognised, 3, {}, {0}, {11, 23}}},
          {"control", StateMeasure{0, AuthorityState::control, {}}},
          {"rights", PolicyMeasure{0, 0, {}}},
          {"posture", PolicyMeasure{0, 2, {}}}};
}

MeasureRecorder run(const Model& model, const std::vector<Measure>& measures, RunOptions options,
                    MeasureRecorder::Keep keep = MeasureRecorder::Keep::values) {
  MeasureRecorder recorder(model, measures, keep);
  options.record = recorder.level();
  Simulation(model, builtin_terms()).run(options, recorder);
  return recorder;
}

RunOptions replicates(std::size_t first, std::size_t count, std::size_t threads = 1,
                      std::size_t lanes = 0) {
  RunOptions options;
  options.first_replicate = first;
  options.replicates = count;
  options.threads = threads;
  options.lanes = lanes;
  return options;
}

std::size_t column(const MeasureRecorder& recorder, const std::string& name) {
  for (std::size_t c = 0; c < recorder.columns().size(); ++c) {
    if (recorder.columns()[c].name == name) return c;
  }
  throw std::out_of_range(name);
}

/// Everything that a recorder says.
std::vector<std::uint64_t> bits_of(const MeasureRecorder& recorder) {
  std::vector<std::uint64_t> bits{recorder.first_replicate(), recorder.replicates()};
  for (std::size_t c = 0; c < recorder.columns().size(); ++c) {
    const auto s = recorder.summary(c);
    for (const double x : {s.mean, s.variance, s.error, s.smallest, s.largest}) {
      bits.push_back(std::bit_cast<std::uint64_t>(x));
    }
    for (const double x : s.quantiles) bits.push_back(std::bit_cast<std::uint64_t>(x));
    for (const double x : recorder.values(c)) bits.push_back(std::bit_cast<std::uint64_t>(x));
  }
  return bits;
}

TEST(MeasureRecorder, SaysTheSameForAnyTilesAndThreads) {
  const Model model = test::tiny_world();
  const auto expected = bits_of(run(model, all_kinds(), replicates(3, 100)));
  for (const std::size_t lanes : {8U, 24U, 64U}) {
    for (const std::size_t threads : {1U, 3U}) {
      EXPECT_EQ(bits_of(run(model, all_kinds(), replicates(3, 100, threads, lanes))), expected);
    }
  }
}

TEST(MeasureRecorder, ReplicatesMayArriveInSeveralRuns) {
  const Model model = test::tiny_world();
  const auto expected = bits_of(run(model, all_kinds(), replicates(0, 60)));
  const Simulation simulation(model, builtin_terms());
  MeasureRecorder stepwise(model, all_kinds(), MeasureRecorder::Keep::values);
  for (const auto& [first, count] : {std::pair{0U, 7U}, {7U, 30U}, {37U, 23U}}) {
    auto options = replicates(first, count);
    options.record = stepwise.level();
    simulation.run(options, stepwise);
  }
  EXPECT_EQ(bits_of(stepwise), expected);
  auto joined = run(model, all_kinds(), replicates(0, 0));
  joined.append(run(model, all_kinds(), replicates(0, 25)));
  joined.append(run(model, all_kinds(), replicates(25, 35)));
  EXPECT_EQ(bits_of(joined), expected);
}

TEST(MeasureRecorder, NothingDependsOnWhetherValuesAreKept) {
  const Model model = test::tiny_world();
  const auto kept = run(model, all_kinds(), replicates(0, 40));
  const auto summed = run(model, all_kinds(), replicates(0, 40), MeasureRecorder::Keep::summaries);
  for (std::size_t c = 0; c < kept.columns().size(); ++c) {
    EXPECT_EQ(kept.values(c).size(), 40U);
    EXPECT_TRUE(summed.values(c).empty());
    EXPECT_EQ(kept.counts(c).counts(), summed.counts(c).counts());
    ValueCounts again;
    for (const double x : kept.values(c)) again.add(x);
    EXPECT_EQ(again.counts(), kept.counts(c).counts());
  }
}

TEST(MeasureRecorder, CountsAreThoseOfTheSummary) {
  const Model model = test::tiny_world();
  std::vector<std::uint32_t> steps(model.calendar.steps());
  std::iota(steps.begin(), steps.end(), 0U);
  MeasureRecorder recorder(model, {{"mission", CountMeasure{mission, {}, steps}}});
  EXPECT_EQ(recorder.level(), RecordLevel::summary);
  Summary summary(model);
  Tee both({&recorder, &summary});
  auto options = replicates(0, 300);
  options.record = recorder.level();
  Simulation(model, builtin_terms()).run(options, both);
  for (const auto t : steps) {
    EXPECT_EQ(recorder.summary(t).mean, summary.mean_count(0, engagement, t, 3));
    for (const auto& [value, times] : recorder.counts(t).counts()) {
      EXPECT_EQ(times, summary.histogram(0, engagement, t, 3, static_cast<std::size_t>(value)));
    }
  }
}

// Where all count, counts serve; naming all actors goes by their rungs and must say the same.
TEST(MeasureRecorder, NamingEveryoneIsNamingNobody) {
  const Model model = test::tiny_world(2);
  const std::vector<std::uint32_t> all{0, 1, 2, 3, 4};
  const Stand second{1, engagement, 2};
  const auto recorder = run(model,
                            {{"count", CountMeasure{second, {}, {4, 23}}},
                             {"height", HeightMeasure{1, engagement, {}, {4, 23}}},
                             {"spread", DispersionMeasure{1, engagement, 0.8, {}, {4, 23}}},
                             {"first", ArrivalMeasure{second, 2, {}}},
                             {"cascade", CascadeMeasure{second, 2, {}, {}, {4, 23}}},
                             {"count-named", CountMeasure{second, all, {4, 23}}},
                             {"height-named", HeightMeasure{1, engagement, all, {4, 23}}},
                             {"spread-named", DispersionMeasure{1, engagement, 0.8, all, {4, 23}}},
                             {"first-named", ArrivalMeasure{second, 2, all}},
                             {"cascade-named", CascadeMeasure{second, 2, all, {}, {4, 23}}}},
                            replicates(0, 200));
  const std::size_t half = recorder.columns().size() / 2;
  for (std::size_t c = 0; c < half; ++c) {
    EXPECT_EQ(recorder.counts(c).counts(), recorder.counts(half + c).counts())
        << recorder.columns()[c].name;
    EXPECT_GT(recorder.counts(c).counts().size(), 1U) << recorder.columns()[c].name;
  }
}

// Rows of tiles are (K, 4, R, T) and (K, 1 + G, R, T), with two groups here.
TEST(MeasureRecorder, ASecondAuthorityHasStatesOfItsOwn) {
  const Model model = test::tiny_world(2);
  const auto recorder = run(model,
                            {{"hardliner", StateMeasure{1, AuthorityState::hardliner, {9}}},
                             {"distress", StateMeasure{1, AuthorityState::distress, {9}}},
                             {"rights", PolicyMeasure{1, 0, {9}}},
                             {"posture", PolicyMeasure{1, 2, {9}}}},
                            replicates(0, 50));
  std::size_t r = 0;
  for (const auto& tile : test::simulate(model, 50).tiles) {
    for (std::size_t place = 0; place < tile.replicates; ++place, ++r) {
      const auto at = [&](std::size_t row) { return (row * tile.replicates + place) * 24 + 9; };
      EXPECT_EQ(recorder.values(0)[r], double{tile.authority_states[at(4)]});
      EXPECT_EQ(recorder.values(1)[r], double{tile.authority_states[at(5)]});
      EXPECT_EQ(recorder.values(2)[r], double{model.rights.value[tile.authority_rungs[at(3)]]});
      EXPECT_EQ(recorder.values(3)[r], double{model.posture.value[tile.authority_rungs[at(5)]]});
    }
  }
  EXPECT_EQ(r, 50U);
  EXPECT_GT(recorder.counts(0).counts().size(), 10U);
}

TEST(MeasureRecorder, MeasuresOfOneThingAgree) {
  const Model model = test::tiny_world();
  const auto recorder = run(model,
                            {{"count", CountMeasure{recognised, {}, {}}},
                             {"two", Outcome{0, recognition, 1, 23, 2, {}}},
                             {"first", ArrivalMeasure{recognised, 1, {}}},
                             {"anyone", ReachMeasure{recognised, {0, 1, 2, 3, 4}, 1, {}}},
                             {"cascade", CascadeMeasure{recognised, {}, {}, {}, {}}}},
                            replicates(0, 300));
  const auto at = [&](const char* name, std::size_t r) {
    return recorder.values(column(recorder, name))[r];
  };
  for (std::size_t r = 0; r < 300; ++r) {
    EXPECT_EQ(at("two", r), at("count", r) >= 2 ? 1.0 : 0.0);
    EXPECT_EQ(at("first.reached", r), at("anyone", r));
    EXPECT_GE(at("cascade", r), at("count", r));  // nobody recognises at the start
    EXPECT_EQ(at("anyone", r), at("cascade", r) > 0 ? 1.0 : 0.0);
  }
}

// Who reconsiders with probability p per step and moves with probability 1/2 arrives after a
// geometric time; up to the end of step T - 1 its mean is dt (1 - (1 - p/2)^T) / (p/2).
TEST(MeasureRecorder, CensoredTimesHaveTheRestrictedMean) {
  constexpr std::uint32_t steps = 24;
  Model model = test::bare_world(1, steps);
  model.ladders[index_of(recognition)].rate = 1.0F;
  const auto recorder =
      run(model, {{"time", ArrivalMeasure{recognised, 1, {}}}}, replicates(0, 20000, 2));
  const double p = (1.0 - std::exp(-1.0 / 12.0)) / 2.0;
  const double never = std::pow(1.0 - p, steps);
  const auto time = recorder.summary(0);
  const auto reached = recorder.summary(1);
  EXPECT_NEAR(time.mean, (1.0 - never) / p / 12.0, 4.0 * time.error);
  EXPECT_NEAR(reached.mean, 1.0 - never, 4.0 * reached.error);
  EXPECT_EQ(time.largest, 2.0);
  EXPECT_EQ(recorder.columns()[1].name, "time.reached");
}

TEST(MeasureRecorder, ColumnsAreNamedAfterDatesWhereThereAreSeveral) {
  const MeasureRecorder recorder(test::tiny_world(), all_kinds());
  EXPECT_EQ(recorder.columns()[0].name, "recognisers@2021-08");
  EXPECT_EQ(recorder.columns()[2].name, "recognisers@2023-07");
  EXPECT_EQ(recorder.columns()[2].step, 23U);
  EXPECT_EQ(recorder.columns()[3].name, "western");
  EXPECT_EQ(recorder.columns()[3].measure, 1U);
  EXPECT_EQ(recorder.columns()[3].step, 23U);
  const auto& time = recorder.columns()[column(recorder, "first")];
  EXPECT_EQ(time.unit, "yr");
  EXPECT_FALSE(time.step.has_value());
  EXPECT_EQ(recorder.columns()[column(recorder, "first.reached")].unit, "1");
}

TEST(MeasureRecorder, AsksForRungsOnlyWhereCountsDoNotServe) {
  EXPECT_EQ(record_level(CountMeasure{}), RecordLevel::summary);
  EXPECT_EQ(record_level(CountMeasure{mission, {1}, {}}), RecordLevel::rungs);
  EXPECT_EQ(record_level(Outcome{}), RecordLevel::summary);
  EXPECT_EQ(record_level(Outcome{0, engagement, 1, 0, 1, {2}}), RecordLevel::rungs);
  EXPECT_EQ(record_level(ArrivalMeasure{}), RecordLevel::summary);
  EXPECT_EQ(record_level(StateMeasure{}), RecordLevel::summary);
  EXPECT_EQ(record_level(CascadeMeasure{}), RecordLevel::rungs);
}

TEST(MeasureRecorder, RefusesTilesThatDoNotFit) {
  const Model model = test::tiny_world();
  const auto tiles = test::simulate(model, 20).tiles;
  MeasureRecorder recorder(model, all_kinds());
  recorder.record(tiles.front());
  EXPECT_THROW(recorder.record(tiles.front()), std::invalid_argument);  // the same replicates
  auto bare = tiles.front();
  bare.rungs.clear();
  EXPECT_THROW(MeasureRecorder(model, all_kinds()).record(bare), std::invalid_argument);
  EXPECT_THROW(MeasureRecorder(test::tiny_world(2), {}).record(bare), std::invalid_argument);
  MeasureRecorder counts(model, {{"recognisers", CountMeasure{recognised, {}, {}}}});
  counts.record(bare);
  EXPECT_EQ(counts.replicates(), bare.replicates);
}

TEST(MeasureRecorder, RefusesToAppendWhatDoesNotFollow) {
  const Model model = test::tiny_world();
  auto recorder = run(model, all_kinds(), replicates(0, 20));
  EXPECT_THROW(recorder.append(recorder), std::invalid_argument);
  EXPECT_THROW(recorder.append(run(model, all_kinds(), replicates(21, 5))), std::invalid_argument);
  EXPECT_THROW(recorder.append(run(model, {all_kinds()[0]}, replicates(20, 5))),
               std::invalid_argument);
  EXPECT_THROW(
      recorder.append(run(model, all_kinds(), replicates(20, 5), MeasureRecorder::Keep::summaries)),
      std::invalid_argument);
  EXPECT_EQ(recorder.replicates(), 20U);
}

}  // namespace
}  // namespace entente
