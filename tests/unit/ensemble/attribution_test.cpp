#include "ensemble/attribution.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"

namespace entente::detail {
namespace {

/// Drivers of an actor in a world of conformity, drift and rivalry.
struct Fixture {
  Fixture() : simulation(world(), builtin_terms()), drivers(simulation.driver_names().size()) {
    at("alignment_weight") = 1.0F;
    at("alignment.engagement") = 0.6F;
    at("rivalry") = 0.5F;
  }
  static Model world() {
    Model model = test::bare_world(2, 1);
    model.ladders[0].economic = {0.0F, 0.1F, 0.5F, 0.7F, 1.0F};
    model.terms = {{"alignment", {4.0F}}, {"rivalry", {2.0F}}};
    model.temperature = 0.5F;
    return model;
  }
  [[nodiscard]] std::size_t column(std::string_view name) const {
    std::size_t at = 0;
    while (simulation.driver_names().at(at) != name) ++at;
    return at;
  }
  float& at(std::string_view name) { return drivers[column(name)]; }
  [[nodiscard]] Attribution attributed(Rung own, const std::vector<std::size_t>& columns,
                                       const std::vector<double>& shares) const {
    Attribution out;
    attribute(simulation, LadderRole::engagement,
              {own, drivers, columns, shares, shares.size() / columns.size()}, out);
    return out;
  }
  /// Log-odds of rising in closed form.
  [[nodiscard]] static double log_odds(Rung own, double alignment, double rivalry) {
    const std::array<double, 5> economic{0.0, 0.1, 0.5, 0.7, 1.0};
    const auto utility = [&](int r) {
      const double gap = r / 4.0 - alignment;
      return (-4.0 * gap * gap + 2.0 * rivalry * economic.at(static_cast<std::size_t>(r))) / 0.5;
    };
    const double up = utility(own + 1) - utility(own);
    return own == 0 ? up : up - std::log1p(std::exp(utility(own - 1) - utility(own)));
  }

  Simulation simulation;
  std::vector<float> drivers;
};

TEST(Attribution, ShareIsWhatTheLogOddsLoseWithoutOne) {
  const Fixture world;
  const auto out = world.attributed(
      0, {world.column("alignment.engagement"), world.column("rivalry")}, {0.1, 0.3, 0.2, 0.0});
  const double with = Fixture::log_odds(0, 0.6, 0.5);
  EXPECT_NEAR(out.log_odds[0], with - Fixture::log_odds(0, 0.5, 0.3), 1e-5);
  EXPECT_NEAR(out.log_odds[1], with - Fixture::log_odds(0, 0.3, 0.5), 1e-5);
}

TEST(Attribution, SharesSumToWhatAllDoTogetherAlsoAboveTheLowestRung) {
  const Fixture world;
  const auto out = world.attributed(
      2, {world.column("alignment.engagement"), world.column("rivalry")}, {0.1, 0.3, 0.2, 0.0});
  const double with = Fixture::log_odds(2, 0.6, 0.5), alone = Fixture::log_odds(2, 0.2, 0.3);
  EXPECT_NEAR(out.log_odds[0] + out.log_odds[1], with - alone, 1e-5);
  EXPECT_NEAR(out.probability, 1.0 / (1.0 + std::exp(-with)), 1e-6);
  EXPECT_NEAR(out.probability_without, 1.0 / (1.0 + std::exp(-alone)), 1e-6);
  EXPECT_NEAR(out.credit[0] + out.credit[1], 1.0 - out.probability_without / out.probability,
              1e-12);
  EXPECT_NEAR(out.credit[0] / out.credit[1], out.log_odds[0] / out.log_odds[1], 1e-9);
}

TEST(Attribution, NobodyIsCreditedWithWhatAllTogetherHinder) {
  Fixture world;
  world.at("rivalry") = 0.5F;
  // The first one raises the log-odds, the second lowers them by more.
  const auto out = world.attributed(
      0, {world.column("alignment.engagement"), world.column("rivalry")}, {0.01, 0.0, 0.0, -2.0});
  EXPECT_GT(out.log_odds[0], 0.0);
  EXPECT_LT(out.log_odds[1], 0.0);
  EXPECT_EQ(out.credit, (std::vector<double>{0.0, 0.0}));
  EXPECT_EQ(out.own_reasons, 1.0);
}

TEST(Attribution, WithoutEarlierMoversAllIsOwnReasons) {
  const Fixture world;
  const auto out = world.attributed(0, {world.column("rivalry")}, {});
  EXPECT_EQ(out.own_reasons, 1.0);
  EXPECT_EQ(out.probability, out.probability_without);
}

}  // namespace
}  // namespace entente::detail
