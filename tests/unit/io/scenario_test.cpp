// The tiny world of tests/support/worlds/tiny, whose numbers can be had by hand.
#include "entente/io/scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "entente/terms/registry.hpp"
#include "support/scenario_folder.hpp"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::FloatEq;
using testing::HasSubstr;
using testing::Pair;

const Scenario& tiny() {
  static const Scenario scenario = load_scenario("tests/support/worlds/tiny");
  return scenario;
}

const Model& model() { return tiny().model; }

std::vector<float> row(Param param, std::size_t r = 0) {
  const auto values = model().parameters.values(param);
  const auto n = model().parameters.columns(param);
  return {values.begin() + static_cast<std::ptrdiff_t>(r * n),
          values.begin() + static_cast<std::ptrdiff_t>((r + 1) * n)};
}

testing::Matcher<std::vector<float>> are(float a, float b, float c) {
  return ElementsAre(FloatEq(a), FloatEq(b), FloatEq(c));
}

TEST(Scenario, ReadsWhatFramesTheRun) {
  EXPECT_EQ(model().title, "Three states and a contested fourth");
  EXPECT_EQ(tiny().question, "Does the reader do what the format says?");
  EXPECT_EQ(model().seed, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(tiny().replicates, 64U);
  EXPECT_EQ(tiny().record, RecordLevel::full);
  EXPECT_EQ(model().calendar.steps(), 12U);
  EXPECT_EQ(model().calendar.unit(), StepUnit::month);
  EXPECT_FLOAT_EQ(model().temperature, 0.5F);
  EXPECT_FLOAT_EQ(model().rivalry_presence, 0.3F);
}

TEST(Scenario, SelectsActorsAndKeepsTheirPlaceInTheTable) {
  ASSERT_EQ(model().actors.size(), 3U);
  EXPECT_EQ(model().actors[0].id, "AAA");
  EXPECT_EQ(model().actors[2].name, "Gamma");
  EXPECT_EQ(model().actors[2].region, "South");
  EXPECT_EQ(model().actors[2].entity, 2U);
}

TEST(Scenario, NumbersActorsByTheTableThoughOthersAreLeftOut) {
  const auto scenario = load_scenario("tests/support/worlds/tiny",
                                      {"actors={select: {except: [AAA, ZZZ]}}", "covariates={}",
                                       "events=[]", "bodies={}", "relations={}"});
  std::vector<std::pair<std::string, std::uint32_t>> entities;
  for (const auto& actor : scenario.model.actors) entities.emplace_back(actor.id, actor.entity);
  EXPECT_THAT(entities, ElementsAre(Pair("BBB", 1U), Pair("CCC", 2U), Pair("DDD", 4U)));
}

TEST(Scenario, ScalesImportanceToOneWithTheMedianForAMissingCell) {
  // Known gdp of all candidates: 10, 50, 100, 300; median 75; 100 + 300 + 75 = 475.
  EXPECT_FLOAT_EQ(model().actors[0].importance, 100.0F / 475.0F);
  EXPECT_FLOAT_EQ(model().actors[1].importance, 300.0F / 475.0F);
  EXPECT_FLOAT_EQ(model().actors[2].importance, 75.0F / 475.0F);
}

TEST(Scenario, DerivesParametersInOrder) {
  EXPECT_THAT(row(Param::rights_sensitivity), are(0.2F, 0.8F, 0.5F));
  EXPECT_THAT(row(Param::security_weight), are(0.5F, 0.9F, 0.5F));
  EXPECT_THAT(row(Param::economic_weight), are(1.2F, 1.8F, 0.5F));
  EXPECT_THAT(row(Param::border), are(0.0F, 1.0F, 0.0F));
  EXPECT_THAT(row(Param::interest, 0), are(0.1F, 0.6F, 0.1F));
  EXPECT_THAT(row(Param::exposure, 0), are(0.4F, 0.1F, 0.4F));
  EXPECT_THAT(row(Param::exposure, 1), are(0.0F, 1.0F, 0.0F));
}

TEST(Scenario, LeavesOtherParametersAtTheirFallback) {
  const auto fallback = info(Param::attention).fallback;
  EXPECT_THAT(row(Param::attention), are(fallback, fallback, fallback));
}

TEST(Scenario, FillsAMissingCellWithTheMeanOfItsRegion) {
  // In the South gdp is known of ZZZ (10) and DDD (50).
  EXPECT_THAT(row(Param::trade), are(0.1F, 0.3F, 0.03F));
}

TEST(Scenario, ReportsWhatWasReplaced) {
  const auto& list = tiny().replacements;
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0].column + '|' + list[0].rule, "border|0");
  EXPECT_EQ(list[1].column + '|' + list[1].rule, "gdp|median");
  EXPECT_EQ(list[2].column + '|' + list[2].rule, "gdp|region mean");
  for (const auto& replacement : list) EXPECT_THAT(replacement.actors, ElementsAre("CCC"));
}

