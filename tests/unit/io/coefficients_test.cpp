// Fits as files, and back.
#include "entente/io/coefficients.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "entente/core/error.hpp"
#include "entente/io/scenario.hpp"
#include "support/scenario_folder.hpp"

namespace entente {
namespace {

using test::ScenarioFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

using Kind = Coefficient::Kind;
constexpr auto engagement = static_cast<std::size_t>(LadderRole::engagement);

constexpr auto sections = R"(coefficients: fitted.yaml
terms: {baseline: {}, need: {coefficient: 2}, rights: {coefficient: 3, cover_effect: 0.25}}
covariates: {religion: {value: 1, coefficient: 4}}
ladders: {engagement: {baseline: [0, -1, -2, -3, -4], up: 0.5, down: 1}}
)";

/// A pooled fit of the case `own` and of `other`, which has terms and places of its own.
struct Pooled {
  Pooled() {
    add("rights", Kind::term, 1, 0, 3.0, 1.5);
    add("religion", Kind::covariate, 0, 0, 4.0, -0.1);
    add("engagement.contact@own", Kind::gap, engagement, 1, -1.0, 2.0);
    add("engagement.down@own", Kind::down, engagement, 0, 1.0, 2.5);
    add("need@other", Kind::term, 7, 0, 0.0, 99.0);
    add("security", Kind::term, 8, 0, 0.0, 98.0);
    add("trade", Kind::covariate, 9, 0, 0.0, 97.0);
    add("engagement.down@other", Kind::down, engagement, 0, 0.0, 96.0);
    add("need@own", Kind::term, 5, 0, 2.0, 0.7);
    const auto count = static_cast<Eigen::Index>(fit.estimates.size());
    fit.covariance = Eigen::MatrixXd::Zero(count, count);
    for (Eigen::Index c = 0; c < count; ++c) {
      for (Eigen::Index d = 0; d <= c; ++d) {
        fit.covariance(c, d) = fit.covariance(d, c) = static_cast<double>(10 * c + d);
      }
    }
  }

  void add(const std::string& name, Kind kind, std::size_t place, std::size_t part, double before,
           double value) {
    design.coefficients.push_back({name, kind, place, part, before});
    Estimate estimate;
    estimate.coefficient = design.coefficients.back();
    estimate.value = value;
    fit.estimates.push_back(estimate);
    fit.all.push_back(value);
  }

  [[nodiscard]] std::string text(const Model& model, const Provenance& provenance = {}) const {
    return coefficients_text(model, fit, design, "own", provenance);
  }

