#include "lab/server/cost.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "lab/server/answer.hpp"
#include "support/scenario_folder.hpp"

namespace entente::lab {
namespace {

using test::ScenarioFolder;
using test::small_scenario;

Run run_of(std::size_t replicates, RecordLevel record = RecordLevel::rungs) {
  Run run;
  run.scenario = ScenarioFolder(small_scenario()).load();
  run.scenario.record = record;
  run.replicates = replicates;
  return run;
}

// An event that names a place `times` over.
void add_event(Scenario& scenario, std::size_t times) {
  Event event;
  event.changes.push_back({EventOp::scale, Space::rivalry, {}, 0.5F, 0.0F});
  event.changes.back().indices.assign(times, 1);
  scenario.model.events.push_back(event);
}

TEST(Cost, CountsWhatEventsName) {
  auto run = run_of(4096);
  EXPECT_NO_THROW(require_time(run));
  add_event(run.scenario, 1'000'000);  // 12 steps: 5e9
  EXPECT_NO_THROW(require_time(run));
  run.variants.resize(8);
  for (auto& varied : run.variants) varied.scenario = run.scenario;
  EXPECT_THROW(require_time(run), Refused);
  run.replicates = 64;
  EXPECT_NO_THROW(require_time(run));
}

TEST(Cost, CountsWhatConditionsLookAt) {
  auto run = run_of(4096);
  CountCondition condition;
  condition.among.assign(1'000'000, 0);
  Event event;
  event.when.assign(8, condition);
  run.scenario.model.events.push_back(event);
  EXPECT_THROW(require_time(run), Refused);
}

TEST(Cost, OfAFileGrowsWithReplicatesAndWithTheRecord) {
  const auto bytes = require_file_size(run_of(100));
  EXPECT_EQ(require_file_size(run_of(200)), 2 * bytes);
  EXPECT_GE(bytes, 100U * 3 * 12 * 3);  // replicates, ladders, steps, actors
  EXPECT_LT(require_file_size(run_of(100, RecordLevel::summary)), bytes);
  EXPECT_GT(require_file_size(run_of(100, RecordLevel::full)), bytes);
  EXPECT_THROW((void)require_file_size(run_of(100'000'000)), Refused);
}

TEST(Cost, OfMemoryCountsTextsAndPlaces) {
  auto run = run_of(1);
  const auto before = memory_of(run);
  EXPECT_GE(before, small_scenario().size());
  add_event(run.scenario, 1000);
  EXPECT_GE(memory_of(run), before + 8000);
}

}  // namespace
}  // namespace entente::lab
