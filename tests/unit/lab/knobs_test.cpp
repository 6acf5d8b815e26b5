#include <gtest/gtest.h>

#include <map>
#include <set>

#include "entente/io/variant.hpp"
#include "lab/page/documents.hpp"
#include "lab/page/parts.hpp"
#include "support/scenario_folder.hpp"

namespace entente::lab {
namespace {

/// Two contested governments, so that some numbers belong to one of them, a series and a covariate
/// by actor.
const std::string two_authorities = R"(entente: 1
title: Base
time: {start: 2021-01, end: 2021-12}
terms: {baseline: {}, security: {}, rights: {coefficient: -2, cover_effect: 0.25}, rivalry: {}}
groups: {ttp: {host: KAB}, isis_k: {host: KAB}}
sectors: [mining, transit]
covariates:
  faith: {value: 0, coefficient: 1}
  disposition: {value: 0, by_actor: true, coefficient: 1}
authorities: {KAB: {sanctions: 0.5}, RES: {}}
actors: {define: {AAA: {}, BBB: {}}}
series: [{of: opposition, authority: KAB, points: {2021-01: 0.3, 2021-06: 0.4}}]
)";

std::map<std::string, Json> by_path(const Scenario& scenario) {
  std::map<std::string, Json> out;
  for (const auto& knob : knobs_json(scenario.model)) out[knob["path"]] = knob;
  return out;
}

/// Paths of what turning a knob changes, other than numbers that follow from the value itself.
std::set<std::string> turned(const std::map<std::string, Json>& before,
                             const std::map<std::string, Json>& after) {
  std::set<std::string> out;
  for (const auto& [path, knob] : before) {
    if (after.at(path)["value"] != knob["value"]) out.insert(path);
  }
  return out;
}

/// A value within the ends of a knob that it does not have yet.
double elsewhere(const Json& knob) {
  const double value = knob["value"], low = knob["low"], high = knob["high"];
  return value == high ? low + 0.75 * (high - low) : value + 0.5 * (high - value);
}

void expect_turns(const std::filesystem::path& scenario, const std::string& path, const Json& knob,
                  const std::map<std::string, Json>& before) {
  const double wanted = elsewhere(knob);
  const std::string setting = path + "=" + Json(wanted).dump();
  for (const auto& after : {by_path(load_variant(scenario, {{}, {}, {setting}}).scenario),
                            by_path(load_scenario(scenario, {setting}))}) {
    EXPECT_EQ(turned(before, after), std::set<std::string>{path}) << setting;
    EXPECT_NEAR(after.at(path)["value"].get<double>(), wanted, 1e-6 * (1.0 + std::abs(wanted)))
        << setting;
  }
}

TEST(Knobs, EachTurnsItsNumberAndNoOther) {
  const test::ScenarioFolder world(two_authorities);
  const auto knobs = by_path(world.load());
  for (const auto& [path, knob] : knobs) expect_turns(world.path(), path, knob, knobs);
}

TEST(Knobs, EachKindTurnsInAScenarioOfMany) {
  const std::filesystem::path scenario("scenarios/afghanistan-2026");
  const auto knobs = by_path(load_scenario(scenario));
  for (const auto* path :
       {"terms.security.coefficient", "covariates.religion.coefficient", "temperature",
        "authorities.IEA.sanctions", "authorities.IEA.dynamics.doctrine", "ladders.rights.rate",
        "ladders.engagement.down", "groups.ttp.attack_rate", "actors.override.CHN.rights_weight",
        "actors.override.IRN.confrontation", "actors.override.USA.exposure.isis_k",
        "actors.override.UZB.interest.transit", "actors.override.RUS.covariate.disposition"}) {
    expect_turns(scenario, path, knobs.at(path), knobs);
  }
}

TEST(Knobs, StandWithinTheirEnds) {
  for (const auto* name : {"classroom", "afghanistan-2021", "kosovo-2008"}) {
    const auto model = load_scenario(std::filesystem::path("scenarios") / name).model;
    for (const auto& knob : knobs_json(model)) {
      EXPECT_LE(knob["low"], knob["value"]) << knob;
      EXPECT_LE(knob["value"], knob["high"]) << knob;
      EXPECT_LT(knob["low"], knob["high"]) << knob;
    }
  }
}

/// `path=value` of all knobs that are no country's, each at one of its ends.
std::vector<std::string> all_at(const Model& model, const char* end) {
  std::vector<std::string> settings;
  for (const auto& knob : knobs_json(model)) {
    if (!knob["actor"].is_null()) continue;
    settings.push_back(knob["path"].get<std::string>() + "=" + knob[end].dump());
  }
  return settings;
}

TEST(Knobs, MayStandAtTheirEnds) {
  for (const auto* name : {"classroom", "afghanistan-2021"}) {
    const auto path = std::filesystem::path("scenarios") / name;
    const auto model = load_scenario(path).model;
    for (const auto* end : {"low", "high"}) {
      EXPECT_NO_THROW((void)load_variant(path, {{}, {}, all_at(model, end)}))
          << name << ", " << end;
    }
  }
}

TEST(Knobs, LeaveRoomForWhatTheScenarioStartsWith) {
  const test::ScenarioFolder world(two_authorities);
  const auto knobs =
      by_path(world.load({"groups.ttp.salience_cap=5", "actors.initial={salience: {ttp: 1.5}}",
                          "actors.override={AAA: {salience: {ttp: 2.5}}}"}));
  EXPECT_EQ(knobs.at("groups.ttp.salience_cap")["low"], 2.5);
  EXPECT_EQ(knobs.at("groups.isis_k.salience_cap")["low"], 0.0);
}

TEST(Knobs, LetStatesRevertOnceInAStepAtMost) {
  const test::ScenarioFolder world(two_authorities);
  const auto by_quarter = by_path(
      world.load({"time.step=quarter", "groups.ttp.reversion=3", "groups.isis_k.reversion=1"}));
  EXPECT_EQ(by_quarter.at("groups.ttp.reversion")["high"], 4.0);
  EXPECT_EQ(by_quarter.at("groups.isis_k.reversion")["high"], 4.0);
}

TEST(Knobs, LeaveOutWhatASeriesOverrules) {
  const test::ScenarioFolder world(two_authorities);
  const auto knobs = by_path(world.load());
  EXPECT_EQ(knobs.count("authorities.KAB.opposition"), 0U);
  EXPECT_EQ(knobs.count("authorities.RES.opposition"), 1U);
}

TEST(Knobs, NameTheAuthorityWhereThereAreSeveral) {
  const test::ScenarioFolder world(two_authorities);
  const auto knobs = by_path(world.load());
  EXPECT_EQ(knobs.count("actors.override.AAA.need"), 0U);
  EXPECT_EQ(knobs.at("authorities.RES.actors.override.AAA.need")["actor"], "AAA");
  EXPECT_EQ(knobs.count("actors.override.AAA.rights_weight"), 1U);
}

TEST(Knobs, ReachToThreeTimesTheValueOnItsSide) {
  const test::ScenarioFolder world(two_authorities);
  const auto knobs = by_path(world.load());
  const Json& rights = knobs.at("terms.rights.coefficient");
  EXPECT_EQ(rights["low"], -10.0);
  EXPECT_EQ(rights["high"], 0.0);
  const Json& cover = knobs.at("terms.rights.cover_effect");
  EXPECT_EQ(cover["low"], 0.0);
  EXPECT_EQ(cover["high"], 1.0);
}

TEST(Knobs, AreOnlyInAWorldThatAsksForThem) {
  const test::ScenarioFolder world(two_authorities);
  EXPECT_TRUE(world_document(world.load(), "x", false)["knobs"].empty());
  EXPECT_FALSE(world_document(world.load(), "x", true)["knobs"].empty());
}

}  // namespace
}  // namespace entente::lab