  Design design;
  Fit fit;
};

/// The scenario of the case, with any file of coefficients.
struct Own {
  Own() {
    folder.file("scenario.yaml", test::small_scenario(sections))
        .file("fitted.yaml", "entente: 1\n");
  }
  ScenarioFolder folder;
};

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(Coefficients, ComeBackFromTheirFile) {
  Own own;
  own.folder.file("fitted.yaml", Pooled().text(own.folder.load().model));
  ASSERT_THAT(own.folder.problems(), IsEmpty());
  const auto model = own.folder.load().model;
  ASSERT_EQ(model.terms.size(), 3U);
  for (const auto& term : model.terms) {
    if (term.key == "need") {
      EXPECT_EQ(term.values[0], 0.7F);
    } else if (term.key == "rights") {
      EXPECT_EQ(term.values[0], 1.5F);
      EXPECT_EQ(term.values[1], 0.25F);  // not linear: the scenario's
    }
  }
  EXPECT_EQ(model.covariates.at(0).coefficient, -0.1F);
  const auto& ladder = model.ladders[engagement];
  EXPECT_EQ(ladder.down, 2.5F);
  EXPECT_EQ(ladder.up, 0.5F);
  // The gap to contact is estimated; rungs above keep their distance.
  EXPECT_THAT(ladder.baseline, ElementsAre(0.0F, 2.0F, 1.0F, 0.0F, -1.0F));
}

TEST(Coefficients, OfOtherCasesAreLeftOut) {
  const Own own;
  const auto text = Pooled().text(own.folder.load().model);
  EXPECT_THAT(text, Not(HasSubstr("security")));
  EXPECT_THAT(text, Not(HasSubstr("trade")));
  EXPECT_THAT(text, Not(HasSubstr("@")));
}

TEST(Coefficients, HaveTheCovarianceOfThoseEstimated) {
  const Own own;
  EXPECT_THAT(Pooled().text(own.folder.load().model),
              HasSubstr("covariance:\n"
                        "  names: [terms.rights.coefficient, covariates.religion.coefficient, "
                        "ladders.engagement.contact, ladders.engagement.down, "
                        "terms.need.coefficient]\n"
                        "  matrix:\n"
                        "    - [0, 10, 20, 30, 80]\n"
                        "    - [10, 11, 21, 31, 81]\n"
                        "    - [20, 21, 22, 32, 82]\n"
                        "    - [30, 31, 32, 33, 83]\n"
                        "    - [80, 81, 82, 83, 88]\n"));
}

TEST(Coefficients, HaveDispositionsOfTheFirstCase) {
  Own own;
  own.folder.file("scenario.yaml", test::small_scenario(std::string(sections).replace(
                                       std::string(sections).find("religion"), 0,
                                       "mood: {value: 0.5, coefficient: 1, by_actor: true}, ")));
  Pooled pooled;
  for (auto& one : pooled.design.coefficients)
    if (one.name == "religion") one.place = 1;
  pooled.fit.dispositions = {{0, 2, 1.25, 0.1}, {0, 0, -0.5, 0.1}, {1, 1, 99.0, 0.1}};
  own.folder.file("fitted.yaml", pooled.text(own.folder.load().model));
  ASSERT_THAT(own.folder.problems(), IsEmpty());
  const auto model = own.folder.load().model;
  EXPECT_EQ(model.parameters.at(Param::covariate, 0, 0), -0.5F);
  EXPECT_EQ(model.parameters.at(Param::covariate, 0, 1), 0.5F);  // none: what the rule gives
  EXPECT_EQ(model.parameters.at(Param::covariate, 0, 2), 1.25F);
  EXPECT_EQ(model.covariates.at(0).coefficient, 1.0F);
  EXPECT_EQ(model.covariates.at(1).coefficient, -0.1F);
}

TEST(Coefficients, SayWhereTheyAreFrom) {
  Own own;
  const auto model = own.folder.load().model;
  const auto text = Pooled().text(model, {{"version", "1.2"}, {"own", R"(a "b" \c: #d)"}});
  EXPECT_THAT(text, StartsWith("# Written by `entente fit`"));
  EXPECT_THAT(text,
              HasSubstr("fitted:\n  \"version\": \"1.2\"\n  \"own\": \"a \\\"b\\\" \\\\c: #d\"\n"));
  own.folder.file("fitted.yaml", text);
  EXPECT_THAT(own.folder.problems(), IsEmpty());
}

TEST(WriteText, AppearsWholeAndReplacesOnlyWhenTold) {
  const ScenarioFolder folder;
  const auto path = folder.path() / "out.yaml";
  const auto before = names_in(folder.path());
  write_text(path, "one\n", false);
  EXPECT_EQ(read(path), "one\n");
  EXPECT_THROW(write_text(path, "two\n", false), FileError);
  EXPECT_EQ(read(path), "one\n");
  write_text(path, "two\n", true);
  EXPECT_EQ(read(path), "two\n");
  EXPECT_EQ(names_in(folder.path()).size(), before.size() + 1);
  EXPECT_THROW(write_text(folder.path() / "nowhere" / "out.yaml", "x", true), FileError);
}

TEST(HashText, TellsTextsApart) {
  EXPECT_EQ(hash_text("a").size(), 32U);
  EXPECT_EQ(hash_text("a"), hash_text("a"));
  EXPECT_NE(hash_text("a"), hash_text("b"));
  EXPECT_EQ(hash_text(""), "99aa06d3014798d86001c324468d497f");  // of the XXH3 specification
}

}  // namespace
}  // namespace entente