TEST(Scenario, TakesNumbersOfAuthoritiesAndGroups) {
  const auto& authority = model().authorities.at(0);
  EXPECT_EQ(authority.name, "Emirate of Kab");
  EXPECT_EQ(authority.initial_rights, 1);
  EXPECT_THAT(authority.initial_posture, ElementsAre(3, 0));
  EXPECT_FLOAT_EQ(authority.initial_state[0], 0.6F);
  EXPECT_FLOAT_EQ(authority.initial_state[2], 1.0F);
  EXPECT_FLOAT_EQ(authority.dynamics.inducement, 1.0F);
  EXPECT_FLOAT_EQ(authority.dynamics.doctrine, 0.0F);
  EXPECT_FLOAT_EQ(row(Param::sanctions).at(0), 0.7F);
  EXPECT_THAT(row(Param::offer), ElementsAre(FloatEq(0.6F), info(Param::offer).fallback));
  EXPECT_FLOAT_EQ(row(Param::kinship).at(1), 1.2F);
  EXPECT_EQ(model().groups[0].name, "Red band");
  EXPECT_EQ(model().groups[1].name, "blue");
  EXPECT_FLOAT_EQ(model().groups[0].halflife, 1.5F);
  EXPECT_FLOAT_EQ(row(Param::attack_rate).at(0), 6.0F);
}

TEST(Scenario, SetsRungsAndSalienceAtTheStart) {
  const auto rung = [](LadderRole ladder, std::size_t i) {
    return model().initial_rungs[model().rung_index(0, ladder, i)];
  };
  EXPECT_EQ(rung(LadderRole::engagement, 0), 1);
  EXPECT_EQ(rung(LadderRole::engagement, 1), 3);
  EXPECT_EQ(rung(LadderRole::recognition, 1), 0);
  EXPECT_EQ(rung(LadderRole::coercion, 2), 1);
  EXPECT_THAT(model().initial_salience,
              ElementsAre(FloatEq(0.2F), FloatEq(0.05F), 1.0F, 0.0F, 0.0F, 0.0F));
}

TEST(Scenario, ScalesRowsOfAlignmentAndKeepsTheLargest) {
  // Shared clubs: AAA-BBB 1, AAA-CCC 1 (CCC is suspended from CLUB); a quarter of the way round the
  // globe: AAA-BBB, BBB-CCC. So AAA and BBB prefer each other and CCC is torn, which the order
  // decides.
  EXPECT_EQ(model().alignment.weight(0, 1), relation_unit);
  EXPECT_EQ(model().alignment.weight(1, 0), relation_unit);
  EXPECT_EQ(model().alignment.weight(2, 0), relation_unit);
  EXPECT_EQ(model().alignment.nonzeros(), 3U);
}

TEST(Scenario, TakesRivalryAsItIs) {
  EXPECT_EQ(model().rivalry.weight(0, 1), relation_unit / 2);
  EXPECT_EQ(model().rivalry.weight(1, 0), relation_unit / 2);
  EXPECT_EQ(model().rivalry.weight(2, 1), relation_unit / 4);
  EXPECT_EQ(model().rivalry.weight(0, 2), relation_unit / 4 * 3);
  EXPECT_EQ(model().rivalry.weight(2, 0), 0);
}

