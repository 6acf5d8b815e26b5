#include "engine/threats.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"

namespace entente::detail {
namespace {

constexpr std::size_t lanes = 64;

/// Runs `steps` steps of stage 2 and returns the tile.
Tile struck(const CompiledModel& m, std::uint32_t steps, std::size_t first_replicate = 0) {
  Tile tile(m, lanes);
  tile.reset(m, first_replicate, lanes);
  const auto blocks = m.strike_blocks(lanes);
  Workspace work(m, tile, m.block_actors(lanes));
  for (std::uint32_t step = 0; step < steps; ++step) {
    drift_activity(m, tile, step);
    for (const auto& block : blocks) {
      work.enter(m, tile, block.actors);
      strike(m, tile, block.group, work, step);
    }
  }
  return tile;
}

TEST(Threats, AttacksInAStepArePoissonWithTheStatedMean) {
  constexpr std::size_t actors = 40;
  Model model = test::bare_world(actors, 1);
  test::add_group(model, 30.0F);
  model.groups[0].effect = 0.5F;
  model.authorities[0].initial_posture[0] = 2;  // restrains: p = 0.4
  for (std::size_t i = 0; i < actors; ++i) model.parameters.at(Param::exposure, 0, i) = 0.6F;
  const CompiledModel m(model, builtin_terms());
  const double mean = 30.0 / 12.0 * 0.6 * (1.0 - 0.5 * 0.4);
  std::map<int, double> seen;
  double n = 0.0;
  for (std::size_t tiles = 0; tiles < 20; ++tiles) {
    for (const float attacks : struck(m, 1, tiles * lanes).salience) {
      seen[static_cast<int>(attacks)] += 1.0;
      n += 1.0;
    }
  }
  double mass = std::exp(-mean);
  for (int k = 0; k < 7; ++k) {
    EXPECT_NEAR(seen[k] / n, mass, 5.0 * std::sqrt(mass * (1.0 - mass) / n)) << k << " attacks";
    mass *= mean / (k + 1);
  }
}

TEST(Threats, UnexposedActorsAreNeverStruck) {
  Model model = test::bare_world(6, 1);
  test::add_group(model, 500.0F);
  model.parameters.at(Param::exposure, 0, 2) = 1.0F;
  const CompiledModel m(model, builtin_terms());
  const Tile tile = struck(m, 3);
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t l = 0; l < lanes; ++l) {
      if (i == 2) {
        EXPECT_GT(tile.salience[i * lanes + l], 0.0F);
      } else {
        EXPECT_EQ(tile.salience[i * lanes + l], 0.0F);
      }
    }
  }
}

TEST(Threats, SalienceHalvesInItsHalflifeAndIsCapped) {
  Model model = test::bare_world(2, 1);
  test::add_group(model, 0.0F);
  model.groups[0].halflife = 0.25F;
  model.initial_salience = {0.8F, 0.2F};
  const Tile quiet = struck(CompiledModel(model, builtin_terms()), 3);
  EXPECT_NEAR(quiet.salience[0], 0.4F, 1e-6F);
  EXPECT_NEAR(quiet.salience[lanes], 0.1F, 1e-6F);

  model.groups[0].salience_cap = 1.5F;
  model.parameters.at(Param::attack_rate, 0, 0) = 900.0F;
  model.parameters.at(Param::exposure, 0, 0) = 1.0F;
  const Tile busy = struck(CompiledModel(model, builtin_terms()), 2);
  EXPECT_EQ(busy.salience[0], 1.5F);
}

TEST(Threats, ActivityRevertsToItsStationaryLaw) {
  Model model = test::bare_world(1, 1);
  test::add_group(model, 0.0F);
  model.groups[0].reversion = 3.0F;
  model.groups[0].volatility = 0.8F;
  model.groups[0].initial_activity = 4.0F;
  const CompiledModel m(model, builtin_terms());
  double sum = 0.0, squares = 0.0, n = 0.0;
  for (std::size_t tiles = 0; tiles < 40; ++tiles) {
    const Tile tile = struck(m, 60, tiles * lanes);
    for (std::size_t l = 0; l < lanes; ++l) {
      EXPECT_NEAR(tile.activity[l] / std::exp(tile.log_activity[l]), 1.0F, 1e-6F);
      sum += tile.log_activity[l];
      squares += tile.log_activity[l] * tile.log_activity[l];
      n += 1.0;
    }
  }
  // Autoregression of order one: variance of the shocks over 1 - keep^2.
  const double keep = 1.0 - 3.0 / 12.0;
  const double variance = 0.8 * 0.8 / 12.0 / (1.0 - keep * keep);
  EXPECT_NEAR(sum / n, 0.0, 5.0 * std::sqrt(variance / n));
  EXPECT_NEAR(squares / n, variance, 5.0 * variance * std::sqrt(2.0 / n));
}

}  // namespace
}  // namespace entente::detail
