#include "entente/ensemble/enough.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"
#include "support/tiny_world.hpp"

namespace entente {
namespace {

using test::bare_world;

constexpr auto recognition = LadderRole::recognition;
constexpr auto engagement = LadderRole::engagement;

/// Recognition drawn by confrontation (slope 6) against a baseline of -4.
Model two_options() {
  Model model = bare_world(1, 1);
  model.ladders[1].baseline = {0.0F, -4.0F};
  model.ladders[1].signal = {0.0F, 1.0F};
  model.parameters.at(Param::confrontation, 0, 0) = 0.25F;
  model.terms = {{"baseline", {1.0F}}, {"confrontation", {6.0F}}};
  return model;
}

/// Engagement in its middle, drawn up and down by security.
Model three_options() {
  Model model = bare_world(1, 1);
  model.ladders[0].baseline = {0.0F, 0.3F, 0.0F, -0.4F, 0.0F};
  model.ladders[0].security = {0.0F, 0.4F, 0.6F, 0.7F, 1.0F};
  model.temperature = 0.2F;
  model.terms = {{"baseline", {1.0F}},
                 {"security",
                  {
                      2.0F,
                  }}};
  return model;
}

std::vector<float> zeros(const Simulation& simulation) {
  return std::vector<float>(simulation.driver_names().size());
}

std::size_t column(const Simulation& simulation, const char* name) {
  const auto& names = simulation.driver_names();
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

TEST(NearestTurn, IsTheRootOfALine) {
  const auto line = [](double x) { return 3.0 * x - 2.0; };
  EXPECT_NEAR(nearest_turn(line, 0.1, {0.0, 1.0}).value(), 2.0 / 3.0, 1e-12);
  EXPECT_NEAR(nearest_turn(line, 0.9, {0.0, 1.0}).value(), 2.0 / 3.0, 1e-12);
}

TEST(NearestTurn, TakesTheNearerOfTwo) {
  const auto parabola = [](double x) { return (x - 0.2) * (x - 0.7); };
  EXPECT_NEAR(nearest_turn(parabola, 0.4, {0.0, 1.0}).value(), 0.2, 1e-12);
  EXPECT_NEAR(nearest_turn(parabola, 0.5, {0.0, 1.0}).value(), 0.7, 1e-12);
}

TEST(NearestTurn, IsNothingBeyondTheBounds) {
  const auto line = [](double x) { return x - 1.5; };
  EXPECT_FALSE(nearest_turn(line, 0.5, {0.0, 1.0}));
  EXPECT_FALSE(nearest_turn(line, 0.5, {0.5, 0.5}));
  EXPECT_NEAR(nearest_turn(line, 0.5, {0.0, 1.5}).value(), 1.5, 1e-12);
}

TEST(NearestTurn, LiesOnTheFarSide) {
  const auto line = [](double x) { return x - 0.3; };
  EXPECT_GE(line(nearest_turn(line, 0.0, {0.0, 1.0}).value()), 0.0);
  EXPECT_LT(line(nearest_turn(line, 1.0, {0.0, 1.0}).value()), 0.0);
}

TEST(Enough, OfALinearDriverIsGapOverSlope) {
  const Simulation simulation(two_options(), builtin_terms());
  auto drivers = zeros(simulation);
  const auto x = column(simulation, "confrontation");
  drivers[x] = 0.25F;
  const ChoiceOf choice{0, recognition, 0, 0, 1};
  EXPECT_NEAR(log_odds(simulation, choice, drivers), 6.0 * 0.25 - 4.0, 1e-6);
  const auto found = enough_by_driver(simulation, choice, drivers);
  ASSERT_EQ(found.size(), 1U);  // trust and the like do nothing here
  EXPECT_EQ(found[0].column, x);
  EXPECT_EQ(found[0].actual, 0.25);
  EXPECT_NEAR(found[0].value.value(), 0.25 + 2.5 / 6.0, 1e-6);
  EXPECT_NEAR(found[0].best_log_odds, 2.0, 1e-6);  // at 1
}

TEST(Enough, SaysHowFarADriverOutOfReachWouldGo) {
  Model model = two_options();
  model.ladders[1].baseline = {0.0F, -7.0F};
  const Simulation simulation(model, builtin_terms());
  const auto found = enough_by_driver(simulation, {0, recognition, 0, 0, 1}, zeros(simulation));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(found[0].value);
  EXPECT_EQ(found[0].best, 1.0);
  EXPECT_NEAR(found[0].best_log_odds, -1.0, 1e-6);
}

TEST(Enough, OfWhatWasMoreLikelyThanNotTakesThatAway) {
  const Simulation simulation(two_options(), builtin_terms());
  auto drivers = zeros(simulation);
  drivers[column(simulation, "confrontation")] = 0.9F;
  const auto found = enough_by_driver(simulation, {0, recognition, 0, 0, 1}, drivers);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(found[0].value.value(), 4.0 / 6.0, 1e-6);
}

TEST(Enough, WithThreeOptionsIsWhatAGridFinds) {
  const Simulation simulation(three_options(), builtin_terms());
  auto drivers = zeros(simulation);
  drivers[column(simulation, "trust")] = 1.0F;
  drivers[column(simulation, "security_weight")] = 1.0F;
  const auto x = column(simulation, "security");
  for (const Rung option : {Rung{1}, Rung{3}}) {
    const ChoiceOf choice{0, engagement, 0, 2, option};
    double grid = 9.0;  // nearest to 0 at which the option has half of the three
    for (int n = -100000; n <= 100000; ++n) {
      const double s = n * 1e-5;
      const double below = std::exp((0.3 - 0.4 * s) / 0.2);
      const double above = std::exp((-0.4 + 0.2 * s) / 0.2);
      const double p = (option == 1 ? below : above) / (1.0 + below + above);
      if ((p >= 0.5) != (option == 1) && std::abs(s) < std::abs(grid)) grid = s;
    }
    const auto found = enough_by_driver(simulation, choice, drivers);
    const auto security =
        std::find_if(found.begin(), found.end(), [&](const auto& f) { return f.column == x; });
    ASSERT_NE(security, found.end());
    EXPECT_EQ(security->value.has_value(), grid < 9.0);
    EXPECT_NEAR(security->value.value_or(9.0), grid, 2e-5);
  }
}

TEST(Enough, PutBackInGivesEvenOdds) {
  const Simulation simulation(test::tiny_world(), builtin_terms());
  auto drivers = zeros(simulation);
  for (std::size_t x = 0; x < drivers.size(); ++x)
    drivers[x] = 0.1F + 0.03F * static_cast<float>(x);
  std::size_t answers = 0;
  for (const auto ladder : all_ladders) {
    for (Rung own = 0; own < 4; ++own) {
      const auto top = static_cast<Rung>(simulation.model().ladders[index_of(ladder)].size() - 1);
      for (const int move : {-1, 1}) {
        if (own > top || own + move < 0 || own + move > top) continue;
        const ChoiceOf choice{0, ladder, 0, own, static_cast<Rung>(own + move)};
        for (const auto& needed : enough_by_driver(simulation, choice, drivers)) {
          if (!needed.value) continue;
          auto changed = drivers;
          changed[needed.column] = static_cast<float>(*needed.value);
          EXPECT_NEAR(1.0 / (1.0 + std::exp(-log_odds(simulation, choice, changed))), 0.5, 1e-3);
          ++answers;
        }
      }
    }
  }
  EXPECT_GE(answers, 10U);
}

TEST(LogOdds, OfHugeUtilitiesAreFinite) {
  Model model = three_options();
  model.terms = {{"baseline", {1.0F}}};
  model.ladders[0].baseline = {0.0F, 500.0F, 0.0F, 600.0F, 0.0F};
  model.temperature = 0.5F;
  const Simulation simulation(model, builtin_terms());
  const auto drivers = zeros(simulation);
  // ln(1 + e^1000) is 1000 to the last digit.
  EXPECT_DOUBLE_EQ(log_odds(simulation, {0, engagement, 0, 2, 3}, drivers), 200.0);
  EXPECT_DOUBLE_EQ(log_odds(simulation, {0, engagement, 0, 2, 1}, drivers), -200.0);
}

TEST(LogOdds, RefusesWhatIsNoOption) {
  const Simulation simulation(two_options(), builtin_terms());
  const auto drivers = zeros(simulation);
  EXPECT_THROW((void)log_odds(simulation, {0, recognition, 0, 1, 2}, drivers),
               std::invalid_argument);
  EXPECT_THROW((void)log_odds(simulation, {0, recognition, 0, 0, 0}, drivers),
               std::invalid_argument);
}

/// Five actors of equal importance; the first looks at the others with weights 1/2, 1/4, 1/8, 1/8.
Model peers() {
  Model model = bare_world(5, 1);
  const std::vector<double> rows{0, 1, 4, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0,
                                 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  model.alignment = Relation::normalised(5, rows);
  model.ladders[1].baseline = {0.0F, -5.0F};
  model.ladders[1].signal = {0.0F, 1.0F};
  model.ladders[1].exposure = {0.0F, 1.0F};
  model.parameters.at(Param::rights_sensitivity, 0, 0) = 1.0F;
  model.terms = {
      {"baseline", {1.0F}}, {"rights", {1.0F, 0.5F}}, {"alignment", {2.5F}}, {"bandwagon", {4.0F}}};
  return model;
}

/// The drivers of the first actor's choice, and where the others stood.
std::pair<std::vector<float>, Standing> first_choice(const Simulation& simulation) {
  RunOptions options;
  options.record = RecordLevel::full;
  const Model& model = simulation.model();
  const auto run = test::simulate(model, options);
  const auto& tile = run.tiles[0];
  const auto size = static_cast<std::ptrdiff_t>(simulation.driver_names().size());
  Standing standing(model.actors.size() * 2);
  for (std::size_t j = 0; j < model.actors.size(); ++j) {
    standing[j * 2 + model.initial_rungs[model.rung_index(0, recognition, j)]] = 1.0;
  }
  return {{tile.drivers.begin(), tile.drivers.begin() + size}, standing};
}

TEST(EnoughByOthers, IsWhatTheEngineGivesWithThemThere) {
  Model model = peers();
  const Simulation before(model, builtin_terms());
  const auto [drivers, standing] = first_choice(before);
  const ChoiceOf choice{0, recognition, 0, 0, 1};
  const auto moved = enough_by_others(before, choice, drivers, standing).value();
  ASSERT_FALSE(moved.actors.empty());
  EXPECT_EQ(moved.actors[0], 2U);  // weighs most
  EXPECT_TRUE(moved.enough);
  for (const auto j : moved.actors) {
    model.initial_rungs[model.rung_index(0, recognition, j)] = 1;
  }
  const Simulation after(model, builtin_terms());
  EXPECT_NEAR(log_odds(after, choice, first_choice(after).first), moved.log_odds, 1e-4);
}

TEST(EnoughByOthers, OneFewerWouldNotHaveBeen) {
  const Simulation simulation(peers(), builtin_terms());
  const auto [drivers, standing] = first_choice(simulation);
  const ChoiceOf choice{0, recognition, 0, 0, 1};
  const auto all = enough_by_others(simulation, choice, drivers, standing).value();
  const auto most = all.actors.size() - 1;
  const auto fewer = enough_by_others(simulation, choice, drivers, standing, {}, most).value();
  EXPECT_EQ(fewer.actors.size(), most);
  EXPECT_FALSE(fewer.enough);
}

TEST(EnoughByOthers, PassesOverWhoCannotMoveOrStandsThere) {
  Model model = peers();
  model.initial_rungs[model.rung_index(0, recognition, 2)] = 1;
  const Simulation simulation(model, builtin_terms());
  const auto [drivers, standing] = first_choice(simulation);
  std::vector<bool> fixed(5);
  fixed[3] = true;
  const auto moved =
      enough_by_others(simulation, {0, recognition, 0, 0, 1}, drivers, standing, fixed).value();
  EXPECT_EQ(moved.actors, (std::vector<std::size_t>{1, 4}));
}

TEST(EnoughByOthers, SaysNothingWhereEventsChangeTheRelationOrNobodyIsLookedAt) {
  Model model = peers();
  const Simulation plain(two_options(), builtin_terms());
  EXPECT_FALSE(enough_by_others(plain, {0, recognition, 0, 0, 1}, zeros(plain), {1.0, 0.0}));
  Event event;
  event.id = "estranged";
  event.changes.push_back({EventOp::set, Space::alignment, {2}, 0.0F});
  model.events.push_back(event);
  const Simulation simulation(model, builtin_terms());
  const auto [drivers, standing] = first_choice(simulation);
  EXPECT_FALSE(enough_by_others(simulation, {0, recognition, 0, 0, 1}, drivers, standing));
}

TEST(DriverBounds, AreThoseOfParametersAndHoldTheActualValue) {
  const Simulation simulation(peers(), builtin_terms());
  const ChoiceOf choice{0, recognition, 0, 0, 1};
  const auto bounds = [&](const char* name, double actual, std::size_t actor = 0) {
    ChoiceOf of = choice;
    of.actor = actor;
    const Bounds found = driver_bounds(simulation, of, column(simulation, name), actual);
    return std::pair{found.low, found.high};
  };
  EXPECT_EQ(bounds("rights_weight", 1.0), std::pair(0.0, 10.0));
  EXPECT_EQ(bounds("cover", 0.5), std::pair(0.0, 1.0));
  EXPECT_EQ(bounds("security", -1.5), std::pair(-1.5, 1.0));
  EXPECT_EQ(bounds("alignment.recognition", 0.0, 1), std::pair(0.0, 0.0));  // looks at nobody
}

}  // namespace
}  // namespace entente