TEST(Scenario, SwitchesTermsOnWithTheirDefaults) {
  const auto& terms = model().terms;
  ASSERT_EQ(terms.size(), 2U);
  EXPECT_EQ(terms[0].key, "baseline");
  EXPECT_EQ(terms[1].key, "rights");
  const auto* rights = builtin_terms().find("rights");
  ASSERT_EQ(terms[1].values.size(), rights->fields.size());
  EXPECT_FLOAT_EQ(terms[1].values[0], 2.0F);
  EXPECT_FLOAT_EQ(terms[1].values[1], rights->fields[1].fallback);
}

TEST(Scenario, ReadsCovariates) {
  ASSERT_EQ(model().covariates.size(), 1U);
  EXPECT_EQ(model().covariates[0].profile, Profile::economic);
  EXPECT_TRUE(model().covariates[0].ladders.contains(LadderRole::engagement));
  EXPECT_FALSE(model().covariates[0].ladders.contains(LadderRole::recognition));
  EXPECT_THAT(row(Param::covariate), are(1.0F, 1.0F, 0.0F));
}

TEST(Scenario, KeepsTheUsualLadderWhereOnlyAPartIsGiven) {
  const auto& ladder = model().ladders[0];
  EXPECT_THAT(ladder.rungs, ElementsAre("severed", "contact", "dialogue", "mission", "ambassador"));
  EXPECT_THAT(ladder.height, ElementsAre(0, 60, 120, 180, 240));
  EXPECT_FLOAT_EQ(ladder.rate, 3.0F);
  EXPECT_FLOAT_EQ(ladder.baseline[4], 0.4F);
  EXPECT_FLOAT_EQ(ladder.security[1], 0.45F);
  EXPECT_EQ(model().ladders[1].recognises_from, 1);
}

TEST(Scenario, SpreadsSeriesOverSteps) {
  ASSERT_EQ(model().series.size(), 2U);
  const auto& sanctions = model().series[0];
  EXPECT_THAT(sanctions.slots, ElementsAre(model().parameters.slot(Param::sanctions, 0, 0)));
  EXPECT_FLOAT_EQ(sanctions.values[0], 0.8F);
  EXPECT_FLOAT_EQ(sanctions.values[2], 0.8F);
  EXPECT_FLOAT_EQ(sanctions.values[4], 0.6F);
  EXPECT_FLOAT_EQ(sanctions.values[11], 0.4F);
  const auto& interest = model().series[1];
  EXPECT_THAT(interest.slots, ElementsAre(model().parameters.slot(Param::interest, 1, 0),
                                          model().parameters.slot(Param::interest, 1, 1)));
  EXPECT_FLOAT_EQ(interest.values[4], 0.2F);
  EXPECT_FLOAT_EQ(interest.values[5], 0.6F);
}

TEST(Scenario, DatesAndNamesEvents) {
  ASSERT_EQ(model().events.size(), 4U);
  EXPECT_EQ(model().events[0].id, "2021-03-22 add salience");
  EXPECT_EQ(model().events[2].id, "2021-03-22 add salience #2");
  EXPECT_EQ(model().events[3].id, "seat");
  EXPECT_EQ(model().events[0].first_step, 2U);
  EXPECT_EQ(model().events[0].last_step, forever);
  EXPECT_EQ(model().events[0].duration, forever);
  EXPECT_EQ(model().events[1].first_step, 3U);
  EXPECT_EQ(model().events[1].last_step, 7U);
  EXPECT_EQ(model().events[1].duration, 2U);  // 45 days end in the second month
  EXPECT_EQ(model().events[1].note, "source");
  EXPECT_FLOAT_EQ(model().events[1].probability, 0.5F);
  EXPECT_EQ(model().events[3].first_step, 11U);
}

