// What a scenario may read for somebody who is not trusted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "entente/core/error.hpp"
#include "entente/io/scenario.hpp"
#include "variant_folder.hpp"

namespace entente {
namespace {

using test::baseline_scenario;
using test::ScenarioFolder;
using test::VariantFolder;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

// Problems of `inner/scenario.yaml` when only `inner` may be read.
std::vector<std::string> problems_of(const ScenarioFolder& folder) {
  const auto inner = folder.path() / "inner";
  try {
    (void)load_scenario(inner, {}, {}, keep_files({{inner}}));
  } catch (const InputError& error) {
    std::vector<std::string> texts;
    for (const auto& problem : error.problems()) texts.push_back(problem.text());
    return texts;
  }
  return {};
}

constexpr auto not_allowed = "found no such file where files may be read";

TEST(ReadRules, LetFilesBelowTheirFoldersBeRead) {
  ScenarioFolder folder("");
  folder.file("inner/base/scenario.yaml", baseline_scenario)
      .file("inner/scenario.yaml", "entente: 1\nextends: base/../base\ntitle: Edited\n");
  EXPECT_THAT(problems_of(folder), SizeIs(0));
}

TEST(ReadRules, RefuseWhatStandsOutsideByAnyName) {
  ScenarioFolder folder("");
  folder.file("outer.yaml", baseline_scenario).file("inner-2/scenario.yaml", baseline_scenario);
  std::filesystem::create_directory(folder.path() / "inner");
  std::filesystem::create_symlink(folder.path() / "outer.yaml",
                                  folder.path() / "inner" / "link.yaml");
  for (const auto& name :
       {std::string("../outer.yaml"), (folder.path() / "outer.yaml").string(),
        std::string("link.yaml"), std::string("../inner-2"), std::string("/etc/passwd")}) {
    folder.file("inner/scenario.yaml", "entente: 1\nextends: " + name + "\n");
    EXPECT_THAT(problems_of(folder), Contains(HasSubstr(not_allowed))) << name;
  }
}

TEST(ReadRules, RefuseTablesHistoriesAndCoefficientsLikewise) {
  ScenarioFolder folder("");
  for (const auto* key : {"observed: ", "coefficients: ", "data: {actors: "}) {
    const std::string line = std::string(key) + "/etc/passwd" + (*key == 'd' ? "}" : "") + "\n";
    folder.file("inner/scenario.yaml", std::string(baseline_scenario) + line);
    EXPECT_THAT(problems_of(folder), Contains(HasSubstr(not_allowed))) << key;
  }
}

TEST(ReadRules, BoundTheNodesOfAFile) {
  ScenarioFolder folder("");
  folder.file("inner/scenario.yaml", "entente: 1\nnote: [a, b, c, d, e, f, g]\n");
  const auto inner = folder.path() / "inner";
  try {
    (void)load_scenario(inner, {}, {}, keep_files({{inner}, 8}));
    FAIL() << "loaded";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("found more than 8 YAML nodes"));
  }
}

TEST(ReadRules, BoundThePlacesThatChangesName) {
  ScenarioFolder folder(baseline_scenario);
  folder.file(
      "v.yaml",
      test::variant_text("events: {add: [{date: 2021-04, when: {count: recognition, at_or_above: "
                         "recognised, at_least: 1}, change: {scale: rivalry, actors: all, "
                         "towards: all, by: 0.5}}]}\n"));
  const auto load = [&](std::size_t addresses) {
    ReadRules rules;
    rules.addresses = addresses;
    return load_variant(folder.path(), {folder.path() / "v.yaml", {}, {}}, {}, keep_files(rules));
  };
  EXPECT_EQ(load(15).variant.name, "v");  // 1, 1 and 1 place of the baseline, 3 actors and 9 pairs
  try {
    (void)load(14);
    FAIL() << "loaded";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("found changes and conditions of more than 14 places together"));
  }
}

// The keys that name files are the scenario's, so no variant can have a file read.
TEST(ReadRules, AreNeverNeededForAVariant) {
  for (const auto* edit :
       {"extends: /etc/passwd\n", "data: {actors: /etc/passwd}\n", "observed: /etc/passwd\n",
        "coefficients: /etc/passwd\n", "set: {extends: /etc/passwd}\n",
        "set: {data.actors: /etc/passwd}\n", "set: {observed: /etc/passwd}\n",
        "set: {coefficients: /etc/passwd}\n", "set: {data: {membership: /etc/passwd}}\n"}) {
    EXPECT_THAT(VariantFolder(edit).problems(),
                ElementsAre(HasSubstr("which only the scenario may have")))
        << edit;
  }
}

}  // namespace
}  // namespace entente
