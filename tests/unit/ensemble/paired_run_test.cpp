#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

#include "support/paired_worlds.hpp"
#include "support/tiny_world.hpp"

namespace entente {
namespace {

using test::all_numbers;
using test::run_worlds;
using test::tiny_world;
using test::with_event;

/// Recorded rungs of a replicate of tiny_world() [byte].
constexpr std::size_t replicate_bytes = ladder_count * 24 * 5;

std::vector<Model> variants_of(const Model& world) {
  const auto rung = world.rung_index(0, LadderRole::recognition, 0);
  const auto slot = world.parameters.slot(Param::opposition, 0, 0);
  return {with_event(world, 5, EventOp::hold, Space::rung, rung, 1.0F),
          with_event(world, 0, EventOp::scale, Space::parameter, slot, 0.2F)};
}

PairedOptions options_of(std::size_t replicates, std::size_t threads = 0, std::size_t lanes = 0,
                         std::size_t batch = 0) {
  PairedOptions options;
  options.replicates = replicates;
  options.threads = threads;
  options.lanes = lanes;
  if (batch != 0) options.batch_bytes = batch * replicate_bytes;
  return options;
}

TEST(PairedRun, EstimatesDoNotDependOnThreadsLanesOrBatches) {
  const Model world = tiny_world();
  const auto variants = variants_of(world);
  const auto usual = run_worlds(world, variants, options_of(101));
  EXPECT_EQ(usual.done, 101U);
  for (const auto& options : {options_of(101, 1, 8, 1), options_of(101, 2, 16, 40),
                              options_of(101, 3, 0, 24), options_of(101, 2, 64, 1000)}) {
    const auto found = run_worlds(world, variants, options);
    EXPECT_EQ(found.done, 101U);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      EXPECT_EQ(all_numbers(world, found.variants[v]), all_numbers(world, usual.variants[v]));
    }
    EXPECT_EQ(found.baseline.mean_count(0, LadderRole::engagement, 23, 2),
              usual.baseline.mean_count(0, LadderRole::engagement, 23, 2));
  }
}

TEST(PairedRun, ReplicatesMayComeInSeveralRuns) {
  const Model world = tiny_world();
  const auto variants = variants_of(world);
  const auto whole = run_worlds(world, variants, options_of(48));
  const Simulation baseline(world, builtin_terms());
  const Simulation variant(variants[0], builtin_terms());
  const Simulation* pointer = &variant;
  Summary summary(world);
  std::vector<Comparison> parts{Comparison(world, variants[0])};
  for (const std::size_t first : {std::size_t{0}, std::size_t{24}}) {
    auto options = options_of(24);
    options.first_replicate = first;
    EXPECT_EQ(run_paired(baseline, {&pointer, 1}, options, summary, parts), 24U);
  }
  EXPECT_EQ(all_numbers(world, parts[0]), all_numbers(world, whole.variants[0]));
  EXPECT_EQ(summary.replicates(), 48U);
}

TEST(PairedRun, ObserverSeesEveryPairInOrder) {
  const Model world = tiny_world();
  std::vector<std::size_t> next(2, 3);
  auto options = options_of(50, 2, 8, 16);
  options.first_replicate = 3;
  (void)run_worlds(world, variants_of(world), options,
                   [&](std::size_t v, const TileResult& x, const TileResult& y) {
                     EXPECT_EQ(x.first_replicate, next.at(v));
                     EXPECT_EQ(y.first_replicate, next.at(v));
                     EXPECT_EQ(x.replicates, y.replicates);
                     next.at(v) += y.replicates;
                   });
  EXPECT_THAT(next, testing::Each(53U));
}

TEST(PairedRun, ProgressEndsWithAllPairs) {
  const Model world = tiny_world();
  auto options = options_of(50, 2, 8, 16);
  std::vector<std::size_t> seen;
  options.progress = [&](std::size_t done) { seen.push_back(done); };
  (void)run_worlds(world, variants_of(world), options);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(seen.back(), 100U);
}

TEST(PairedRun, AStoppedRunKeepsWholeBatches) {
  const Model world = tiny_world();
  const auto variants = variants_of(world);
  const auto kept = run_worlds(world, variants, options_of(64));
  // Within the first and within the second variant of the second batch.
  for (const std::size_t when : {std::size_t{136}, std::size_t{200}}) {
    std::atomic<bool> stop{false};
    auto options = options_of(256, 1, 8, 64);
    options.stop = &stop;
    options.progress = [&](std::size_t done) { stop = done >= when; };
    const auto found = run_worlds(world, variants, options);
    EXPECT_EQ(found.done, 64U);
    EXPECT_EQ(found.baseline.replicates(), 64U);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      EXPECT_EQ(all_numbers(world, found.variants[v]), all_numbers(world, kept.variants[v]));
    }
  }
}

TEST(PairedRun, StoppedBeforeItBeganLeavesNothing) {
  const Model world = tiny_world();
  const std::atomic<bool> stop{true};
  auto options = options_of(16);
  options.stop = &stop;
  const auto found = run_worlds(world, variants_of(world), options);
  EXPECT_EQ(found.done, 0U);
  EXPECT_EQ(found.variants[0].pairs(), 0U);
}

TEST(PairedRun, WithoutVariantsRunsTheBaseline) {
  const Model world = tiny_world();
  EXPECT_EQ(run_worlds(world, {}, options_of(16)).baseline.replicates(), 16U);
}

TEST(PairedRun, NeedsAComparisonForEachVariant) {
  const Model world = tiny_world();
  const Simulation simulation(world, builtin_terms());
  const Simulation* pointer = &simulation;
  Summary summary(world);
  EXPECT_THROW(run_paired(simulation, {&pointer, 1}, options_of(8), summary, {}),
               std::invalid_argument);
}

}  // namespace
}  // namespace entente
