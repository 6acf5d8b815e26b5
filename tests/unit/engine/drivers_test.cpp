#include "engine/drivers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "engine/decide.hpp"
#include "engine/events.hpp"
#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"

namespace entente::detail {
namespace {

constexpr std::size_t lanes = 8;

/// Drivers of one actor, replicate 0, on the initial state: computed for the whole block, and again
/// for this element alone.
class DriversOf {
 public:
  DriversOf(const Model& model, std::size_t actor, std::size_t authority = 0) {
    const CompiledModel m(model, builtin_terms());
    Tile tile(m, lanes);
    Workspace work(m, tile, m.block_actors(lanes));
    tile.reset(m, 0, lanes);
    apply_events(m, tile, 0);
    std::size_t element = 0;
    for (const auto& block : m.blocks(lanes)) {
      if (actor < block.first || actor >= block.first + block.count) continue;
      work.enter(m, tile, block);
      element = (actor - block.first) * lanes;
    }
    const AuthorityRows shared(m, tile, authority);
    Fixed fixed(m);
    tile.fixed = &fixed;
    refresh_fixed(m, tile, shared, authority, work);
    work.take_all();
    const auto whole = rows(m, tile, shared, authority, work, element);
    std::fill_n(work.flags.data(), work.elements, std::uint8_t{0});
    work.flags[element] = 1;
    work.take_flagged();
    EXPECT_EQ(work.size, 1U);
    EXPECT_EQ(rows(m, tile, shared, authority, work, 0), whole);
    rows_ = whole;
  }
  float operator[](Driver driver) const { return of(driver, LadderRole::engagement); }
  float alignment(LadderRole ladder) const { return of(Driver::alignment, ladder); }
  float rival_claims(LadderRole ladder) const { return of(Driver::rival_claims, ladder); }

 private:
  using Rows = std::array<std::array<float, driver_count>, ladder_count>;

  [[nodiscard]] float of(Driver driver, LadderRole ladder) const {
    return rows_[index_of(ladder)][static_cast<std::size_t>(driver)];
  }

  /// Every driver at position x of the elements taken, by ladder.
  static Rows rows(const CompiledModel& m, const Tile& tile, const AuthorityRows& shared,
                   std::size_t authority, Workspace& work, std::size_t x) {
    Rows out{};
    work.ready = {};
    for (const auto ladder : all_ladders) {
      compute_drivers(m, tile, shared, authority, ladder, m.needed, work);
      for (const auto driver : members(m.needed)) {
        out[index_of(ladder)][static_cast<std::size_t>(driver)] = work.rows[driver][x];
      }
    }
    return out;
  }