TEST(Scenario, AddressesWhatEventsChange) {
  const auto& salience = model().events[0].changes.at(0);
  EXPECT_EQ(salience.space, Space::salience);
  EXPECT_EQ(salience.op, EventOp::add);
  EXPECT_THAT(salience.indices, ElementsAre(0U));
  EXPECT_FLOAT_EQ(salience.value, 2.0F);

  const auto& changes = model().events[1].changes;
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].op, EventOp::hold);
  EXPECT_EQ(changes[0].space, Space::rung);
  EXPECT_THAT(changes[0].indices, ElementsAre(model().rung_index(0, LadderRole::engagement, 1)));
  EXPECT_FLOAT_EQ(changes[0].value, 2.0F);
  EXPECT_EQ(changes[1].space, Space::parameter);
  EXPECT_THAT(changes[1].indices, ElementsAre(model().parameters.slot(Param::rights_weight, 0, 0),
                                              model().parameters.slot(Param::rights_weight, 0, 1),
                                              model().parameters.slot(Param::rights_weight, 0, 2)));
}

TEST(Scenario, ReadsEveryKindOfCondition) {
  const auto& when = model().events[1].when;
  ASSERT_EQ(when.size(), 5U);
  const auto& count = std::get<CountCondition>(when[0]);
  EXPECT_EQ(count.ladder, LadderRole::recognition);
  EXPECT_EQ(count.rung, 1);
  EXPECT_THAT(count.among, ElementsAre(0U, 1U));
  EXPECT_FLOAT_EQ(count.at_least, 1.0F);
  EXPECT_EQ(count.at_most, std::numeric_limits<float>::infinity());
  const auto& share = std::get<CountCondition>(when[1]);
  EXPECT_TRUE(share.by_importance);
  EXPECT_THAT(share.among, ElementsAre(0U, 1U, 2U));
  EXPECT_EQ(std::get<StateCondition>(when[2]).state, AuthorityState::hardliner);
  EXPECT_EQ(std::get<AuthorityRungCondition>(when[3]).ladder, 0U);
  EXPECT_EQ(std::get<AuthorityRungCondition>(when[3]).at_least, 2);
  EXPECT_EQ(std::get<AuthorityRungCondition>(when[4]).ladder, 1U);
  EXPECT_EQ(std::get<AuthorityRungCondition>(when[4]).at_least, 2);
}

TEST(Scenario, ReadsBodies) {
  const auto& body = model().bodies.at(0);
  EXPECT_EQ(body.id, "un_seat");
  EXPECT_THAT(body.members, ElementsAre(0U, 1U, 2U));
  EXPECT_THAT(body.vetoes, ElementsAre(2U));
  EXPECT_EQ(body.rung, 1);
  EXPECT_EQ(body.veto_rung, 1);
  EXPECT_TRUE(body.by_importance);
  EXPECT_FALSE(body.initially);
  EXPECT_FLOAT_EQ(body.threshold, 0.6F);
  EXPECT_EQ(body.changes.at(0).op, EventOp::add);
}

TEST(Scenario, ReadsObservationsOfActorsThatTakePart) {
  const auto& observed = tiny().history.observations;
  ASSERT_EQ(observed.size(), 2U);
  EXPECT_EQ(observed[0].actor, 0U);
  EXPECT_EQ(observed[0].rung, 3);
  EXPECT_TRUE(observed[0].inherited);
  EXPECT_EQ(observed[1].actor, 1U);
  EXPECT_EQ(observed[1].step, 4U);
  EXPECT_EQ(observed[1].ladder, LadderRole::recognition);
}

TEST(Scenario, KeepsTheTextsOfAllFiles) {
  std::vector<std::string> names;
  for (const auto& file : tiny().files) names.push_back(file.name);
  EXPECT_THAT(names, ElementsAre("scenario.yaml", "countries.csv", "more.csv", "membership.csv",
                                 "dyads.csv", "observed.csv"));
  EXPECT_THAT(tiny().files[0].text, HasSubstr("small enough to check by hand"));
}

