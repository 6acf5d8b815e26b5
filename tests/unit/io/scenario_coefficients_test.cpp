// `coefficients: FILE`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "entente/io/scenario.hpp"
#include "support/scenario_folder.hpp"

namespace entente {
namespace {

using test::ScenarioFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto scenario = R"(coefficients: fit/fitted.yaml
terms: {baseline: {}, rights: {coefficient: 2, cover_effect: 0.25}, need:, mediation: {on: false}}
covariates: {religion: {value: 1}}
ladders: {engagement: {up: 7, rate: 3}}
)";

constexpr auto fitted = R"(# written by nobody
entente: 1
fitted: {version: 0.1.0, until: 2025-12, cases: [one, two], prior: {scale: 1}, nothing: }
terms: {rights: {coefficient: 3.5}, need: {coefficient: -0.25}, baseline: {}}
covariates: {religion: {coefficient: 0.5}}
ladders:
  engagement: {baseline: [0, -1, -2, -3, -4], up: 0.25, down: 2.5}
covariance: {names: [terms.rights.coefficient, ladders.engagement.up], matrix: [[1, 0.5], [0.5, 1e-3]]}
)";

struct Estimated {
  explicit Estimated(std::string_view file = fitted, std::string_view sections = scenario) {
    folder.file("scenario.yaml", test::small_scenario(sections)).file("fit/fitted.yaml", file);
  }
  [[nodiscard]] Model model(const std::vector<std::string>& overrides = {}) const {
    return folder.load(overrides).model;
  }
  /// Problems of a file of coefficients with these lines behind the first.
  [[nodiscard]] static std::vector<std::string> problems(const std::string& lines) {
    return Estimated("entente: 1\n" + lines).folder.problems();
  }
  ScenarioFolder folder;
};

TEST(ScenarioCoefficients, WinOverTheFileThatNamesThem) {
  const auto model = Estimated().model();
  ASSERT_EQ(model.terms.size(), 3U);
  for (const auto& term : model.terms) {
    if (term.key == "rights") {
      EXPECT_FLOAT_EQ(term.values[0], 3.5F);
      EXPECT_FLOAT_EQ(term.values[1], 0.25F);
    } else if (term.key == "need") {
      EXPECT_FLOAT_EQ(term.values[0], -0.25F);
    }
  }
  EXPECT_FLOAT_EQ(model.covariates.at(0).coefficient, 0.5F);
  const auto& ladder = model.ladders[index_of(LadderRole::engagement)];
  EXPECT_THAT(ladder.baseline, ElementsAre(0.0F, -1.0F, -2.0F, -3.0F, -4.0F));
  EXPECT_FLOAT_EQ(ladder.up, 0.25F);
  EXPECT_FLOAT_EQ(ladder.down, 2.5F);
  EXPECT_FLOAT_EQ(ladder.rate, 3.0F);
}

TEST(ScenarioCoefficients, YieldToAnExtendingScenarioAndToSettings) {
  Estimated estimated;
  estimated.folder.file("v/scenario.yaml",
                        "entente: 1\nextends: ..\nladders: {engagement: {up: 9}}\n");
  const auto up = [&](const std::vector<std::string>& overrides) {
    return load_scenario(estimated.folder.path() / "v", overrides).model.ladders[0].up;
  };
  EXPECT_FLOAT_EQ(up({}), 9.0F);
  EXPECT_FLOAT_EQ(up({"ladders.engagement.up=8"}), 8.0F);
  EXPECT_FLOAT_EQ(estimated.model({"terms.rights.coefficient=7"}).terms[1].values[0], 7.0F);
}

TEST(ScenarioCoefficients, OfAnExtendingScenarioWinOverThoseOfItsBase) {
  Estimated estimated;
  estimated.folder.file("v.yaml", "entente: 1\nextends: scenario.yaml\ncoefficients: more.yaml\n")
      .file("more.yaml", "entente: 1\nterms: {rights: {coefficient: 4}}\n");
  const auto loaded = load_scenario(estimated.folder.path() / "v.yaml");
  EXPECT_FLOAT_EQ(loaded.model.terms[1].values[0], 4.0F);
  EXPECT_FLOAT_EQ(loaded.model.ladders[0].up, 0.25F);
  std::vector<std::string> names;
  for (const auto& file : loaded.files) names.push_back(file.name);
  EXPECT_THAT(names, ElementsAre("v.yaml", "scenario.yaml", "fit/fitted.yaml", "more.yaml"));
}

