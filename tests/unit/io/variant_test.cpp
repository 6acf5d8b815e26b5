// Variants in files: what they change, what they may not, what wins.
#include "entente/io/variant.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "same_scenario.hpp"
#include "variant_folder.hpp"

namespace entente {
namespace {

using test::baseline_scenario;
using test::expect_same;
using test::ScenarioFolder;
using test::variant_text;
using test::VariantFolder;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST(Variant, SaysWhatItIsAbout) {
  const VariantFolder world("reasoning: It may come.\nlook_at: Who follows.\nsources: [A, B]\n");
  const auto varied = world.load();
  const auto& about = varied.variant;
  EXPECT_EQ(about.name, "v");
  EXPECT_EQ(about.title, "Variant");
  EXPECT_EQ(about.question, "What if?");
  EXPECT_EQ(about.reasoning, "It may come.");
  EXPECT_EQ(about.look_at, "Who follows.");
  EXPECT_THAT(about.sources, ElementsAre("A", "B"));
  EXPECT_THAT(about.text, StartsWith("entente: 1\ntitle: Variant\n"));
  EXPECT_EQ(varied.scenario.model.title, "Variant");
  EXPECT_EQ(varied.scenario.question, "What if?");
  EXPECT_EQ(varied.scenario.replicates, 16U);
  EXPECT_EQ(read_variant(world.folder.path() / "variants/v.yaml").reasoning, "It may come.");
}

TEST(Variant, ThatSaysNothingElseChangesNothing) {
  const VariantFolder world("");
  auto baseline = world.folder.load().model;
  baseline.title = "Variant";
  expect_same(world.load().scenario.model, baseline);
}

TEST(Variant, ChangesWhatItSaysAndNothingElse) {
  const std::string edits = R"(note: why
temperature: 2
terms: {rights: {coefficient: 3}, need: {}}
covariates: {faith: {coefficient: 0.5}}
variables: {half: 0.5}
relations: {rivalry: {value: a_half}}
groups: {ttp: {attack_rate: 3}}
authorities: {KAB: {sanctions: 0.1}}
actors: {importance: half, derive: {need: half}, initial: {engagement: dialogue}, override: {AAA: {need: 1}}}
bodies: {club: {threshold: 0.25}}
series: [{of: opposition, points: {2021-06: 0.2}}]
events:
  remove: [first]
  add: [{date: 2021-04, change: {set: rung, ladder: recognition, actors: [BBB], to: recognised}}]
)";
  VariantFolder world(edits);
  auto expected = world.extended(edits);
  expected.title = "Variant";
  expect_same(world.load().scenario.model, expected);
}

// A draw's address has the hash of its event's id.
TEST(Variant, LeavesTheIdsOfOtherEventsAlone) {
  const VariantFolder world("events: {remove: ['2021-03 add sanctions']}\n");
  std::vector<std::string> ids;
  for (const auto& event : world.load().scenario.model.events) ids.push_back(event.id);
  EXPECT_THAT(ids, ElementsAre("first", "2021-03 add sanctions #2"));
}

TEST(Variant, IsAmongTheFilesOfItsScenario) {
  const VariantFolder world("");
  std::vector<std::string> names;
  for (const auto& file : world.load().scenario.files) names.push_back(file.name);
  EXPECT_THAT(names, ElementsAre("scenario.yaml", "variants/v.yaml"));
}

TEST(Variant, SetsValuesLastAndInOrder) {
  const VariantFolder world(R"(authorities: {KAB: {sanctions: 0.1}}
set:
  authorities.KAB.sanctions: 0.2
  authorities.KAB.opposition: 0.3
  events.first.probability: 0.25
)");
  const auto file = world.load({"authorities.KAB.sanctions=0.9"}).scenario.model;
  EXPECT_FLOAT_EQ(file.parameters.at(Param::sanctions, 0, 0), 0.2F);
  EXPECT_FLOAT_EQ(file.parameters.at(Param::opposition, 0, 0), 0.3F);
  EXPECT_FLOAT_EQ(file.events[0].probability, 0.25F);

  const auto again =
      load_variant(world.folder.path(), {world.folder.path() / "variants/v.yaml",
                                         {},
                                         {"authorities.KAB.sanctions=0.6", "temperature=3"}})
          .scenario.model;
  EXPECT_FLOAT_EQ(again.parameters.at(Param::sanctions, 0, 0), 0.6F);
  EXPECT_FLOAT_EQ(again.parameters.at(Param::opposition, 0, 0), 0.3F);
  EXPECT_FLOAT_EQ(again.temperature, 3.0F);
}

TEST(Variant, SharesOverridesWithItsBaseline) {
  const VariantFolder world("");
  const std::vector<std::string> overrides{"run.seed=9", "terms.rights.coefficient=5",
                                           "actors.select.except=[CCC]"};
  auto baseline = world.folder.load(overrides).model;
  baseline.title = "Variant";
  const auto varied = world.load(overrides).scenario;
  expect_same(varied.model, baseline);
  EXPECT_EQ(varied.overrides, overrides);
}

TEST(Variant, RefusesEveryKeyThatIsTheScenarios) {
  const std::vector<std::string> keys{"extends",  "time",         "data",   "run",
                                      "observed", "coefficients", "sectors"};
  for (const auto& key : keys) {
    const VariantFolder world("terms: {}\n" + key + ": {}\n");
    EXPECT_THAT(world.problems(),
                ElementsAre(AllOf(StartsWith("v.yaml:5:1: found key '" + key +
                                             "', which only the scenario may have; allowed: "
                                             "entente, title, question, reasoning"),
                                  HasSubstr(", events, "))));
  }
}

TEST(Variant, RefusesToSetWhatIsTheScenarios) {
  const VariantFolder world(
      "set: {run.seed: 3, actors.select.except: [AAA], time.end: 2023, nothing.x: 1, reasoning: "
      "x,\n"
      "      actors: {define: {DDD: {}}}, a..b: 1}\n");
  EXPECT_THAT(
      world.problems(),
      ElementsAre(
          StartsWith("v.yaml:4:7: found key 'run', which only the scenario may have; allowed: "),
          StartsWith("v.yaml:4:20: actors: found key 'select', which only the scenario may have; "
                     "allowed: importance, derive, initial, override"),
          StartsWith("v.yaml:4:49: found key 'time', which only"),
          StartsWith("v.yaml:4:65: found unknown key 'nothing'; allowed: "),
          StartsWith("v.yaml:4:79: found unknown key 'reasoning'; allowed: "),
          StartsWith("v.yaml:5:16: actors: found key 'define', which only"),
          StartsWith("v.yaml:5:36: set: found 'a..b'; allowed: a path such as ")));
}

TEST(Variant, TurnsRatesAndCostsOfLadders) {
  const VariantFolder world(
      "ladders: {coercion: {rate: 3}, rights: {down: 2}}\n"
      "set: {ladders.recognition.up: 4}\n");
  const auto varied = world.load().scenario.model;
  EXPECT_EQ(varied.ladders[index_of(LadderRole::coercion)].rate, 3.0F);
  EXPECT_EQ(varied.ladders[index_of(LadderRole::recognition)].up, 4.0F);
  EXPECT_EQ(varied.rights.down, 2.0F);
}

TEST(Variant, RefusesToChangeTheRungs) {
  for (const std::string key : {"rungs", "height", "recognises_from"}) {
    EXPECT_THAT(VariantFolder("ladders: {recognition: {" + key + ": [a, b]}}\n").problems(),
                ElementsAre(StartsWith("v.yaml:4:25: ladders.recognition: found key '" + key +
                                       "', which only the scenario may have; allowed: baseline")));
  }
}

TEST(Variant, RefusesToChangeWhoTakesPart) {
  EXPECT_THAT(VariantFolder("actors: {select: {except: [AAA]}}\n").problems(),
              ElementsAre("v.yaml:4:10: actors: found key 'select', which only the scenario may "
                          "have; allowed: importance, derive, initial, override"));
  EXPECT_THAT(VariantFolder("groups: {new: {}}\n").problems(),
              ElementsAre("v.yaml: groups: found a list with new; allowed: those of the baseline"));
  // What replaces all of `actors` takes the actors with it.
  EXPECT_THAT(VariantFolder("set: {actors: {override: {}}}\n").problems(),
              Contains(StartsWith("v.yaml")));
}

TEST(Variant, ReportsAllProblemsOfAllFilesAtOnce) {
  VariantFolder world("authorities: {KAB: {sanctions: 3}}\nlook_at: [a]\nset: {terms.x: {}}\n");
  world.folder.file("scenario.yaml", std::string(baseline_scenario) + "observed: none.csv\n");
  EXPECT_THAT(world.problems(),
              ElementsAre(HasSubstr("observed: "),
                          "v.yaml:4:32: authorities.KAB.sanctions: found '3'; allowed: number "
                          "from 0 to 1 [1]",
                          "v.yaml:5:10: look_at: found a list; allowed: text",
                          AllOf(StartsWith("v.yaml:6:7: terms: found unknown key 'x'"))));
}

TEST(Variant, NeedsVersionTitleAndQuestion) {
  VariantFolder world;
  world.folder.file("variants/v.yaml", "entente: 1\n");
  EXPECT_THAT(world.problems(),
              ElementsAre("v.yaml:1:1: found no key 'question'; allowed: it is required",
                          "v.yaml:1:1: found no key 'title'; allowed: it is required"));
  world.folder.file("variants/v.yaml", "title: x\nquestion: y\n");
  EXPECT_THAT(world.problems(), ElementsAre("v.yaml:1:1: found no key 'entente'; allowed: "
                                            "'entente: 1' first"));
  world.folder.file("variants/v.yaml", "just text\n");
  EXPECT_THAT(world.problems(), ElementsAre("v.yaml: found no mapping; allowed: a mapping"));
}

TEST(Variant, ThatIsNoFileIsAnErrorOfFiles) {
  EXPECT_THROW((void)VariantFolder().load(), FileError);
}

TEST(Variant, VariantsOfAScenarioAreSorted) {
  VariantFolder world("");
  world.folder.file("variants/a.yaml", "").file("variants/z.md", "");
  const auto folder = world.folder.path() / "variants";
  EXPECT_THAT(variants_of(world.folder.path()), ElementsAre(folder / "a.yaml", folder / "v.yaml"));
  EXPECT_EQ(variants_of(world.folder.path() / "scenario.yaml"), variants_of(world.folder.path()));
  EXPECT_THAT(variants_of(folder), IsEmpty());
}

}  // namespace
}  // namespace entente
