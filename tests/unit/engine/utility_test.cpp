#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"
#include "support/tiny_world.hpp"

namespace entente {
namespace {

constexpr std::size_t replicates = 6;

/// Calls check(ladder, own, drivers, contributions) for every decision of a recorded run.
template <class Check>
void for_each_decision(const Simulation& simulation, const TileResult& tile, const Check& check) {
  const Model& model = simulation.model();
  const std::size_t steps = model.calendar.steps();
  const std::size_t actors = model.actors.size();
  const std::size_t terms = simulation.term_names().size();
  const std::size_t columns = simulation.driver_names().size();
  for (const auto role : all_ladders) {
    for (std::size_t r = 0; r < tile.replicates; ++r) {
      for (std::size_t t = 0; t < steps; ++t) {
        for (std::size_t i = 0; i < actors; ++i) {
          const std::size_t at = ((index_of(role) * tile.replicates + r) * steps + t) * actors + i;
          const float* drivers = &tile.drivers[((r * steps + t) * actors + i) * columns];
          const float* terms_at = &tile.contributions[at * terms * 2];
          check(role, tile.decided_from[at], std::span(drivers, columns),
                std::span(terms_at, terms * 2));
        }
      }
    }
  }
}

TEST(Contributions, OfRecordedDriversAreThoseRecorded) {
  const Simulation simulation(test::tiny_world(), builtin_terms());
  RunOptions options;
  options.replicates = replicates;
  options.record = RecordLevel::full;
  const auto memory = test::simulate(simulation.model(), options);
  std::size_t decisions = 0;
  for (const auto& tile : memory.tiles) {
    for_each_decision(simulation, tile, [&](auto role, Rung own, auto drivers, auto recorded) {
      const auto found = simulation.contributions(role, own, drivers);
      EXPECT_TRUE(std::equal(found.begin(), found.end(), recorded.begin(), recorded.end()));
      ++decisions;
    });
  }
  EXPECT_EQ(decisions, ladder_count * replicates * simulation.model().calendar.steps() *
                           simulation.model().actors.size());
}

TEST(Capture, DecisionsAreTakenOnWhatEventsLeft) {
  Model model = test::bare_world(2, 3);
  const std::uint64_t first = model.rung_index(0, LadderRole::recognition, 0);
  model.events.push_back({"recognition", "", 1, 1, forever, 1.0F, {}, {}});
  model.events.back().changes.push_back({EventOp::set, Space::rung, {first}, 1.0F, 0.0F});
  RunOptions options;
  options.record = RecordLevel::full;
  const auto memory = test::simulate(model, options);
  const auto from = [&](std::size_t step, std::size_t actor) {
    return memory.tiles.at(0).decided_from.at((index_of(LadderRole::recognition) * 3 + step) * 2 +
                                              actor);
  };
  EXPECT_EQ(from(0, 0), 0);
  EXPECT_EQ(from(1, 0), 1);  // at once, not only from the next step on
  EXPECT_EQ(from(2, 0), 1);
  EXPECT_EQ(from(1, 1), 0);
}

TEST(Contributions, DependOnWhatTheTermReadsAlone) {
  const Simulation simulation(test::tiny_world(), builtin_terms());
  const std::size_t terms = simulation.term_names().size();
  const std::vector<float> base(simulation.driver_names().size(), 0.3F);
  for (const auto role : all_ladders) {
    const auto before = simulation.contributions(role, 0, base);
    for (std::size_t column = 0; column < base.size(); ++column) {
      auto moved = base;
      moved[column] = 0.7F;
      const auto after = simulation.contributions(role, 0, moved);
      for (std::size_t term = 0; term < terms; ++term) {
        const auto reads = simulation.drivers_of(role, term);
        if (std::find(reads.begin(), reads.end(), column) != reads.end()) continue;
        EXPECT_EQ(before[term * 2 + 1], after[term * 2 + 1])
            << simulation.term_names()[term] << " of " << simulation.driver_names()[column];
      }
    }
  }
}

TEST(Contributions, NameTheDriversOfTheLadder) {
  const Simulation simulation(test::tiny_world(), builtin_terms());
  const auto names = [&](LadderRole role) {
    std::vector<std::string> out;
    for (const auto column : simulation.drivers_of(role)) {
      out.push_back(simulation.driver_names()[column]);
    }
    return out;
  };
  const auto has = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  EXPECT_TRUE(has(names(LadderRole::recognition), "alignment.recognition"));
  EXPECT_FALSE(has(names(LadderRole::recognition), "alignment.engagement"));
  EXPECT_TRUE(has(names(LadderRole::recognition), "rights_weight"));
  EXPECT_FALSE(has(names(LadderRole::coercion), "cover"));
}

TEST(Contributions, RefuseWhatIsNoDecision) {
  const Simulation simulation(test::tiny_world(), builtin_terms());
  const std::vector<float> drivers(simulation.driver_names().size());
  EXPECT_THROW((void)simulation.contributions(LadderRole::recognition, 2, drivers),
               std::invalid_argument);
  EXPECT_THROW((void)simulation.contributions(LadderRole::recognition, 0, {drivers.data(), 3}),
               std::invalid_argument);
}

}  // namespace
}  // namespace entente
