// What is on record of a case: the table that `observed` names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <tuple>
#include <vector>

#include "entente/io/scenario.hpp"
#include "support/scenario_folder.hpp"

namespace entente {
namespace {

using test::ScenarioFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto header = "iso3,date,precision,ladder,rung,inherited,confidence,source,authority\n";

// A scenario of 2021 by month, and a history.
struct Case {
  explicit Case(const std::string& rows, const std::string& head = header) {
    folder.file("scenario.yaml", test::small_scenario("observed: history.csv\n"))
        .file("history.csv", head + rows);
  }
  [[nodiscard]] History history(const std::vector<std::string>& overrides = {}) const {
    return folder.load(overrides).history;
  }
  [[nodiscard]] std::vector<std::string> problems() const { return folder.problems(); }
  ScenarioFolder folder;
};

using Seen = std::tuple<std::uint32_t, std::uint32_t, int, bool>;  // actor, step, rung, inherited

std::vector<Seen> seen(const History& history) {
  std::vector<Seen> list;
  for (const auto& one : history.observations)
    list.emplace_back(one.actor, one.step, one.rung, one.inherited);
  return list;
}

TEST(ScenarioHistory, OrdersRowsByActorAndDate) {
  const Case world(
      "BBB,2021-05-20,day,engagement,dialogue,0,high,a,KAB\n"
      "BBB,2021-05-02,day,engagement,contact,0,high,a,KAB\n"
      "AAA,2021-03,month,engagement,contact,1,,,KAB\n");
  EXPECT_THAT(seen(world.history()),
              ElementsAre(Seen{0, 2, 1, true}, Seen{1, 4, 1, false}, Seen{1, 4, 2, false}));
}

TEST(ScenarioHistory, NeedsFourColumnsOnly) {
  const Case world("AAA,2021-03,engagement,contact\n", "iso3,date,ladder,rung\n");
  EXPECT_THAT(seen(world.history()), ElementsAre(Seen{0, 2, 1, false}));
}

TEST(ScenarioHistory, PlacesAYearInItsMiddleAndAMonthAtItsFirstDay) {
  const Case world(
      "AAA,2021,,engagement,contact,0,,,KAB\n"
      "BBB,2021-02-11,year,engagement,contact,0,,,KAB\n"
      "CCC,2021-02-11,month,engagement,contact,0,,,KAB\n");
  EXPECT_THAT(seen(world.history()),
              ElementsAre(Seen{0, 6, 1, false}, Seen{1, 6, 1, false}, Seen{2, 1, 1, false}));
  EXPECT_EQ(world.history({"time.step=day"}).observations[2].step, 31U);
}

TEST(ScenarioHistory, RefusesAPrecisionThatTheDateDoesNotHave) {
  const Case world(
      "AAA,2021-08,day,engagement,contact,0,,,KAB\n"
      "AAA,2021,month,recognition,recognised,0,,,KAB\n"
      "AAA,2021-08,hour,coercion,pressure,0,,,KAB\n");
  EXPECT_THAT(
      world.problems(),
      ElementsAre(
          "history.csv:2:13: precision: found 'day' of the date '2021-08'; allowed: month, year",
          "history.csv:3:10: precision: found 'month' of the date '2021'; allowed: year",
          "history.csv:4:13: precision: found 'hour'; allowed: day, month, year"));
}

TEST(ScenarioHistory, TakesTheLastStandingBeforeTheStart) {
  const Case world(
      "AAA,2020-06,,engagement,mission,1,,,KAB\n"
      "AAA,2019,,engagement,contact,1,,,KAB\n"
      "AAA,2021-02,,engagement,dialogue,0,,,KAB\n"
      "BBB,2018,,engagement,contact,1,,,KAB\n");
  EXPECT_THAT(seen(world.history()),
              ElementsAre(Seen{0, 0, 3, true}, Seen{0, 1, 2, false}, Seen{1, 0, 1, true}));
}

TEST(ScenarioHistory, RefusesADecisionBeforeTheStart) {
  const Case world("AAA,2020-06,,engagement,mission,0,,,KAB\n");
  EXPECT_THAT(world.problems(),
              ElementsAre("history.csv:2:5: date: found '2020-06', before the start (2021-01-01); "
                          "allowed: a later date, or inherited 1"));
}

TEST(ScenarioHistory, LeavesOutWhatIsAfterTheEnd) {
  const Case world(
      "AAA,2021-06,,engagement,contact,0,,,KAB\n"
      "AAA,2021-12-31,,engagement,mission,0,,,KAB\n"
      "AAA,2022-01-01,,engagement,contact,0,,,KAB\n"
      "*,2022-01,,engagement,,,,,KAB\n");
  EXPECT_THAT(world.history().observations, SizeIs(2));
  EXPECT_THAT(world.history().censored, IsEmpty());
  EXPECT_THAT(world.history({"time.end=2021-08"}).observations, SizeIs(1));
}

TEST(ScenarioHistory, LetsEveryoneElseStayOnARung) {
  const Case world(
      "*,2020,,engagement,contact,1,,,KAB\n"
      "*,2021-01,,coercion,none,1,,,KAB\n");
  const auto history = world.history();
  EXPECT_THAT(history.observations, IsEmpty());
  EXPECT_THAT(history.others, ElementsAre(Rung{1}, std::nullopt, Rung{0}));
  EXPECT_THAT(Case("AAA,2021-02,,engagement,contact,1,,,KAB\n").history().others, IsEmpty());
}

TEST(ScenarioHistory, RefusesADecisionOfEveryone) {
  const Case world(
      "*,2021-02,,engagement,contact,0,,,KAB\n"
      "*,2021-02,,coercion,none,1,,,KAB\n"
      "*,2021-01,,recognition,withheld,1,,,KAB\n"
      "*,2020-01,,recognition,recognised,1,,,KAB\n");
  EXPECT_THAT(world.problems(),
              ElementsAre("history.csv:2:1: iso3: found '*' with a rung and without inherited 1; "
                          "allowed: an id, since each decides for itself",
                          "history.csv:3:3: date: found '2021-02', after the first step; allowed: "
                          "an earlier date, since the rung of everyone holds from the start",
                          "history.csv:5:24: rung: found 'recognised' and 'withheld' in line 4, "
                          "both of everyone; allowed: one rung"));
}

TEST(ScenarioHistory, EndsWhereNothingIsKnown) {
  const Case world(
      "BBB,2021-05-02,day,engagement,,0,,,KAB\n"
      "*,2021-09,,recognition,,,,,KAB\n");
  const auto history = world.history();
  ASSERT_THAT(history.censored, SizeIs(2));
  EXPECT_EQ(history.censored[0].actor, 1U);
  EXPECT_EQ(history.censored[0].ladder, LadderRole::engagement);
  EXPECT_EQ(history.censored[0].step, 4U);
  EXPECT_EQ(history.censored[1].actor, std::nullopt);
  EXPECT_EQ(history.censored[1].ladder, LadderRole::recognition);
  EXPECT_EQ(history.censored[1].step, 8U);
  EXPECT_TRUE(history.empty());
}

TEST(ScenarioHistory, RefusesAnInheritedNothing) {
  const Case world("BBB,2021-05-02,day,engagement,,1,,,KAB\n");
  EXPECT_THAT(world.problems(),
              ElementsAre("history.csv:2:31: rung: found nothing, with inherited 1; allowed: the "
                          "rung that is there"));
}

TEST(ScenarioHistory, RefusesTwoRungsOfOneDate) {
  const Case world(
      "AAA,2021-06-01,day,engagement,contact,0,,,KAB\n"
      "AAA,2021-06-01,day,recognition,recognised,0,,,KAB\n"
      "BBB,2021-06-01,day,engagement,mission,0,,,KAB\n"
      "AAA,2021-06,month,engagement,mission,0,,,KAB\n");
  EXPECT_THAT(world.problems(),
              ElementsAre("history.csv:5:30: rung: found 'mission' and 'contact' in line 2, of the "
                          "same date; allowed: one rung"));
}

TEST(ScenarioHistory, KeepsARowThatRepeatsTheStandingRung) {
  const Case world(
      "AAA,2021-06-01,day,engagement,contact,1,,,KAB\n"
      "AAA,2021-06-01,day,engagement,contact,0,,,KAB\n"
      "AAA,2021-07-01,day,engagement,contact,0,,,KAB\n");
  EXPECT_THAT(world.history().observations, SizeIs(3));
}

TEST(ScenarioHistory, RefusesOtherWordsAndColumns) {
  const Case world(
      "AAA,2021-06,month,engagement,contact,yes,sure,KAB,Kab\n"
      "AAB,2021-06,month,engagement,contact,0,high,KAB,\n",
      "iso3,date,precision,ladder,rung,inherited,confidence,authority,sauce\n");
  EXPECT_THAT(
      world.problems(),
      ElementsAre("history.csv:1:64: found unknown column 'sauce'; allowed: iso3, date, precision, "
                  "ladder, rung, inherited, confidence, source, authority (did you mean "
                  "'source'?)",
                  "history.csv:2:38: inherited: found 'yes'; allowed: 0, 1",
                  "history.csv:2:42: confidence: found 'sure'; allowed: high, medium, low",
                  HasSubstr("history.csv:3:1: iso3: found 'AAB'; allowed: AAA, BBB, CCC")));
}

TEST(ScenarioHistory, KeepsSeveralAuthoritiesApart) {
  ScenarioFolder folder(
      "entente: 1\ntitle: Two claimants\ntime: {start: 2021-01, end: 2021-12}\n"
      "authorities: {PRC: {}, ROC: {}}\nactors: {define: {AAA: {}}}\nobserved: history.csv\n");
  folder.file("history.csv", std::string(header) +
                                 "AAA,2021-06,,recognition,recognised,0,,,PRC\n"
                                 "AAA,2021-06,,recognition,withheld,0,,,ROC\n"
                                 "*,2021-01,,recognition,recognised,1,,,ROC\n");
  const auto history = folder.load().history;
  ASSERT_THAT(history.observations, SizeIs(2));
  EXPECT_EQ(history.observations[1].authority, 1U);
  ASSERT_THAT(history.others, SizeIs(2 * ladder_count));
  EXPECT_EQ(history.others[ladder_count + index_of(LadderRole::recognition)], Rung{1});
}

TEST(ScenarioHistory, MayBeNamedByTheCaller) {
  const Case world("AAA,2021-06,,engagement,contact,0,,,KAB\n");
  ScenarioFolder other;
  other.file("mine.csv", "iso3,date,ladder,rung\nBBB,2021-02,engagement,mission\n");
  const auto path = std::filesystem::proximate(other.path() / "mine.csv");
  ASSERT_TRUE(path.is_relative());
  const auto scenario = load_scenario(world.folder.path(), {}, path);
  EXPECT_THAT(seen(scenario.history), ElementsAre(Seen{1, 1, 3, false}));
  ASSERT_THAT(scenario.files, SizeIs(2));
  EXPECT_THAT(scenario.files[1].text, HasSubstr("BBB"));
  EXPECT_THROW((void)load_scenario(world.folder.path(), {}, "nowhere.csv"), FileError);
}

TEST(ScenarioHistory, OfASettingStartsFromTheScenario) {
  Case world("AAA,2021-06,,engagement,contact,0,,,KAB\n");
  world.folder.file("other.csv", "iso3,date,ladder,rung\n");
  EXPECT_THAT(world.history({"observed=other.csv"}).observations, IsEmpty());
  const auto absolute = (world.folder.path() / "other.csv").string();
  EXPECT_THAT(world.history({"observed=" + absolute}).observations, IsEmpty());
}

TEST(ScenarioHistory, OfABaseMayBeLeftOut) {
  Case world("AAA,2021-06,,engagement,contact,0,,,KAB\n");
  world.folder.file("later.yaml",
                    "entente: 1\nextends: scenario.yaml\ntime: {start: 2022-01, end: 2022-12}\n"
                    "observed:\n");
  EXPECT_TRUE(load_scenario(world.folder.path() / "later.yaml").history.empty());
}

}  // namespace
}  // namespace entente
