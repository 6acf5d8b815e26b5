#include "levers.hpp"

#include <gtest/gtest.h>

#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"

namespace entente::cli {
namespace {

TEST(DriverLabel, LeavesOutTheLadderAndWhatACovariateIs) {
  EXPECT_EQ(driver_label("alignment.recognition"), "alignment");
  EXPECT_EQ(driver_label("security_weight"), "security_weight");
  EXPECT_EQ(driver_label("covariate.religion"), "religion");
}

TEST(RungNeeded, IsTheNextThatSuffices) {
  const Model model = test::bare_world(1, 1);  // engagement of five rungs: 0, 1/4 ... 1
  EXPECT_EQ(rung_needed(model, "engagement", 0.25, 0.6), "mission");
  EXPECT_EQ(rung_needed(model, "engagement", 0.25, 0.75), "mission");
  EXPECT_EQ(rung_needed(model, "engagement", 1.0, 0.6), "dialogue");
  EXPECT_EQ(rung_needed(model, "coercion", 0.0, 0.1), "pressure");
  EXPECT_EQ(rung_needed(model, "security", 0.0, 0.1), "");
}

TEST(Levers, PutWhatIsInReachBeforeWhatIsNot) {
  Model model = test::bare_world(1, 1);
  model.ladders[1].baseline = {0.0F, -4.0F};
  model.ladders[1].signal = {0.0F, 1.0F};
  model.ladders[1].exposure = {0.0F, 1.0F};
  model.terms = {
      {"baseline", {1.0F}}, {"confrontation", {6.0F}}, {"pressure", {2.0F}}, {"bandwagon", {5.0F}}};
  const Simulation simulation(model, builtin_terms());
  std::vector<double> drivers(simulation.driver_names().size());
  const auto levers = find_levers(simulation, {0, LadderRole::recognition, 0, 0, 1}, drivers,
                                  {-4.0, 0.0, 0.0, 0.0}, {1.0, 0.0}, {});
  std::vector<std::string> names;
  for (const auto& needed : levers.drivers) {
    names.push_back(simulation.driver_names()[needed.column]);
  }
  // 4 / 6 of the range, 4 / 5 of it, and one that only makes things worse.
  EXPECT_EQ(names, (std::vector<std::string>{"confrontation", "bandwagon", "pressure"}));
  EXPECT_FALSE(levers.likely());
  EXPECT_EQ(levers.constant, std::vector<std::string>{"baseline"});
  EXPECT_TRUE(levers.looks_at_others);  // through the bandwagon, though nobody is there
  EXPECT_TRUE(levers.others->actors.empty());
}

}  // namespace
}  // namespace entente::cli
