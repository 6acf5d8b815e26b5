#include "study_findings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>

#include "entente/core/error.hpp"
#include "planted_study.hpp"
#include "study_words.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

using planted::factor;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double pi = std::numbers::pi;

const std::vector<std::string> variants{"none", "sanctions", "reform"};

double ishigami(const std::vector<double>& x) {
  const double wave = std::sin(x[1]);
  return std::sin(x[0]) + 7.0 * wave * wave + 0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}

std::vector<Factor> ishigami_factors() {
  return {factor("one", Uniform{-pi, pi}), factor("two", Uniform{-pi, pi}),
          factor("three", Uniform{-pi, pi})};
}

OutputFindings only(const StudyTable& table, const FindingOptions& options = {}) {
  return findings_of(table, options).outputs.at(0);
}

TEST(StudyFindings, IshigamiIndicesAreThoseOfTheory) {
  const auto table = planted::table(SaltelliDesign{.base = 4096, .second_order = true},
                                    ishigami_factors(), ishigami);
  const auto found = only(table, {.resamples = 0});
  const double third = 0.01 * std::pow(pi, 8) / 18.0, first = 0.1 * std::pow(pi, 4) / 5.0;
  const double variance = 49.0 / 8.0 + first + third + 0.5;
  const double alone = 0.5 * std::pow(1.0 + 0.1 * std::pow(pi, 4) / 5.0, 2) / variance;
  const double waves = 49.0 / 8.0 / variance, together = 1.0 - alone - waves;
  const auto& sobol = *found.sobol;
  const std::vector<double> firsts{alone, waves, 0.0};
  const std::vector<double> totals{alone + together, waves, together};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(sobol.first[i].value, firsts[i], 0.01) << i;
    EXPECT_NEAR(sobol.total[i].value, totals[i], 0.01) << i;
  }
  EXPECT_NEAR(sobol.second[2].value, together, 0.02);
  EXPECT_THAT(order_of(sobol), ElementsAre(0, 1, 2));
}

TEST(StudyFindings, SampleOfSaltellisDesignIsAAndB) {
  StudyHead head;
  head.design = "saltelli";
  head.parameters.resize(2);
  head.rows = 8;
  EXPECT_THAT(sample_rows(head), ElementsAre(0, 3, 4, 7));
  head.second_order = true;
  head.rows = 12;
  EXPECT_THAT(sample_rows(head), ElementsAre(0, 5, 6, 11));
  head.design = "morris";
  EXPECT_TRUE(sample_rows(head).empty());
}

TEST(StudyFindings, SharesOfChanceFollowFromPlantedVariances) {
  // Uniform over [0, 12]: variance 12 between points, 4 within them.
  const auto table = planted::table(SobolDesign{.points = 1024}, {factor("x", Uniform{0.0, 12.0})},
                                    [](const auto& x) { return x[0]; });
  const auto found = only(table);
  EXPECT_NEAR(found.chance->of_one.value, 4.0 / (12.0 + 4.0 - 0.25), 0.002);
  EXPECT_NEAR(found.chance->of_one_shared, 4.0 / (12.0 + 4.0), 0.002);
  EXPECT_NEAR(found.chance->of_mean.value, 0.25 / 12.0, 0.001);
  EXPECT_FALSE(only(table, {.statistic = "q95"}).chance);
}

TEST(StudyFindings, MorrisEffectsAreSlopesOverTheWholeRange) {
  const auto table = planted::table(MorrisDesign{.trajectories = 5},
                                    {factor("x", Uniform{0.0, 2.0}), factor("z", Uniform{})},
                                    [](const auto& x) { return 3.0 * x[0] - x[1]; });
  const auto effects = only(table).morris->factors;
  EXPECT_NEAR(effects[0].mu, 6.0, 1e-12);
  EXPECT_NEAR(effects[1].mu, -1.0, 1e-12);
  EXPECT_NEAR(effects[1].mu_star, 1.0, 1e-12);
  EXPECT_NEAR(effects[0].sigma, 0.0, 1e-12);
}

TEST(StudyFindings, CategoriesHaveMeansInsteadOfCoefficients) {
  const auto table = planted::table(
      SobolDesign{.points = 512},
      {factor("x", Uniform{}), factor("variant", Choice{3}), factor("early", Choice{2})},
      [](const auto& x) { return x[1] == 2.0 ? 5.0 : 1.0 + 2.0 * x[2]; },
      {{}, variants, {"no", "yes"}});
  const auto findings = findings_of(table, {});
  const auto& found = findings.outputs[0];
  EXPECT_THAT(found.regression->parameters, ElementsAre(0, 2));
  EXPECT_GT(found.regression->regression.factors[1].pearson, 0.1);
  EXPECT_THAT(findings.notes, Contains(HasSubstr("variant has no order")));
  EXPECT_THAT(findings.notes, Contains("early counts as 0 for no, as 1 for yes"));
  ASSERT_EQ(found.levels.size(), 1U);
  const auto& means = found.levels[0].means;
  ASSERT_EQ(means.size(), 3U);
  EXPECT_EQ(means[2].text, "reform");
  EXPECT_EQ(means[2].mean, 5.0);
  EXPECT_EQ(means[2].error, 0.0);
  EXPECT_NEAR(means[0].mean, 2.0, 0.02);
  EXPECT_EQ(means[0].rows + means[1].rows + means[2].rows, 512U);
  EXPECT_NEAR(found.levels[0].by_chance, 2.0 / 511.0, 1e-15);
}

