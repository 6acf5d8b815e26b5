#include "entente/ensemble/event_times.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"

namespace entente {
namespace {

constexpr std::size_t replicates = 200;

/// Of every event of a model, a mark that the record shows: the capability of actor e.
///
/// The marks change nothing else: no term reads capability here.
Model marked(Model model) {
  for (std::size_t e = 0; e < model.events.size(); ++e) {
    const auto slot = model.parameters.slot(Param::capability, 0, e);
    model.parameters.at(Param::capability, 0, e) = 0.0F;
    model.events[e].changes.push_back({EventOp::set, Space::parameter, {slot}, 1.0F});
  }
  return model;
}

/// Twelve actors that climb at random, an authority that drifts, and events of every condition.
Model world() {
  Model model = test::bare_world(12, 30);
  for (auto& ladder : model.ladders) ladder.rate = 2.0F;
  model.rights = {"rights", {"low", "high"}, {0.0F, 1.0F}, 1.0F, 0.0F, 0.0F};
  model.authorities[0].dynamics.hardliner_noise = 0.4F;
  // Read capability, so that it is recorded; weigh it with next to nothing.
  model.terms = {{"grievance", {1e-6F}}};
  const auto event = [&](const char* id, std::uint32_t first, float probability) -> Event& {
    Event added;
    added.id = id;
    added.first_step = first;
    added.probability = probability;
    model.events.push_back(added);
    return model.events.back();
  };
  event("certain", 4, 1.0F);
  event("coin", 7, 0.5F);
  CountCondition many{0, LadderRole::engagement, 2, {0, 1, 2, 3, 4, 5, 6, 7}};
  many.at_least = 3.0F;
  event("crowd", 2, 0.8F).when = {many};
  CountCondition weight{0, LadderRole::recognition, 1, {1, 2, 3, 9, 10}, true};
  weight.at_least = 0.2F;
  event("weight", 0, 1.0F).when = {weight};
  StateCondition hard{0, AuthorityState::hardliner};
  hard.at_least = 0.6F;
  event("hard", 3, 1.0F).when = {hard, AuthorityRungCondition{0, 0, 1, 1}};
  event("window", 5, 1.0F).when = {many};
  model.events.back().last_step = 9;
  return marked(std::move(model));
}

TEST(EventTimes, AreThoseOfTheEngine) {
  const Model model = world();
  RunOptions options;
  options.replicates = replicates;
  options.record = RecordLevel::full;
  const auto run = test::simulate(model, options);
  const Simulation names(model, builtin_terms());
  const auto& columns = names.driver_names();
  const auto capability = static_cast<std::size_t>(
      std::find(columns.begin(), columns.end(), "capability") - columns.begin());
  std::vector<std::size_t> fired(model.events.size());
  for (const auto& tile : run.tiles) {
    for (std::size_t r = 0; r < tile.replicates; ++r) {
      const auto times = event_times(model, tile, r);
      for (std::size_t e = 0; e < model.events.size(); ++e) {
        std::optional<std::uint32_t> expected;
        for (std::uint32_t t = 0; t < model.calendar.steps() && !expected; ++t) {
          const std::size_t row = (r * model.calendar.steps() + t) * model.actors.size() + e;
          if (tile.drivers[row * columns.size() + capability] == 1.0F) expected = t;
        }
        EXPECT_EQ(times[e], expected) << model.events[e].id << ", replicate " << r;
        fired[e] += expected ? 1U : 0U;
      }
    }
  }
  for (std::size_t e = 0; e < model.events.size(); ++e) EXPECT_GT(fired[e], 0U) << e;
  EXPECT_EQ(fired[0], replicates);
  for (const std::size_t e : {1U, 2U, 4U, 5U}) EXPECT_LT(fired[e], replicates) << e;
}

TEST(EventTimes, NeedTheRungs) {
  RunOptions options;
  options.record = RecordLevel::summary;
  const Model model = test::bare_world(2, 2);
  const auto run = test::simulate(model, options);
  EXPECT_THROW((void)event_times(model, run.tiles[0], 0), std::invalid_argument);
}

}  // namespace
}  // namespace entente