  Rows rows_{};
};

/// Three actors; terms on so that every driver is computed.
Model three() {
  Model model = test::bare_world(3, 1);
  for (auto& ladder : model.ladders) {
    ladder.security.back() = ladder.economic.back() = 1.0F;
    ladder.exposure.back() = ladder.signal.back() = 1.0F;
  }
  for (const auto& term : builtin_terms().terms) {
    std::vector<float> values;
    for (const auto& field : term.fields) values.push_back(field.fallback);
    model.terms.push_back({std::string(term.key), values});
  }
  model.actors[0].importance = 0.5F;
  model.actors[1].importance = 0.3F;
  model.actors[2].importance = 0.2F;
  return model;
}

TEST(Drivers, SecurityWeighsThreatsByPostureAndAddsTheBorder) {
  Model model = three();
  test::add_group(model, 0.0F);
  test::add_group(model, 0.0F);
  auto& p = model.parameters;
  p.at(Param::exposure, 0, 1) = 0.8F;
  p.at(Param::exposure, 1, 1) = 0.5F;
  p.at(Param::threat_floor, 0, 0) = 0.3F;
  p.at(Param::threat_floor, 0, 1) = 0.9F;
  p.at(Param::border, 0, 1) = 0.4F;
  model.initial_salience = {0, 0.2F, 0, 0, 0.7F, 0};
  model.authorities[0].initial_posture = {3, 0};  // fights (1), shelters (-1)
  model.authorities[0].initial_state[2] = 0.9F;   // control
  const DriversOf d(model, 1);
  const float expected = 0.8F * 0.5F * 1.0F + 0.5F * 1.0F * -1.0F + 0.4F * 0.4F;
  EXPECT_NEAR(d[Driver::security], expected, 1e-6F);
  EXPECT_EQ(d[Driver::grievance], 0.0F);
  model.parameters.at(Param::border, 0, 1) = 0.0F;
  const DriversOf aggrieved(model, 1);
  EXPECT_NEAR(aggrieved[Driver::security], -0.1F, 1e-6F);
  EXPECT_NEAR(aggrieved[Driver::grievance], 0.1F, 1e-6F);
}

TEST(Drivers, EconomyRightsAndPressureFollowTheirFormulas) {
  Model model = three();
  model.sectors = {"mining", "trade"};
  model.parameters = ParameterTable(model.extents());
  auto& p = model.parameters;
  p.at(Param::interest, 0, 2) = 0.5F;
  p.at(Param::interest, 1, 2) = 0.25F;
  p.at(Param::offer, 0, 0) = 0.8F;
  p.at(Param::offer, 0, 1) = 0.4F;
  p.at(Param::dependence, 0, 2) = 0.6F;
  p.at(Param::sanctions, 0, 0) = 0.5F;
  p.at(Param::opposition, 0, 0) = 0.7F;
  p.at(Param::rights_sensitivity, 0, 2) = 0.9F;
  model.authorities[0].initial_rights = 1;       // q = 0.33
  model.authorities[0].initial_state[3] = 0.5F;  // u
  const DriversOf d(model, 2);
  EXPECT_NEAR(d[Driver::economic], (0.5F * 0.8F + 0.25F * 0.4F) * (1.0F - 0.6F * 0.5F), 1e-6F);
  EXPECT_NEAR(d[Driver::rights], 0.9F * (1.0F - 0.33F) * 1.5F, 1e-6F);
  EXPECT_NEAR(d[Driver::pressure], 0.6F * 0.7F, 1e-6F);
}

TEST(Drivers, PeersAreWeightedMeansOfTheOthersRungs) {
  Model model = three();
  model.alignment = Relation::normalised(3, std::vector<double>{0, 1, 3, 1, 0, 0, 0, 0, 0});
  model.rivalry = Relation::scaled(3, std::vector<double>{0, 0.5, 0, 0, 0, 0, 0, 0, 0});
  model.rivalry_presence = 0.25F;
  model.initial_rungs = {0, 2, 4, /*recognition*/ 0, 0, 1, /*coercion*/ 1, 2, 0};
  model.parameters.at(Param::standing, 0, 0) = 0.1F;
  const DriversOf d(model, 0);
  EXPECT_NEAR(d.alignment(LadderRole::engagement), 0.25F * 0.5F + 0.75F * 1.0F, 1e-6F);
  EXPECT_NEAR(d.alignment(LadderRole::recognition), 0.75F, 1e-6F);
  EXPECT_NEAR(d[Driver::cover], 0.75F, 1e-6F);
  EXPECT_NEAR(d[Driver::bandwagon], 0.2F + 0.1F, 1e-6F);
  // V = 0.5 (1 - 0.5) on coercion + eta * 0.5 * 0.5 on engagement.
  EXPECT_NEAR(d[Driver::rivalry], 0.5F * 0.5F + 0.25F * 0.5F * 0.5F, 1e-6F);
  EXPECT_NEAR(d[Driver::engagement], 0.0F, 1e-6F);
  EXPECT_NEAR(d[Driver::coercion], 0.5F, 1e-6F);
  EXPECT_EQ(d[Driver::alignment_weight], 1.0F);
  // Who looks at nobody sees nothing and has nobody to conform with.
  const DriversOf alone(model, 2);
  EXPECT_EQ(alone[Driver::alignment_weight], 0.0F);
  EXPECT_EQ(alone.alignment(LadderRole::engagement), 0.0F);
  EXPECT_EQ(alone[Driver::cover], 0.0F);
}

TEST(Drivers, TrustFallsWithTwoRivalCentresOfPower) {
  Model model = three();
  model.authorities[0].dynamics.incoherence = 0.6F;
  model.authorities[0].initial_state = {0.5F, 0.0F, 0.8F, 0.0F};
  EXPECT_NEAR(DriversOf(model, 0)[Driver::trust], 0.8F * (1.0F - 0.6F), 1e-6F);
  model.authorities[0].initial_state[0] = 1.0F;
  EXPECT_NEAR(DriversOf(model, 0)[Driver::trust], 0.8F, 1e-6F);
}

TEST(Drivers, RivalClaimsAreTheRungsHeldTowardsOtherAuthorities) {
  Model model = three();
  model.authorities.push_back(model.authorities[0]);
  model.authorities[1].id = "OTHER";
  model.parameters = ParameterTable(model.extents());
  model.initial_rungs.assign(2 * ladder_count * 3, 0);
  model.initial_rungs[model.rung_index(1, LadderRole::engagement, 0)] = 3;
  model.initial_rungs[model.rung_index(1, LadderRole::recognition, 0)] = 1;
  const DriversOf d(model, 0, 0);
  EXPECT_NEAR(d.rival_claims(LadderRole::engagement), 0.75F, 1e-6F);
  EXPECT_NEAR(d.rival_claims(LadderRole::recognition), 1.0F, 1e-6F);
  EXPECT_EQ(DriversOf(model, 0, 1).rival_claims(LadderRole::recognition), 0.0F);
}

}  // namespace
}  // namespace entente::detail
