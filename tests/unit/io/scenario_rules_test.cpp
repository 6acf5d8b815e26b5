// Expressions over actors and pairs, and selectors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "entente/io/scenario.hpp"
#include "io/scenario/scope.hpp"
#include "support/scenario_folder.hpp"

namespace entente {
namespace {

using test::ScenarioFolder;
using testing::ElementsAre;
using testing::HasSubstr;

// Value of an expression for an actor with x = 5, y = -2 and z = 0.25, through a parameter
// that holds -50 to 50 in hundredths.
double value_of(const std::string& expression) {
  std::string text = R"yaml(entente: 1
title: Expressions
time: {start: 2021-01, end: 2021-12}
authorities: {KAB: {}}
actors:
  define:
    AAA: {region: North, subregion: Coast, orgs: [CLUB], columns: {x: 5, y: -2, z: 0.25}}
    BBB: {region: South, columns: {x: 1, y: 1, z: 1}}
  derive: {need: "clamp((@) / 100 + 0.5, 0, 1)"}
)yaml";
  const ScenarioFolder folder(text.replace(text.find('@'), 1, expression));
  return (static_cast<double>(folder.load().model.parameters.at(Param::need, 0, 0)) - 0.5) * 100.0;
}

TEST(ScenarioExpression, KnowsTheOperators) {
  EXPECT_NEAR(value_of("x + y * 2"), 1.0, 1e-4);
  EXPECT_NEAR(value_of("(x - y) / 2"), 3.5, 1e-4);
  EXPECT_NEAR(value_of("2 ^ 3 ^ 2 / 16"), 32.0, 1e-4);
  EXPECT_NEAR(value_of("-y ^ 2"), -4.0, 1e-4);
  EXPECT_NEAR(value_of("x ^ -1"), 0.2, 1e-4);
  EXPECT_NEAR(value_of("z ^ 0.5"), 0.5, 1e-4);
  EXPECT_NEAR(value_of("1e1 + .5 + 2."), 12.5, 1e-4);
}

TEST(ScenarioExpression, ComparesAndDecides) {
  EXPECT_NEAR(value_of("(x > y) + (x >= 5) + (x < y) + (x <= 4) + (x == 5) + (x != 5)"), 3.0, 1e-4);
  EXPECT_NEAR(value_of("x > 0 && y > 0 || z > 0"), 1.0, 1e-4);
  EXPECT_NEAR(value_of("x > 0 || y > 0 && z < 0"), 1.0, 1e-4);
  EXPECT_NEAR(value_of("y > 0 ? 7 : x > 4 ? 8 : 9"), 8.0, 1e-4);
}

TEST(ScenarioExpression, KnowsTheFunctions) {
  EXPECT_NEAR(value_of("min(x, y, z)"), -2.0, 1e-4);
  EXPECT_NEAR(value_of("max(x, y, z)"), 5.0, 1e-4);
  EXPECT_NEAR(value_of("sum(x, y, z)"), 3.25, 1e-4);
  EXPECT_NEAR(value_of("avg(x, y)"), 1.5, 1e-4);
  EXPECT_NEAR(value_of("clamp(x, 0, 3)"), 3.0, 1e-4);
  EXPECT_NEAR(value_of("abs(y)"), 2.0, 1e-4);
  EXPECT_NEAR(value_of("sqrt(x * x)"), 5.0, 1e-4);
  EXPECT_NEAR(value_of("exp(2)"), std::exp(2.0), 1e-4);
  EXPECT_NEAR(value_of("log(x)"), std::log(5.0), 1e-4);
}

TEST(ScenarioExpression, AsksForWords) {
  EXPECT_NEAR(
      value_of("member('CLUB') + 2 * region('North') + 4 * region('Coast') + 8 * id('AAA')"), 15.0,
      1e-4);
  EXPECT_NEAR(value_of("region( 'South' ) + id('BBB')"), 0.0, 1e-4);
}

TEST(ScenarioExpression, HoldsValuesInTheirRange) {
  const ScenarioFolder folder(test::small_scenario());
  EXPECT_THAT(folder.problems({"actors.derive.need=exp(1000)"}),
              ElementsAre(HasSubstr("found a value that is not finite for AAA, BBB, CCC")));
  EXPECT_THAT(folder.problems({"actors.derive.need=log(0)"}),
              ElementsAre(HasSubstr("found a value that is not finite")));
  EXPECT_THAT(folder.problems({"actors.derive.need=log(-1)"}),
              ElementsAre(HasSubstr("found a value that is not finite")));
  EXPECT_THAT(
      folder.problems({"actors.derive.need=2"}),
      ElementsAre("--set: actors.derive.need: found 2 for AAA, BBB, CCC; allowed: 0 to 1 [1]"));
}

TEST(ScenarioExpression, HasAnEnd) {
  const ScenarioFolder folder(test::small_scenario());
  std::string long_sum = "0";
  for (int k = 0; k < 3000; ++k) long_sum += "+0";
  EXPECT_THAT(folder.problems({"actors.derive.need=" + long_sum}),
              ElementsAre(HasSubstr("found an expression of 6001 characters")));
  EXPECT_THAT(folder.problems({"actors.derive.need='" + std::string(2000, '(') + "'"}),
              ElementsAre(HasSubstr("found a formula that cannot be read")));
}

TEST(ScenarioExpression, BlamesTheRuleThatFailedAndNotItsUsers) {
  const ScenarioFolder folder(test::small_scenario());
  EXPECT_THAT(folder.problems({"variables={x: '1 / 0', y: 1 / x}", "actors.derive.need=x + y",
                               "actors.derive.trade=[]", "actors.derive.border=trade + need",
                               "actors.importance=border"}),
              ElementsAre(HasSubstr("variables.x: found a value that is not finite"),
                          HasSubstr("actors.derive.trade: found a list")));
}

TEST(ScenarioExpression, BlamesTheTableThatIsNotThereAndNotTheRules) {
  const ScenarioFolder folder(test::small_scenario("data: {actors: absent.csv}\n"));
  EXPECT_THAT(
      folder.problems({"actors.derive.need=gdp / 2", "actors.derive.border=member('EU')",
                       "actors.importance={value: gdp, missing: {gdp: 1}}",
                       "relations.rivalry.value=distance_km()", "actors.override.PAK.need=1"}),
      ElementsAre(HasSubstr("absent.csv: found no such file")));
}

TEST(ScenarioExpression, PrefersWhatWasDerivedToColumns) {
  const ScenarioFolder folder(R"(entente: 1
title: Order
time: {start: 2021-01, end: 2021-12}
authorities: {KAB: {}}
variables: {half: "trade / 2", quarter: "half / 2"}
actors:
  define: {AAA: {columns: {trade: 0.8}}}
  derive: {border: quarter, trade: "trade / 8", need: trade}
)");
  const auto model = folder.load().model;
  EXPECT_FLOAT_EQ(model.parameters.at(Param::border, 0, 0), 0.2F);
  EXPECT_FLOAT_EQ(model.parameters.at(Param::trade, 0, 0), 0.1F);
  EXPECT_FLOAT_EQ(model.parameters.at(Param::need, 0, 0), 0.1F);
}

TEST(ScenarioPairs, TellTheFirstFromTheSecond) {
  const ScenarioFolder folder(R"yaml(entente: 1
title: Pairs
time: {start: 2021-01, end: 2021-12}
authorities: {KAB: {}}
actors:
  define: {AAA: {orgs: CLUB, columns: {x: 0.5}}, BBB: {region: South, columns: {x: 0.25}}}
relations:
  rivalry: {value: "(a_x - b_x > 0) * a_x + a_region('South') * b_member('CLUB') / 8 + a_id('BBB') / 8"}
)yaml");
  const auto rivalry = folder.load().model.rivalry;
  EXPECT_EQ(rivalry.weight(0, 1), relation_unit / 2);
  EXPECT_EQ(rivalry.weight(1, 0), relation_unit / 4);
}

TEST(ScenarioPairs, AreNotRelatedToThemselves) {
  const ScenarioFolder folder(
      test::small_scenario("relations: {alignment: {value: 1, top: 1, "
                           "override: {AAA: {CCC: 2}}}}\n"));
  const auto alignment = folder.load().model.alignment;
  EXPECT_EQ(alignment.weight(0, 2), relation_unit);
  EXPECT_EQ(alignment.weight(1, 0), relation_unit);
  EXPECT_EQ(alignment.weight(2, 0), relation_unit);
  EXPECT_EQ(alignment.weight(0, 0), 0);
}

TEST(ScenarioPairs, RefuseOverridesThatDoNotFit) {
  const ScenarioFolder folder(test::small_scenario(
      "relations: {rivalry: {value: 0, override: {AAA: {AAA: 1, BBB: 2}}}}\n"));
  EXPECT_THAT(
      folder.problems(),
      ElementsAre(HasSubstr("found a relation of an actor to itself; allowed: two actors"),
                  HasSubstr("relations.rivalry.override.AAA.BBB: found '2'; allowed: 0 to 1 [1]")));
}

TEST(ScenarioPairs, KnowDistances) {
  EXPECT_DOUBLE_EQ(detail::great_circle_km(0, 0, 0, 90), 10008.0);
  EXPECT_DOUBLE_EQ(detail::great_circle_km(90, 0, -90, 0), 20015.0);
  EXPECT_DOUBLE_EQ(detail::great_circle_km(34.53, 69.18, 34.53, 69.18), 0.0);
  EXPECT_NEAR(detail::great_circle_km(34.53, 69.18, 33.69, 73.06), 370.0, 5.0);  // Kabul, Islamabad
}

std::vector<std::uint32_t> selected(const std::string& selector) {
  const ScenarioFolder folder(
      test::small_scenario("bodies: {b: {members: " + selector +
                           ", ladder: recognition, at_or_above: recognised, "
                           "change: {add: standing, by: 0.1}}}\n"));
  return folder.load().model.bodies[0].members;
}

TEST(ScenarioSelector, TakesAllForms) {
  EXPECT_THAT(selected("all"), ElementsAre(0U, 1U, 2U));
  EXPECT_THAT(selected("BBB"), ElementsAre(1U));
  EXPECT_THAT(selected("[CCC, AAA, CCC]"), ElementsAre(0U, 2U));
  EXPECT_THAT(selected("{ids: CCC, org: CLUB}"), ElementsAre(0U, 2U));
  EXPECT_THAT(selected("{region: [North, South], except: [AAA]}"), ElementsAre(1U));
  EXPECT_THAT(selected("{except: {org: CLUB, ids: BBB}}"), ElementsAre(2U));
}

// A club that AAA founded, that BBB joined in 2022 and CCC at a date that nobody knows.
struct GrowingClub {
  explicit GrowingClub(const std::string& joined = "2022") {
    folder
        .file("scenario.yaml",
              "entente: 1\ntitle: Members\ntime: {start: 2021-06, end: 2024-12}\n"
              "data: {actors: actors.csv, membership: members.csv}\n"
              "authorities: {KAB: {}}\n"
              "actors: {derive: {need: \"member('CLUB')\"}}\n"
              "relations: {rivalry: {value: \"shared_orgs('CLUB')\"}}\n"
              "series: [{of: border, actors: {org: CLUB}, points: {2021-01: 1}}]\n")
        .file("actors.csv", "iso3\nAAA\nBBB\nCCC\n")
        .file("members.csv", "iso3,org,from_year,status\nAAA,CLUB,2021,member\nBBB,CLUB," + joined +
                                 ",member\nCCC,CLUB,,member\n");
  }
  ScenarioFolder folder;
};

TEST(ScenarioMembers, AreThoseOfTheYearOfTheStart) {
  const GrowingClub club;
  const auto model = club.folder.load().model;
  EXPECT_THAT(model.parameters.values(Param::need), ElementsAre(1.0F, 0.0F, 1.0F));
  EXPECT_THAT(model.series[0].slots, ElementsAre(model.parameters.slot(Param::border, 0, 0),
                                                 model.parameters.slot(Param::border, 0, 2)));
  EXPECT_EQ(model.rivalry.weight(0, 1), 0);
  EXPECT_EQ(model.rivalry.weight(0, 2), relation_unit);
}

// Organisations of a scenario, each as `ID: ids of its members`.
std::vector<std::string> organisations(const Scenario& scenario) {
  std::vector<std::string> list;
  for (const auto& organisation : scenario.organisations) {
    list.push_back(organisation.id + ":");
    for (const auto i : organisation.members) list.back() += " " + scenario.model.actors[i].id;
  }
  return list;
}

TEST(ScenarioMembers, AreTold) {
  const GrowingClub club;
  EXPECT_THAT(organisations(club.folder.load()), ElementsAre("CLUB: AAA CCC"));
  EXPECT_THAT(organisations(club.folder.load({"time.start=2022-01"})),
              ElementsAre("CLUB: AAA BBB CCC"));
  EXPECT_THAT(organisations(club.folder.load({"actors.select={except: AAA}"})),
              ElementsAre("CLUB: CCC"));
  EXPECT_THAT(organisations(club.folder.load(
                  {"actors.define={DDD: {orgs: [PACT, CLUB]}}", "actors.select={except: AAA}"})),
              ElementsAre("CLUB: CCC DDD", "PACT: DDD"));
}

TEST(ScenarioMembers, HaveJoinedWhereTheScenarioStartsLater) {
  const GrowingClub club;
  const auto model = club.folder.load({"time.start=2022-01"}).model;
  EXPECT_THAT(model.parameters.values(Param::need), ElementsAre(1.0F, 1.0F, 1.0F));
  EXPECT_EQ(model.rivalry.weight(0, 1), relation_unit);
}

TEST(ScenarioMembers, ShareAnyNumberOfOrganisations) {
  std::string all, odd;
  for (int k = 0; k < 70; ++k) {
    const auto org = (k > 0 ? ", O" : "O") + std::to_string(k);
    all += org;
    if (k % 2 == 1) odd += (odd.empty() ? "O" : ", O") + std::to_string(k);
  }
  const auto model = ScenarioFolder(
                         "entente: 1\ntitle: Members\ntime: {start: 2021-01, end: 2021-12}\n"
                         "authorities: {KAB: {}}\n"
                         "actors: {define: {AAA: {orgs: [" +
                         all + "]}, BBB: {orgs: [" + odd +
                         "]}, CCC: {orgs: [O2, O69]}, DDD: {}}}\n"
                         "relations: {rivalry: {value: \"shared_orgs() / 70\"}}\n")
                         .load()
                         .model;
  EXPECT_EQ(model.rivalry.weight(0, 1), relation_unit / 2);
  EXPECT_EQ(model.rivalry.weight(0, 2), std::lround(relation_unit * 2 / 70.0));
  EXPECT_EQ(model.rivalry.weight(2, 1), std::lround(relation_unit / 70.0));
  EXPECT_EQ(model.rivalry.weight(0, 3), 0);
}

TEST(ScenarioMembers, JoinInAYear) {
  const GrowingClub club("2022-05");
  EXPECT_THAT(club.folder.problems(),
              ElementsAre("members.csv:3:10: found '2022-05'; allowed: a year (YYYY)"));
}

TEST(ScenarioSelector, SaysThatAnActorTakesNoPart) {
  const ScenarioFolder folder(
      test::small_scenario("series: [{of: need, actors: [AAA, BBB], points: {2021-01: 1}}]\n"));
  EXPECT_THAT(folder.problems({"actors.select.except=BBB"}),
              ElementsAre("6:35: series[0].actors[1]: found 'BBB', which actors.select leaves out; "
                          "allowed: actors that take part"));
}

TEST(ScenarioSelector, LetsOverridesOfThoseLeftOutStand) {
  const ScenarioFolder folder(test::small_scenario());
  EXPECT_THAT(folder.problems({"actors.select.except=BBB", "actors.override.BBB.need=1"}),
              ElementsAre());
}

TEST(ScenarioSelector, ReportsOrganisationsOfNobody) {
  EXPECT_THAT(ScenarioFolder(test::small_scenario("events: [{date: 2021-02, change: {set: need, "
                                                  "actors: {org: PACT}, to: 1}}]\n"))
                  .problems(),
              ElementsAre(HasSubstr("found 'PACT'; allowed: CLUB")));
}

}  // namespace
}  // namespace entente
