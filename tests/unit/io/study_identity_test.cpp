// Which studies have the same table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "study_folder.hpp"

namespace entente {
namespace {

using test::StudyFolder;
using testing::ElementsAre;
using testing::StartsWith;

const std::string parts[]{
    "set: {temperature: 2}\n",
    "variants: [none, v]\n",
    "parameters:\n  - {name: x, path: terms.rights.coefficient, uniform: [0, 2]}\n"
    "  - {name: when, path: events.first.date, choice: [2021-02, 2021-05]}\n",
    "design: {sobol: {points: 4, seed: 1}}\n",
    "measures: {r: {count: {ladder: recognition, rung: recognised, at: 2022-06}}}\n",
    "replicates: 4\n",
    "first_replicate: 2\n",
};

std::string whole() {
  std::string text;
  for (const auto& part : parts) text += part;
  return text;
}

std::string replaced(const std::string& what, const std::string& by) {
  auto text = whole();
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Lines that only the second has.
std::vector<std::string> difference(const std::string& before, const std::string& after) {
  const auto known = lines_of(before);
  std::vector<std::string> list;
  for (const auto& line : lines_of(after))
    if (std::find(known.begin(), known.end(), line) == known.end()) list.push_back(line);
  return list;
}

TEST(StudyIdentity, DoesNotDependOnWhatIsSaidAboutAStudy) {
  StudyFolder world(whole());
  const auto own = study_identity(world.load());
  EXPECT_EQ(own, study_identity(world.load()));
  world.write("note: more\nsources: [a, b]\nanalysis: {measures: [r], resamples: 9}\n# why\n" +
              whole());
  EXPECT_EQ(study_identity(world.load()), own);
  world.folder.file("studies/s.yaml", "entente: 1\ntitle: Another\nquestion: Else?\n" + whole());
  EXPECT_EQ(study_identity(world.load()), own);
  world.write(replaced("name: x,", "name: x, unit: utility, meaning: what, note: why,"));
  EXPECT_EQ(study_identity(world.load()), own);
  // Nor on where it lies.
  const StudyFolder moved(whole());
  EXPECT_EQ(study_identity(moved.load()), own);
  world.folder.file("s.yaml", "entente: 1\ntitle: a\nquestion: b\nscenario: .\n" + whole());
  EXPECT_EQ(study_identity(load_study(world.folder.path() / "s.yaml")), own);
}

TEST(StudyIdentity, NamesWhatDiffers) {
  StudyFolder world(whole());
  const auto own = study_identity(world.load());
  const auto changed = [&](const std::string& what, const std::string& by) {
    world.write(replaced(what, by));
    return difference(own, study_identity(world.load()));
  };
  EXPECT_THAT(changed("temperature: 2", "temperature: 3"), ElementsAre("set temperature=3"));
  EXPECT_THAT(changed("uniform: [0, 2]", "uniform: [0, 3]"),
              ElementsAre("parameter x: uniform: [0, 3]; terms.rights.coefficient"));
  EXPECT_THAT(changed("name: x", "name: y"),
              ElementsAre("parameter y: uniform: [0, 2]; terms.rights.coefficient"));
  EXPECT_THAT(changed("2021-05]", "2021-06]"),
              ElementsAre("parameter when: choice | 2021-02 | 2021-06; events.first.date"));
  EXPECT_THAT(changed("seed: 1", "seed: 2"),
              ElementsAre("design sobol: {points: 4, scramble: owen, skip: 0, seed: 2}"));
  EXPECT_THAT(changed("at: 2022-06", "at: 2022-07"), ElementsAre(StartsWith("measure r: count ")));
  EXPECT_THAT(changed("replicates: 4", "replicates: 5"), ElementsAre("replicates: 5"));
  EXPECT_THAT(changed("first_replicate: 2", "first_replicate: 3"),
              ElementsAre("first_replicate: 3"));
  EXPECT_THAT(changed("[none, v]", "[v, none]"),
              ElementsAre("parameter variant: choice | v | none"));
  world.write(whole());
  EXPECT_THAT(difference(own, study_identity(world.load({{"run.seed=8"}, {}, 9}))),
              ElementsAre("set run.seed=8", "first_replicate: 9", "seed: 8"));
}

TEST(StudyIdentity, ChangesWithTheScenarioAndItsVariants) {
  StudyFolder world(whole());
  const auto own = study_identity(world.load());
  const std::string scenario = test::baseline_scenario;
  world.folder.file("scenario.yaml", scenario + "temperature: 1\n");
  EXPECT_THAT(difference(own, study_identity(world.load())),
              ElementsAre(StartsWith("file scenario.yaml: ")));
  world.folder.file("scenario.yaml", scenario)
      .file("variants/v.yaml", test::variant_text("authorities: {KAB: {sanctions: 0.5}}\n"));
  EXPECT_THAT(difference(own, study_identity(world.load())),
              ElementsAre(StartsWith("file variants/v.yaml: ")));
}

// What was seen of the world is shown beside results and decides none of them.
TEST(StudyIdentity, DoesNotDependOnTheHistory) {
  StudyFolder world(whole());
  world.folder.file("scenario.yaml", std::string(test::baseline_scenario) + "observed: h.csv\n");
  world.folder.file("h.csv", "iso3,date,ladder,rung\nAAA,2021-03,engagement,contact\n");
  const auto own = study_identity(world.load());
  world.folder.file("h.csv", "iso3,date,ladder,rung\nAAA,2021-03,engagement,dialogue\n");
  EXPECT_EQ(study_identity(world.load()), own);
}

TEST(StudyIdentity, KnowsThePointsOfAList) {
  StudyFolder world;
  const auto listed = [&](const char* second) {
    world.folder.file("studies/p.csv",
                      std::string("variant,x,when\nnone,0.5,2021-02\nv,") + second + ",2021-05\n");
    world.write(replaced("sobol: {points: 4, seed: 1}", "list: {file: p.csv}"));
    return study_identity(world.load());
  };
  const auto own = listed("1");
  EXPECT_EQ(own, listed("1.0"));
  EXPECT_NE(own, listed("1.25"));
}

}  // namespace
}  // namespace entente
