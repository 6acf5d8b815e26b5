// Parameters with the covariance of a fit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "study_folder.hpp"

namespace entente {
namespace {

using test::ScenarioFolder;
using test::study_measures;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto fitted = R"(entente: 1
terms: {rights: {coefficient: 3.5}, need: {coefficient: -0.25}}
ladders: {engagement: {baseline: [0, -1, -3, -6, -10], up: 0.25, down: 2.5}}
covariance:
  names: [terms.rights.coefficient, ladders.engagement.contact, ladders.engagement.mission, ladders.engagement.down]
  matrix:
    - [4, 1, -0.5, 0]
    - [1, 1, 0.25, 0.1]
    - [-0.5, 0.25, 0.5, 0]
    - [0, 0.1, 0, 0.25]
)";

struct FittedStudy {
  explicit FittedStudy(const std::string& fitted_parameters, std::size_t points = 4000,
                       const std::string& coefficients = "coefficients: fit.yaml\n") {
    folder
        .file("scenario.yaml",
              test::small_scenario("terms: {rights: {coefficient: 1}, need: {coefficient: 1}}\n" +
                                   coefficients))
        .file("fit.yaml", fitted)
        .file("studies/fit.yaml", fitted)
        .file("studies/s.yaml", "entente: 1\ntitle: S\nquestion: Q\nparameters: [" +
                                    fitted_parameters + "]\ndesign: {random: {points: " +
                                    std::to_string(points) + "}}\n" + study_measures);
  }
  [[nodiscard]] Study load() const { return load_study(folder.path() / "studies/s.yaml"); }
  [[nodiscard]] std::string problem() const {
    try {
      (void)load();
    } catch (const InputError& error) {
      return error.problems().front().text();
    }
    return "";
  }
  ScenarioFolder folder;
};

/// Mean and covariance of a random sample differ from these by no more than so many of their
/// standard errors.
void expect_moments(const Study& study, const std::vector<double>& mean,
                    const std::vector<double>& covariance) {
  const std::size_t m = mean.size(), n = study.design.rows();
  std::vector<double> sums(m), products(m * m);
  for (std::size_t row = 0; row < n; ++row) {
    const auto x = values_at(study.design, study.space, row);
    for (std::size_t i = 0; i < m; ++i) {
      sums[i] += x[i] - mean[i];
      for (std::size_t j = 0; j < m; ++j)
        products[i * m + j] += (x[i] - mean[i]) * (x[j] - mean[j]);
    }
  }
  const auto count = static_cast<double>(n);
  constexpr double errors = 4.0;
  for (std::size_t i = 0; i < m; ++i) {
    const double variance = covariance[i * m + i];
    EXPECT_NEAR(sums[i] / count, 0.0, errors * std::sqrt(variance / count)) << i;
    for (std::size_t j = 0; j < m; ++j) {
      const double own = covariance[i * m + j];
      // Of normal variables (Isserlis): var(x y) = s_xx s_yy + s_xy^2.
      const double error = std::sqrt((variance * covariance[j * m + j] + own * own) / count);
      EXPECT_NEAR(products[i * m + j] / count, own, errors * error) << i << ',' << j;
    }
  }
}

TEST(StudyFitted, HasTheMeanAndCovarianceOfTheFile) {
  const auto study = FittedStudy("{fitted: all}").load();
  ASSERT_EQ(study.parameters.size(), 4U);
  EXPECT_EQ(study.parameters[1].name, "ladders.engagement.contact");
  EXPECT_EQ(text_of(study.space, 0), "fitted: [3.5, 2]");
  expect_moments(study, {3.5, -1.0, -3.0, 2.5},
                 {4, 1, -0.5, 0, 1, 1, 0.25, 0.1, -0.5, 0.25, 0.5, 0, 0, 0.1, 0, 0.25});
}

TEST(StudyFitted, TakesTheMarginalOfSomeNames) {
  const auto study =
      FittedStudy("{fitted: [ladders.engagement.mission, terms.rights.coefficient]}").load();
  ASSERT_EQ(study.space.blocks().size(), 1U);
  EXPECT_THAT(study.space.blocks()[0].mean, ElementsAre(-3.0, 3.5));
  EXPECT_THAT(study.space.blocks()[0].covariance, ElementsAre(0.5, -0.5, -0.5, 4.0));
  expect_moments(study, {-3.0, 3.5}, {0.5, -0.5, -0.5, 4.0});
}

// A fit estimates how far a rung lies above the one below: the rungs above move along.
TEST(StudyFitted, VariesEachByItselfWhenTold) {
  const auto study = FittedStudy("{fitted: all, correlated: false}").load();
  EXPECT_TRUE(study.space.blocks().empty());
  EXPECT_EQ(study.space.factors()[1].source,
            (std::variant<Distribution, BlockPlace>(Distribution(Normal{-1.0, 1.0}))));
  expect_moments(study, {3.5, -1.0, -3.0, 2.5},
                 {4, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.25});
}

TEST(StudyFitted, MovesTheRungsAboveByTheDistanceOfARung) {
  const FittedStudy files("{fitted: all}", 8);
  const auto study = files.load();
  EXPECT_TRUE(study.parameters[2].is_gap);
  EXPECT_THAT(study.parameters[2].paths,
              ElementsAre("ladders.engagement.baseline[3]", "ladders.engagement.baseline[4]"));
  const StudyModels models(study);
  for (std::size_t row = 0; row < 8; ++row) {
    const auto x = values_at(study.design, study.space, row);
    const auto model = models.at(row);
    const auto& baseline = model.ladders[0].baseline;
    const std::vector<double> expected{0.0, x[1], x[1] - 2.0, x[1] - 2.0 + x[2], x[1] - 6.0 + x[2]};
    for (std::size_t r = 0; r < 5; ++r) EXPECT_NEAR(baseline[r], expected[r], 1e-5) << r;
    EXPECT_EQ(model.ladders[0].down, static_cast<float>(x[3]));
    EXPECT_EQ(model, files.folder.load(settings_at(study, row)).model);
  }
  for (std::size_t p = 0; p < 4; ++p) EXPECT_TRUE(models.is_direct(p)) << p;
}

TEST(StudyFitted, MayComeFromAnotherFileThanTheScenarios) {
  const FittedStudy files("{fitted: [ladders.engagement.mission], file: fit.yaml}", 4, "");
  const auto study = files.load();
  EXPECT_THAT(study.space.blocks()[0].mean, ElementsAre(-3.0));
  // The scenario says nothing of baselines: what it has by default is where the distance acts.
  const StudyModels models(study);
  const auto x = values_at(study.design, study.space, 2);
  EXPECT_EQ(models.at(2).ladders[0].baseline,
            (std::vector<float>{0, 0, 0, static_cast<float>(x[0]), static_cast<float>(x[0])}));
  auto overrides = study.overrides;
  for (const auto& setting : settings_at(study, 2)) overrides.push_back(setting);
  EXPECT_EQ(models.at(2), files.folder.load(overrides).model);
}

TEST(StudyFitted, RefusesWhatTheFileDoesNotSay) {
  EXPECT_THAT(FittedStudy("{fitted: [terms.need.coefficient]}").problem(),
              HasSubstr("4:24: parameters[0].fitted[0]: found 'terms.need.coefficient'; allowed: "
                        "terms.rights.coefficient, ladders.engagement.contact"));
  EXPECT_THAT(FittedStudy("{fitted: all}", 4, "").problem(),
              HasSubstr("4:23: parameters[0].fitted: found no 'coefficients' in the scenario; "
                        "allowed: 'file' beside 'fitted'"));
  EXPECT_THAT(FittedStudy("{fitted: all, path: temperature}").problem(),
              HasSubstr("4:28: parameters[0]: found key 'path' beside 'fitted'; allowed: file"));
  EXPECT_THAT(FittedStudy("{fitted: all, file: none.yaml}").problem(),
              HasSubstr("none.yaml: found no such file"));
  EXPECT_THAT(
      FittedStudy("{fitted: [terms.rights.coefficient]}, {path: terms.rights, choice: [{}, a]}")
          .problem(),
      HasSubstr("parameters[1]"));
}

TEST(StudyFitted, RefusesAMatrixThatIsNoCovariance) {
  FittedStudy files("{fitted: all}");
  files.folder.file("fit.yaml",
                    "entente: 1\nterms: {rights: {coefficient: 3.5}, need: {coefficient: 1}}\n"
                    "covariance: {names: [terms.rights.coefficient, terms.need.coefficient], "
                    "matrix: [[1, 2], [2, 1]]}\n");
  EXPECT_THAT(files.problem(), HasSubstr("s.yaml:4:23: parameters[0].fitted.covariance"));
}

}  // namespace
}  // namespace entente