TEST(StudyFindings, SharesOfAGridAddUpWhereParametersDo) {
  const auto table =
      planted::table(GridDesign{.levels = {5, 4}}, {factor("x", Uniform{}), factor("z", Uniform{})},
                     [](const auto& x) { return x[0] + 2.0 * x[1] * x[1]; });
  const auto levels = only(table).levels;
  ASSERT_EQ(levels.size(), 2U);
  EXPECT_EQ(levels[0].parameter, 1U);
  EXPECT_NEAR(levels[0].share + levels[1].share, 1.0, 1e-12);
  ASSERT_EQ(levels[1].means.size(), 5U);
  EXPECT_NEAR(levels[1].means[4].mean - levels[1].means[0].mean, 0.8, 1e-12);
}

TEST(StudyFindings, StepsAreToldByTheLargest) {
  const auto table = planted::table(OneAtATimeDesign{.base = {0.5}, .low = {0.0}, .high = {1.0}},
                                    {factor("x", Uniform{}), factor("z", Uniform{0.0, 10.0})},
                                    [](const auto& x) { return x[0] - x[1]; });
  const auto tried = *only(table).one_at_a_time;
  EXPECT_EQ(tried.base, -4.5);
  ASSERT_EQ(tried.parameters.size(), 2U);
  EXPECT_EQ(tried.parameters[0].parameter, 1U);
  EXPECT_EQ(tried.parameters[0].largest, 5.0);
  EXPECT_EQ(tried.parameters[1].steps[0].change, -0.5);
  EXPECT_EQ(tried.parameters[1].steps[1].change, 0.5);
  EXPECT_EQ(tried.parameters[1].steps[1].value, 1.0);
  EXPECT_NEAR(tried.parameters[1].steps[1].error, std::sqrt(0.5), 1e-15);
}

TEST(StudyFindings, FailedRowsAreLeftOutAndSaid) {
  const auto table = planted::table(SaltelliDesign{.base = 64}, ishigami_factors(),
                                    [](const auto& x) { return x[0] > 3.1 ? nan : ishigami(x); });
  const auto findings = findings_of(table, {});
  const auto& found = findings.outputs[0];
  ASSERT_FALSE(findings.failures.empty());
  EXPECT_GT(found.sobol->dropped, 0U);
  EXPECT_EQ(found.sobol->blocks + found.sobol->dropped, 64U);
  EXPECT_THAT(found.notes, Contains(HasSubstr("blocks were left out")));
  const std::string text = findings_text(findings, 10);
  EXPECT_THAT(text, HasSubstr(std::to_string(findings.failures.size()) + " of 320 points failed"));
  EXPECT_THAT(text, HasSubstr("planted failure"));
}

TEST(StudyFindings, OutputsAndStatisticsMustExist) {
  const auto table = planted::table(RandomDesign{.points = 10}, {factor("x", Uniform{})},
                                    [](const auto& x) { return x[0]; });
  EXPECT_THROW(static_cast<void>(findings_of(table, {.outputs = {"z"}})), UsageError);
  EXPECT_THROW(static_cast<void>(findings_of(table, {.statistic = "median"})), UsageError);
  EXPECT_THROW(static_cast<void>(findings_of(table, {.box = 1})), UsageError);
}

TEST(StudyFindings, SaysWhatJointlyNormalParametersStandFor) {
  auto table = planted::table(MorrisDesign{.trajectories = 2}, ishigami_factors(), ishigami);
  EXPECT_TRUE(findings_of(table, {}).notes.empty());
  for (const std::size_t i : {0U, 2U}) table.head.parameters[i].distribution = "fitted: [0, 1]";
  EXPECT_THAT(findings_of(table, {}).notes,
              ElementsAre(HasSubstr("one and three are jointly normal")));
}

TEST(StudyFindings, DoesNotNameWhatMayBeChance) {
  const auto table = planted::table(SaltelliDesign{.base = 256}, ishigami_factors(),
                                    [](const auto& x) { return x[0] * x[1]; });
  const auto findings = findings_of(table, {.resamples = 200});
  EXPECT_THAT(finding_text(findings, findings.outputs[0]),
              HasSubstr("No parameter by itself decides about y; together with others "));
  const auto even = planted::table(SobolDesign{.points = 512}, ishigami_factors(),
                                   [](const auto& x) { return std::cos(x[0]); });
  const auto found = findings_of(even, {});
  EXPECT_THAT(finding_text(found, found.outputs[0]), HasSubstr("no parameter stands out"));
}

TEST(StudyFindings, RowsMustBeThoseOfTheDesign) {
  auto table = planted::table(SaltelliDesign{.base = 4}, ishigami_factors(), ishigami);
  table.head.second_order = true;
  EXPECT_THROW(static_cast<void>(findings_of(table, {})), FileError);
}

}  // namespace
}  // namespace entente::cli
