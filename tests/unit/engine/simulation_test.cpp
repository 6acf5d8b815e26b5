// How a run is stopped: soon, and without a trace of what did not come to its end.
#include "entente/engine/simulation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

#include "support/bare_world.hpp"

namespace entente::test {
namespace {

constexpr std::uint32_t steps = 10;
constexpr std::size_t lanes = 8;

/// A flag that becomes true when a term is asked for the `when`-th time; a step asks it once.
struct Trigger {
  std::size_t when = 0;  ///< 0: never
  std::atomic<std::size_t> calls{0};
  std::atomic<bool> stop{false};

  void call() {
    if (++calls == when) stop = true;
  }
};

class TriggerTerm final : public Term {
 public:
  explicit TriggerTerm(Trigger& trigger) : trigger_(trigger) {}
  [[nodiscard]] std::span<const Channel> channels() const override { return channels_; }
  void intensity(std::size_t, const Block& block, float* out) const override {
    trigger_.call();
    std::fill_n(out, block.size, 0.0F);
  }

 private:
  Trigger& trigger_;
  std::vector<Channel> channels_{{Profile::height, {LadderRole::engagement}, {Driver::bandwagon}}};
};

struct Told final : public Recorder {
  void record(const TileResult& tile) override { memory.tiles.push_back(tile); }
  Memory memory;
  std::vector<std::size_t> progress;
  std::size_t done = 0;
};

Model moving_world() {
  Model model = bare_world(4, steps);
  model.ladders[index_of(LadderRole::engagement)].rate = 2.0F;
  model.terms = {{"trigger", {}}};
  return model;
}

Told run(const Model& model, Trigger& trigger, RunOptions options) {
  TermInfo info;
  info.key = "trigger";
  info.ladders = {LadderRole::engagement};
  info.reads = {Driver::bandwagon};
  info.make = [&](std::span<const float>) { return std::make_unique<TriggerTerm>(trigger); };
  const std::vector<TermInfo> table{info};
  const Simulation simulation(model, {table, {}});
  Told told;
  options.lanes = lanes;
  options.stop = &trigger.stop;
  options.progress = [&](std::size_t done) { told.progress.push_back(done); };
  told.done = simulation.run(options, told);
  return told;
}

RunOptions tiles(std::size_t count, std::size_t threads) {
  RunOptions options;
  options.replicates = count * lanes;
  options.threads = threads;
  return options;
}

TEST(Simulation, AStepAsksTheTermOnce) {
  Trigger trigger;
  EXPECT_EQ(run(moving_world(), trigger, tiles(3, 1)).done, 3 * lanes);
  ASSERT_EQ(trigger.calls, 3 * steps);
}

TEST(Simulation, StopsWithinATileAndDoesNotRecordIt) {
  for (const std::size_t when : {1U, 4U, steps - 1U}) {
    for (const auto level : {RecordLevel::summary, RecordLevel::rungs}) {
      Trigger trigger;
      trigger.when = when;
      auto options = tiles(1, 1);
      options.record = level;
      const auto told = run(moving_world(), trigger, options);
      EXPECT_EQ(told.done, 0U);
      EXPECT_TRUE(told.memory.tiles.empty());
      EXPECT_TRUE(told.progress.empty());
      EXPECT_EQ(trigger.calls, when) << "it went on after the step in which it was stopped";
    }
  }
}

TEST(Simulation, ATileWhoseLastStepIsOverIsRecorded) {
  Trigger trigger;
  trigger.when = steps;
  const auto told = run(moving_world(), trigger, tiles(1, 1));
  EXPECT_EQ(told.done, lanes);
  EXPECT_EQ(told.progress, std::vector<std::size_t>{lanes});
}

TEST(Simulation, StoppedBeforeItBeganDoesNothing) {
  Trigger trigger;
  trigger.stop = true;
  EXPECT_EQ(run(moving_world(), trigger, tiles(4, 1)).done, 0U);
  EXPECT_EQ(trigger.calls, 0U);
}

TEST(Simulation, WhatIsRecordedBeforeAStopIsTheBeginningOfTheWholeRun) {
  const Model model = moving_world();
  for (const std::size_t threads : {1U, 2U, 4U}) {
    for (std::size_t when = 5; when < 20 * steps; when += 13) {
      Trigger trigger;
      trigger.when = when;
      const auto told = run(model, trigger, tiles(20, threads));
      ASSERT_LT(told.done, 20 * lanes);
      ASSERT_EQ(told.memory.replicates(), told.done);
      ASSERT_EQ(told.progress.size(), told.memory.tiles.size());
      for (std::size_t x = 0; x < told.memory.tiles.size(); ++x) {
        ASSERT_EQ(told.memory.tiles[x].first_replicate, x * lanes);
      }
      if (told.done == 0) continue;
      Trigger never;
      const auto whole = run(model, never, tiles(told.done / lanes, threads));
      ASSERT_EQ(told.memory.bytes(model), whole.memory.bytes(model));
    }
  }
}

}  // namespace
}  // namespace entente::test
