// `extends` and `--set`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "entente/io/scenario.hpp"
#include "support/scenario_folder.hpp"

namespace entente {
namespace {

using test::ScenarioFolder;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto base = R"(entente: 1
title: Base
time: {start: 2021-01, end: 2021-12}
terms: {baseline: {}, rights: {coefficient: 2, cover_effect: 0.25}}
authorities: {KAB: {sanctions: 0.5, name: Kab}}
actors:
  define: {AAA: {}, BBB: {}}
  derive: {need: 0.1, border: 0.2}
ladders: {coercion: {rungs: [none, some]}}
series:
  - {of: sanctions, points: {2021-01: 0.1}}
events:
  - {id: first, date: 2021-02, change: {add: sanctions, by: 0.1}}
  - {date: 2021-03, change: {add: sanctions, by: 0.2}}
run: {seed: 5}
)";

struct Family {
  explicit Family(std::string_view variant) {
    folder.file("base/scenario.yaml", base).file("scenario.yaml", variant);
  }
  [[nodiscard]] Model model() const { return folder.load().model; }
  [[nodiscard]] std::vector<std::string> event_ids() const {
    std::vector<std::string> ids;
    for (const auto& event : model().events) ids.push_back(event.id);
    return ids;
  }
  ScenarioFolder folder;
};

TEST(ScenarioMerge, KeepsWhatIsNotChanged) {
  const Family family("entente: 1\nextends: base\ntitle: Variant\n");
  const auto model = family.model();
  EXPECT_EQ(model.title, "Variant");
  EXPECT_EQ(model.seed, 5U);
  EXPECT_EQ(model.terms.size(), 2U);
  EXPECT_EQ(model.events.size(), 2U);
}

TEST(ScenarioMerge, MergesMappingsKeyByKey) {
  const Family family(
      "entente: 1\nextends: base/scenario.yaml\n"
      "terms: {rights: {coefficient: 3}, baseline: {on: false}, need:}\n"
      "authorities: {KAB: {name: Other}}\n"
      "actors: {derive: {need: {value: 0.3, note: why}}}\n");
  const auto model = family.model();
  ASSERT_EQ(model.terms.size(), 2U);
  EXPECT_EQ(model.terms[0].key, "rights");
  EXPECT_FLOAT_EQ(model.terms[0].values[0], 3.0F);
  EXPECT_FLOAT_EQ(model.terms[0].values[1], 0.25F);
  EXPECT_EQ(model.terms[1].key, "need");
  EXPECT_EQ(model.authorities[0].name, "Other");
  EXPECT_FLOAT_EQ(model.parameters.at(Param::sanctions, 0, 0), 0.5F);
  EXPECT_FLOAT_EQ(model.parameters.at(Param::need, 0, 0), 0.3F);
  EXPECT_FLOAT_EQ(model.parameters.at(Param::border, 0, 0), 0.2F);
}

TEST(ScenarioMerge, ReplacesLists) {
  const Family family("entente: 1\nextends: base\nladders: {coercion: {rungs: [a, b, c]}}\n");
  EXPECT_THAT(family.model().ladders[2].rungs, ElementsAre("a", "b", "c"));
}

TEST(ScenarioMerge, AppendsEventsAndSeries) {
  const Family family(
      "entente: 1\nextends: base\n"
      "events: [{id: third, date: 2021-04, change: {add: sanctions, by: 0.1}}]\n"
      "series: [{of: frozen, points: {2021-01: 0.1}}]\n");
  EXPECT_THAT(family.event_ids(), ElementsAre("first", "2021-03 add sanctions", "third"));
  EXPECT_EQ(family.model().series.size(), 2U);
}

TEST(ScenarioMerge, StartsEventsAnew) {
  const Family family(
      "entente: 1\nextends: base\n"
      "events: {replace: [{id: only, date: 2021-04, change: {add: sanctions, by: 0.1}}]}\n"
      "series: {replace: []}\n");
  EXPECT_THAT(family.event_ids(), ElementsAre("only"));
  EXPECT_TRUE(family.model().series.empty());
}

TEST(ScenarioMerge, RemovesAndAddsEvents) {
  const Family family(
      "entente: 1\nextends: base\n"
      "events: {remove: [first], add: [{id: new, date: 2021-04, change: {add: frozen, by: "
      "0.1}}]}\n");
  EXPECT_THAT(family.event_ids(), ElementsAre("2021-03 add sanctions", "new"));
}

TEST(ScenarioMerge, RemovesEventsByTheIdsThatWereMadeForThem) {
  const Family family("entente: 1\nextends: base\nevents: {remove: ['2021-03 add sanctions']}\n");
  EXPECT_THAT(family.event_ids(), ElementsAre("first"));
}

TEST(ScenarioMerge, FindsTablesBesideTheFileThatNamesThem) {
  Family family("entente: 1\nextends: base\nactors: {derive: {need: gdp}}\n");
  family.folder.file("base/table.csv", "iso3,gdp\nCCC,0.5\nAAA,0.25\n");
  family.folder.file("base/scenario.yaml",
                     "entente: 1\ntitle: Base\ntime: {start: 2021, end: 2022}\n"
                     "data: {actors: table.csv}\nauthorities: {KAB: {}}\nactors: {}\n");
  const auto scenario = family.folder.load();
  EXPECT_EQ(scenario.model.actors[0].id, "CCC");
  EXPECT_FLOAT_EQ(scenario.model.parameters.at(Param::need, 0, 1), 0.25F);
  std::vector<std::string> names;
  for (const auto& file : scenario.files) names.push_back(file.name);
  EXPECT_THAT(names, ElementsAre("scenario.yaml", "base/scenario.yaml", "base/table.csv"));
}

TEST(ScenarioMerge, PointsAtTheFileThatIsWrong) {
  const Family family("entente: 1\nextends: base\nladders: {engagement: {height: [1]}}\n");
  EXPECT_THAT(family.folder.problems(), ElementsAre(HasSubstr("3:32: ladders.engagement.height")));
  Family other("entente: 1\nextends: base\n");
  other.folder.file("base/scenario.yaml", std::string(base) + "sectors: 5\n");
  EXPECT_THAT(other.folder.problems(),
              ElementsAre("base/scenario.yaml:16:10: sectors: found '5'; allowed: a list"));
}

TEST(ScenarioMerge, EndsChainsThatAreTooLong) {
  ScenarioFolder folder;
  for (int k = 0; k < 12; ++k)
    folder.file("v" + std::to_string(k) + ".yaml",
                "entente: 1\nextends: v" + std::to_string(k + 1) + ".yaml\n");
  folder.file("scenario.yaml", "entente: 1\nextends: v0.yaml\n");
  EXPECT_THAT(folder.problems(),
              ElementsAre("v7.yaml:2:10: extends: found more than 8 files that extend each other; "
                          "allowed: at most 8"));
}

TEST(ScenarioMerge, FollowsEightSteps) {
  ScenarioFolder folder(R"(entente: 1
extends: v1.yaml
)");
  for (int k = 1; k < 8; ++k)
    folder.file("v" + std::to_string(k) + ".yaml",
                "entente: 1\nextends: v" + std::to_string(k + 1) + ".yaml\n");
  folder.file("v8.yaml", base);
  EXPECT_EQ(folder.load().model.title, "Base");
}

TEST(ScenarioSet, ChangesNumbersInOrder) {
  const ScenarioFolder folder(base);
  const auto scenario = folder.load({"terms.rights.coefficient=7", "run.seed=9", "run.seed=10",
                                     "actors.override.AAA.need=0.9", "actors.derive.border=0.6"});
  EXPECT_FLOAT_EQ(scenario.model.terms[1].values[0], 7.0F);
  EXPECT_EQ(scenario.model.seed, 10U);
  EXPECT_FLOAT_EQ(scenario.model.parameters.at(Param::need, 0, 0), 0.9F);
  EXPECT_FLOAT_EQ(scenario.model.parameters.at(Param::border, 0, 1), 0.6F);
  EXPECT_EQ(scenario.overrides.size(), 5U);
  EXPECT_EQ(scenario.files.size(), 1U);
}

TEST(ScenarioSet, ReachesIntoLists) {
  const ScenarioFolder folder(base);
  const auto model = folder
                         .load({"events[0].probability=0.5", "events.1.probability=0.25",
                                "events.first.change.by=0.4"})
                         .model;
  EXPECT_FLOAT_EQ(model.events[0].probability, 0.5F);
  EXPECT_FLOAT_EQ(model.events[1].probability, 0.25F);
  EXPECT_FLOAT_EQ(model.events[0].changes[0].value, 0.4F);
}

TEST(ScenarioSet, TakesWholeSections) {
  const ScenarioFolder folder(base);
  const auto model = folder.load({"terms={need: {coefficient: 2}}"}).model;
  ASSERT_EQ(model.terms.size(), 1U);
  EXPECT_EQ(model.terms[0].key, "need");
}

TEST(ScenarioSet, NamesItselfInProblems) {
  const ScenarioFolder folder(base);
  EXPECT_THAT(
      folder.problems({"run.seed=-1", "run.sede=1"}),
      ElementsAre(
          "--set: run.seed: found '-1'; allowed: whole number below 2^64",
          "--set: run: found unknown key 'sede'; allowed: replicates, seed, record (did you "
          "mean 'seed'?)"));
}

TEST(ScenarioSet, RefusesWhatIsNoSetting) {
  const ScenarioFolder folder(base);
  for (const auto* setting : {"", "run.seed", "=1", "run.seed=", "run..seed=1", "extends=base",
                              "events[0]x=1", ".run=1", "run.=1"})
    EXPECT_THAT(folder.problems({setting}),
                ElementsAre("--set: found '" + std::string(setting) +
                            "'; allowed: path=value, such as terms.rights.coefficient=2"));
}

TEST(ScenarioSet, SaysWhereAPathEnds) {
  const ScenarioFolder folder(base);
  EXPECT_THAT(
      folder.problems({"title.x=1"}),
      ElementsAre("--set: title.x: found 'Base' under 'title'; allowed: a mapping or a list "
                  "to set this in"));
  EXPECT_THAT(folder.problems({"events[2].probability=1"}),
              ElementsAre("--set: events: found position 2; allowed: less than 2"));
  EXPECT_THAT(
      folder.problems({"events.frist.probability=1"}),
      ElementsAre("--set: events: found 'frist'; allowed: first, 2021-03 add sanctions (did "
                  "you mean 'first'?)"));
}

}  // namespace
}  // namespace entente