TEST(ScenarioCoefficients, MayBeSet) {
  Estimated estimated;
  estimated.folder.file("more.yaml", "entente: 1\nladders: {engagement: {up: 5}}\n");
  const auto up = [&](const std::vector<std::string>& overrides) {
    return estimated.model(overrides).ladders[0].up;
  };
  EXPECT_FLOAT_EQ(up({"coefficients=more.yaml"}), 5.0F);
  EXPECT_FLOAT_EQ(up({"coefficients=more.yaml", "ladders.engagement.up=6"}), 6.0F);
  EXPECT_THAT(estimated.folder.problems({"coefficients=none.yaml"}),
              ElementsAre(HasSubstr("none.yaml: found no such file")));
}

TEST(ScenarioCoefficients, MayBeFew) {
  EXPECT_THAT(Estimated("entente: 1\n", "coefficients: fit/fitted.yaml\n").folder.problems(),
              IsEmpty());
  EXPECT_THAT(Estimated("entente: 1\ncovariance: {names: [], matrix: }\n",
                        "coefficients: fit/fitted.yaml\n")
                  .folder.problems(),
              IsEmpty());
}

TEST(ScenarioCoefficients, AreThoseOfWhatTheScenarioHas) {
  EXPECT_THAT(
      Estimated::problems("terms: {mediation: {coefficient: 1}, security: {}}\n"
                          "covariates: {religion: {coefficient: 1}, faith: {coefficient: 1}}\n"),
      ElementsAre("fit/fitted.yaml:2:9: terms: found 'mediation'; allowed: baseline, rights, need",
                  "fit/fitted.yaml:2:38: terms: found 'security'; allowed: baseline, rights, need",
                  "fit/fitted.yaml:3:42: covariates: found 'faith'; allowed: religion"));
  EXPECT_THAT(
      Estimated("entente: 1\nterms: {need: {coefficient: 1}}\n", "coefficients: fit/fitted.yaml\n")
          .folder.problems(),
      ElementsAre("fit/fitted.yaml:2:9: terms: found 'need'; allowed: nothing (terms of the "
                  "scenario: there is none)"));
}

TEST(ScenarioCoefficients, AreNothingElse) {
  EXPECT_THAT(
      Estimated::problems("covariates: {religion: {coefficient: 1}}\n"
                          "title: Mine\n"
                          "terms: {rights: {on: true, coefficient: many}}\n"
                          "ladders: {engagement: {rate: 2, baseline: [0, -1]}, rights: {up: 1}}\n"),
      ElementsAre(HasSubstr("fit/fitted.yaml:3:1: found unknown key 'title'; allowed: entente, "
                            "fitted, terms, covariates, ladders, covariance"),
                  HasSubstr("fit/fitted.yaml:4:18: terms.rights: found unknown key 'on'"),
                  HasSubstr("fit/fitted.yaml:4:41: terms.rights.coefficient: found 'many'"),
                  HasSubstr("fit/fitted.yaml:5:24: ladders.engagement: found unknown key 'rate'; "
                            "allowed: baseline, up, down"),
                  "fit/fitted.yaml:5:43: ladders.engagement.baseline: found a list of 2; allowed: "
                  "5, one per rung",
                  HasSubstr("fit/fitted.yaml:5:53: ladders: found unknown key 'rights'; allowed: "
                            "engagement, recognition, coercion")));
}

TEST(ScenarioCoefficients, HaveACovarianceOfTheirOwnSize) {
  const std::string covariate = "covariates: {religion: {coefficient: 1}}\n";
  EXPECT_THAT(Estimated::problems(covariate + "covariance: {names: [a, b], matrix: [[1, 2]]}\n"),
              ElementsAre("fit/fitted.yaml:3:37: covariance.matrix: found 1 rows; allowed: 2, one "
                          "per name"));
  EXPECT_THAT(
      Estimated::problems(covariate + "covariance: {names: [a, b], matrix: [[1, 2], [2]]}\n"),
      ElementsAre(
          "fit/fitted.yaml:3:46: covariance.matrix[1]: found 1 numbers; allowed: 2, one per "
          "name"));
  EXPECT_THAT(Estimated::problems(covariate + "covariance: {names: [a], matrix: [[x]]}\n"),
              ElementsAre(HasSubstr("covariance.matrix[0][0]: found 'x'")));
}

