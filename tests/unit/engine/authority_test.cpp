#include "engine/authority.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/bare_world.hpp"

namespace entente::test {
namespace {

/// One replicate's path of a state: (4, R = 1, T).
float state_at(const Memory& run, const Model& model, AuthorityState which, std::uint32_t step) {
  return run.tiles[0]
      .authority_states[static_cast<std::size_t>(which) * model.calendar.steps() + step];
}

Model ruled_world() {
  Model model = bare_world(4, 2);
  for (std::size_t i = 0; i < 4; ++i) {
    model.actors[i].importance = 0.1F * static_cast<float>(i + 1);
    model.parameters.at(Param::capability, 0, i) = 0.5F;
    model.parameters.at(Param::trade, 0, i) = 0.25F;
  }
  // Engagement 0, 2, 4, 1; coercion none, pressure, force, force.
  model.initial_rungs = {0, 2, 4, 1, 0, 0, 0, 0, 0, 1, 2, 2};
  return model;
}

TEST(Authority, HardlinerShareFollowsPullHardeningAndSoftening) {
  Model model = ruled_world();
  auto& c = model.authorities[0].dynamics;
  c.hardliner_home = 0.8F;
  c.pull = 0.5F;
  c.harden = 0.6F;
  c.soften = 0.4F;
  const double engagement = 0.2 * 0.5 + 0.3 * 1.0 + 0.4 * 0.25;
  const double coercion = 0.2 * 0.5 + 0.3 + 0.4;
  const double expected = 0.5 + (0.5 * (0.8 - 0.5) + 0.6 * coercion - 0.4 * engagement) / 12.0;
  EXPECT_NEAR(state_at(simulate(model, 1), model, AuthorityState::hardliner, 0), expected, 1e-5);
}

TEST(Authority, DistressAndControlFollowTheirBalances) {
  Model model = ruled_world();
  auto& c = model.authorities[0].dynamics;
  c.relax = 0.3F;
  c.freeze = 0.5F;
  c.closure = 2.0F;
  c.recover = 0.4F;
  c.shake = 0.9F;
  c.control_home = 1.0F;
  model.parameters.at(Param::frozen, 0, 0) = 0.8F;
  model.authorities[0].initial_state = {0.5F, 0.2F, 0.7F, 1.0F};
  c.rights_salience_halflife = 1.0F / 12.0F;
  const Memory run = simulate(model, 1);
  const double coercion = 0.2 * 0.5 + 0.3 + 0.4;
  EXPECT_NEAR(state_at(run, model, AuthorityState::distress, 0),
              0.2 + (0.5 * 0.8 + 2.0 * 0.25 * coercion - 0.3 * 0.2) / 12.0, 1e-5);
  EXPECT_NEAR(state_at(run, model, AuthorityState::control, 0),
              0.7 + (0.4 * (1.0 - 0.7) - 0.9 * 0.5 * (0.3 + 0.4)) / 12.0, 1e-5);
  EXPECT_NEAR(state_at(run, model, AuthorityState::rights_salience, 0), 0.5, 1e-6);
}

TEST(Authority, EconomicDividendRelievesDistress) {
  Model model = ruled_world();
  model.sectors = {"trade"};
  model.parameters = ParameterTable(model.extents());
  model.parameters.at(Param::offer, 0, 0) = 1.0F;
  for (std::size_t i = 0; i < 4; ++i) model.parameters.at(Param::interest, 0, i) = 0.5F;
  model.authorities[0].dynamics.dividend = 1.5F;
  model.authorities[0].initial_state[1] = 0.9F;
  const double engagement = 0.2 * 0.5 + 0.3 * 1.0 + 0.4 * 0.25;
  EXPECT_NEAR(state_at(simulate(model, 1), model, AuthorityState::distress, 0),
              0.9 - 1.5 * 0.5 * engagement / 12.0, 1e-5);
}

/// Share of replicates whose authority stands on `rung` of ladder `index` after one certain choice.
double share(Model model, std::size_t index, Rung rung) {
  model.rights.rate = 1000.0F;
  model.posture.rate = 1000.0F;
  constexpr std::size_t replicates = 6000;
  const Memory run = simulate(model, replicates);
  double hits = 0.0;
  for (const auto& tile : run.tiles) {
    for (std::size_t r = 0; r < tile.replicates; ++r) {
      const auto at = (index * tile.replicates + r) * model.calendar.steps();
      hits += tile.authority_rungs[at] == rung ? 1.0 : 0.0;
    }
  }
  return hits / replicates;
}

TEST(Authority, RightsChoiceIsALogitOfInducementReliefDoctrineAndRally) {
  Model model = ruled_world();
  auto& c = model.authorities[0].dynamics;
  c.inducement = 2.0F;
  c.relief = 1.5F;
  c.doctrine = 1.2F;
  c.rally = 0.7F;
  c.temperature = 0.5F;
  model.rights.up = 0.2F;
  model.rights.down = 0.1F;
  model.authorities[0].initial_rights = 1;
  model.authorities[0].initial_state = {0.6F, 0.4F, 1.0F, 0.0F};
  for (std::size_t i = 0; i < 4; ++i) {
    model.parameters.at(Param::rights_sensitivity, 0, i) = 0.8F;
    model.parameters.at(Param::rights_weight, 0, i) = 0.9F;
  }
  const double gap = 0.9 * 0.8 * (0.1 * 1.0 + 0.2 * 0.5 + 0.3 * 0.0 + 0.4 * 0.75);
  const double coercion = 0.2 * 0.5 + 0.3 + 0.4;
  const double slope = 2.0 * gap + 0.4 * 1.5 - 1.2 * 0.6 - 0.7 * coercion;
  const double up = std::exp((slope * (0.67 - 0.33) - 0.2) / 0.5);
  const double down = std::exp((slope * (0.0 - 0.33) - 0.1) / 0.5);
  const double error = 5.0 * std::sqrt(0.25 / 6000.0);
  EXPECT_NEAR(share(model, 0, 2), up / (1.0 + up + down), error);
  EXPECT_NEAR(share(model, 0, 0), down / (1.0 + up + down), error);
}

TEST(Authority, PostureChoiceIsALogitOfInducementDeterrenceRallyEnmityAndKinship) {
  Model model = ruled_world();
  add_group(model, 0.0F);
  model.groups[0].initial_activity = 1.5F;
  auto& c = model.authorities[0].dynamics;
  c.posture_inducement = 1.1F;
  c.deterrence = 2.2F;
  c.posture_rally = 0.8F;
  model.parameters.at(Param::enmity, 0, 0) = 0.6F;
  model.parameters.at(Param::kinship, 0, 0) = 0.9F;
  for (std::size_t i = 0; i < 4; ++i) model.parameters.at(Param::exposure, 0, i) = 0.5F;
  const double engagement = 0.5 * (0.2 * 0.5 + 0.3 * 1.0 + 0.4 * 0.25);
  const double all_coercion = 0.2 * 0.5 + 0.3 + 0.4;
  // Reversion 0 keeps ln a at its start.
  const double slope =
      1.1 * engagement + 2.2 * 0.5 * all_coercion - 0.8 * all_coercion + 0.6 * 1.5 - 0.9;
  const double up = std::exp(slope * (0.4 + 0.3));
  const double down = std::exp(slope * (-1.0 + 0.3));
  const double error = 5.0 * std::sqrt(0.25 / 6000.0);
  EXPECT_NEAR(share(model, 1, 2), up / (1.0 + up + down), error);
  EXPECT_NEAR(share(model, 1, 0), down / (1.0 + up + down), error);
}

}  // namespace
}  // namespace entente::test