TEST(Scenario, CanBeSimulated) { EXPECT_TRUE(violations(model()).empty()); }

TEST(Scenario, NeedsLittle) {
  const test::ScenarioFolder folder(test::small_scenario());
  const auto scenario = folder.load();
  EXPECT_EQ(scenario.model.actors.size(), 3U);
  EXPECT_FLOAT_EQ(scenario.model.actors[0].importance, 1.0F / 3.0F);
  EXPECT_TRUE(scenario.model.terms.empty());
  EXPECT_EQ(scenario.replicates, 256U);
  EXPECT_EQ(scenario.model.seed, 1U);
  EXPECT_EQ(scenario.model.alignment.nonzeros(), 0U);
}

TEST(Scenario, GivesEachOfSeveralAuthoritiesItsOwnNumbers) {
  const test::ScenarioFolder folder(R"(entente: 1
title: Two claimants
time: {start: 2021-01, end: 2021-12}
authorities:
  PRC: {actors: {initial: {recognition: recognised}, override: {AAA: {recognition: withheld, need: 0.5}}}}
  ROC: {sanctions: 0.25, actors: {derive: {border: 1}}}
actors:
  define: {AAA: {}, BBB: {}}
  derive: {border: 0.5, need: 0.1}
  override: {BBB: {engagement: mission}}
events:
  - {date: 2021-02, change: {hold: rung, authority: ROC, ladder: recognition, actors: AAA, to: recognised}}
)");
  const auto model = folder.load().model;
  EXPECT_FLOAT_EQ(model.parameters.at(Param::border, 0, 0), 0.5F);
  EXPECT_FLOAT_EQ(model.parameters.at(Param::border, 1, 0), 1.0F);
  EXPECT_FLOAT_EQ(model.parameters.at(Param::need, 0, 0), 0.5F);
  EXPECT_FLOAT_EQ(model.parameters.at(Param::need, 1, 0), 0.1F);
  EXPECT_FLOAT_EQ(model.parameters.at(Param::sanctions, 1, 0), 0.25F);
  EXPECT_EQ(model.initial_rungs[model.rung_index(0, LadderRole::recognition, 0)], 0);
  EXPECT_EQ(model.initial_rungs[model.rung_index(0, LadderRole::recognition, 1)], 1);
  EXPECT_EQ(model.initial_rungs[model.rung_index(1, LadderRole::recognition, 1)], 0);
  EXPECT_EQ(model.initial_rungs[model.rung_index(1, LadderRole::engagement, 1)], 3);
  EXPECT_THAT(model.events[0].changes[0].indices,
              ElementsAre(model.rung_index(1, LadderRole::recognition, 0)));
}

TEST(Scenario, GivesOtherRungsEvenHeightsAndNoProfiles) {
  const test::ScenarioFolder folder(test::small_scenario(
      "ladders: {recognition: {rungs: [no, de facto, de jure], exposure: [0, 0.5, 1]},\n"
      "          posture: {rungs: [against, with, for]}}\n"));
  const auto model = folder.load().model;
  EXPECT_THAT(model.ladders[1].height, ElementsAre(0, 120, 240));
  EXPECT_THAT(model.ladders[1].signal, are(0, 0, 0));
  EXPECT_THAT(model.ladders[1].exposure, are(0, 0.5F, 1));
  EXPECT_EQ(model.ladders[1].recognises_from, 2);
  EXPECT_THAT(model.posture.value, are(-1, 0, 1));
}

TEST(Scenario, LetsTheLastSeriesOfASlotCount) {
  const test::ScenarioFolder folder(
      test::small_scenario("series:\n"
                           "  - {of: need, actors: all, points: {2021-01: 0.2}}\n"
                           "  - {of: need, actors: [BBB, CCC], points: {2021-01: 0.4}}\n"));
  const auto model = folder.load().model;
  ASSERT_EQ(model.series.size(), 2U);
  EXPECT_THAT(model.series[0].slots, ElementsAre(model.parameters.slot(Param::need, 0, 0)));
}

}  // namespace
}  // namespace entente