TEST(ScenarioCoefficients, MayHoldValuesOfActors) {
  const std::string_view own = R"(coefficients: fit/fitted.yaml
covariates:
  religion: {value: 2, coefficient: 1}
  mood: {value: 0.5, coefficient: 1, by_actor: true, values: {BBB: 3, CCC: 4}}
)";
  Estimated estimated(
      "entente: 1\ncovariates: {mood: {coefficient: 1, values: {AAA: -1.5, CCC: 0.25}}}\n", own);
  ASSERT_THAT(estimated.folder.problems(), IsEmpty());
  const auto model = estimated.model();
  ASSERT_EQ(model.covariates.size(), 2U);
  EXPECT_FALSE(model.covariates[0].by_actor);
  EXPECT_TRUE(model.covariates[1].by_actor);
  const auto of = [&](std::size_t covariate) {
    std::vector<float> row;
    for (std::size_t i = 0; i < 3; ++i)
      row.push_back(model.parameters.at(Param::covariate, covariate, i));
    return row;
  };
  EXPECT_THAT(of(0), ElementsAre(2.0F, 2.0F, 2.0F));
  // The file's where it has one, then the scenario's, then what the rule gives.
  EXPECT_THAT(of(1), ElementsAre(-1.5F, 3.0F, 0.25F));
  EXPECT_FLOAT_EQ(
      estimated.model({"covariates.mood.values.AAA=7"}).parameters.at(Param::covariate, 1, 0),
      7.0F);
}

TEST(ScenarioCoefficients, HaveValuesOfActorsThatThereAre) {
  const auto problems = [](const std::string& keys) {
    return Estimated::problems("covariates: {religion: {coefficient: 1, " + keys + "}}\n");
  };
  EXPECT_THAT(problems("values: {AAA: 1, XYZ: 2}"),
              ElementsAre(HasSubstr("covariates.religion.values.XYZ: found 'XYZ'; allowed: AAA")));
  EXPECT_THAT(problems("values: {AAA: much}"),
              ElementsAre(HasSubstr("covariates.religion.values.AAA: found 'much'")));
  EXPECT_THAT(problems("by_actor: true"), ElementsAre(HasSubstr("found unknown key 'by_actor'")));
  // And those in the scenario itself.
  EXPECT_THAT(ScenarioFolder(test::small_scenario("covariates: {mood: {value: 0, coefficient: 1, "
                                                  "by_actor: maybe, values: {BBC: 1}}}\n"))
                  .problems(),
              ElementsAre(HasSubstr("covariates.mood.by_actor: found 'maybe'"),
                          HasSubstr("covariates.mood.values.BBC: found 'BBC'")));
}

TEST(ScenarioCoefficients, StateTheFormat) {
  EXPECT_THAT(Estimated("terms: {}\n", "coefficients: fit/fitted.yaml\n").folder.problems(),
              ElementsAre("fit/fitted.yaml:1:1: found no key 'entente'; allowed: 'entente: 1' "
                          "first"));
  EXPECT_THAT(Estimated("- 1\n", "coefficients: fit/fitted.yaml\n").folder.problems(),
              ElementsAre("fit/fitted.yaml:1:1: found no mapping; allowed: a mapping"));
  EXPECT_THAT(Estimated("{", "coefficients: fit/fitted.yaml\n").folder.problems(),
              ElementsAre(HasSubstr("found text that is not YAML")));
}

TEST(ScenarioCoefficients, HideNoProblemOfTheScenario) {
  EXPECT_THAT(Estimated(fitted,
                        "coefficients: fit/fitted.yaml\nterms: 5\nladders: []\n"
                        "covariates: {religion: {value: 1}}\n")
                  .folder.problems(),
              ElementsAre("7:8: terms: found '5'; allowed: a mapping",
                          "8:10: ladders: found a list; allowed: a mapping"));
  EXPECT_THAT(Estimated(fitted, "coefficients: [fit/fitted.yaml]\n").folder.problems(),
              ElementsAre("6:15: coefficients: found a list; allowed: text"));
  EXPECT_THAT(Estimated(fitted, "coefficients: nowhere.yaml\n").folder.problems(),
              ElementsAre(HasSubstr("6:15: coefficients: ")));
}

}  // namespace
}  // namespace entente
