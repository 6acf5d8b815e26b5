#include <gmock/gmock.h>

#include "lab/page/parts.hpp"
#include "support/scenario_folder.hpp"

namespace entente::lab {
namespace {

/// Three states, two groups, two sectors; an event with this change, and what else it says.
Json told(const std::string& change, const std::string& more = "") {
  const test::ScenarioFolder world(R"(entente: 1
title: Base
time: {start: 2021-01, end: 2022-12}
terms: {baseline: {}, rights: {}}
groups: {ttp: {name: TTP}, isis_k: {name: ISIS-K}}
sectors: [mining, transit]
covariates: {faith: {value: 0, coefficient: 1}}
authorities: {KAB: {name: Kabul}}
actors: {define: {AAA: {}, BBB: {}, CCC: {}}}
events:
  - {id: one, date: 2021-03, )" + more +
                                   "change: " + change + "}\n");
  const Json events = events_json(world.load().model);
  return events.at(0);
}

std::string what(const std::string& change) { return told(change)["what"]; }

TEST(Events, SayWhatRungsBecome) {
  EXPECT_EQ(what("{hold: rung, ladder: recognition, actors: [AAA, CCC], to: recognised}"),
            "AAA, CCC: recognition held at recognised");
  EXPECT_EQ(what("{set: rung, ladder: engagement, actors: all, to: mission}"),
            "all states: engagement set to mission");
  EXPECT_EQ(what("{band: rung, ladder: engagement, actors: BBB, from: contact, to: mission}"),
            "BBB: engagement kept between contact and mission");
  EXPECT_EQ(what("{set: rights, to: open}"), "KAB: rights set to open");
  EXPECT_EQ(what("{hold: posture, group: ttp, to: fights}"),
            "KAB: posture towards TTP held at fights");
}

TEST(Events, SayWhatNumbersBecome) {
  EXPECT_EQ(what("{add: hardliner, by: 0.1}"), "KAB: hardliner raised by 0.1");
  EXPECT_EQ(what("{add: sanctions, by: -0.25}"), "KAB: sanctions lowered by 0.25");
  EXPECT_EQ(what("{scale: activity, group: isis_k, by: 2}"), "ISIS-K: activity times 2");
  EXPECT_EQ(what("{scale: attack_rate, group: all, by: 0.5}"),
            "TTP and ISIS-K: attack rate times 0.5");
  EXPECT_EQ(what("{add: salience, group: isis_k, actors: [BBB], by: 1}"),
            "BBB: salience of ISIS-K raised by 1");
  EXPECT_EQ(what("{set: exposure, group: ttp, actors: [AAA], to: 0.5}"),
            "AAA: exposure to TTP set to 0.5");
  EXPECT_EQ(what("{set: offer, sector: [mining, transit], to: 0.8}"),
            "KAB: offer of mining and transit set to 0.8");
  EXPECT_EQ(what("{set: interest, sector: mining, actors: CCC, to: 1}"),
            "CCC: interest in mining set to 1");
  EXPECT_EQ(what("{set: kinship, group: ttp, to: 2}"), "KAB: kinship with TTP set to 2");
  EXPECT_EQ(what("{set: covariate, covariate: faith, actors: AAA, to: 2}"), "AAA: faith set to 2");
  EXPECT_EQ(what("{scale: rights_weight, actors: AAA, by: 0.7}"), "AAA: rights weight times 0.7");
  EXPECT_EQ(what("{set: alignment, actors: [AAA], towards: [BBB], to: 0.3}"),
            "AAA: alignment with BBB set to 0.3");
}

TEST(Events, JoinChangesAndConditions) {
  const Json event = told(
      "[{scale: sanctions, by: 0.6}, {hold: rung, ladder: coercion, actors: BBB, to: pressure}]",
      "duration: 6 months, probability: 0.3, when: [{rights: open}, {count: recognition, "
      "at_or_above: recognised, at_least: 2}, {state: distress, at_most: 0.5}], ");
  EXPECT_EQ(event["what"],
            "KAB: sanctions times 0.6; BBB: coercion held at pressure, once rights of KAB is at "
            "open or higher, at least 2 of all states stand at recognised or higher and distress "
            "of KAB is at most 0.5");
  EXPECT_EQ(event["actors"], Json::array({1}));
  EXPECT_EQ(event["conditional"], true);
  EXPECT_EQ(event["first_step"], 2);
  EXPECT_EQ(event["duration"], 6);
  EXPECT_EQ(event["probability"], 0.3);
}

TEST(Events, LastForEverWhereNothingIsSaid) {
  const Json event = told("{add: opposition, by: 0.1}");
  EXPECT_TRUE(event["duration"].is_null());
  EXPECT_EQ(event["conditional"], false);
  EXPECT_EQ(event["actors"], Json::array());
}

}  // namespace
}  // namespace entente::lab
