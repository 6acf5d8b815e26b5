#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "planted_study.hpp"
#include "table.hpp"

namespace entente::cli {
namespace {

using planted::factor;
using ::testing::HasSubstr;

/// Twelve parameters with long names.
std::vector<Factor> many() {
  std::vector<Factor> factors;
  for (int i = 0; i < 12; ++i) {
    factors.push_back(
        factor("terms.covariate.religion_" + std::to_string(i) + ".coefficient", Uniform{}));
  }
  return factors;
}

double weighted(const std::vector<double>& x) {
  double y = 0.0, weight = 10.0;
  for (const double value : x) {
    y += weight * value;
    weight /= 2.0;
  }
  return y;
}

const std::vector<DesignKind> designs{
    GridDesign{.levels = {2}},
    RandomDesign{.points = 200},
    SaltelliDesign{.base = 64},
    SaltelliDesign{.base = 64, .second_order = true},
    MorrisDesign{.trajectories = 8},
    OneAtATimeDesign{.base = {0.5}, .low = {0.05}, .high = {0.95}}};

TEST(FindingsText, FitsAScreenWhateverTheDesign) {
  for (const auto& design : designs) {
    auto table = planted::table(design, many(), weighted);
    const auto text = findings_text(findings_of(table, {}), 10);
    std::istringstream lines(text);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      EXPECT_LE(width(line), 100U) << line;
    }
    EXPECT_LT(count, 50U) << text;
    EXPECT_THAT(text, ::testing::Not(HasSubstr("nan"))) << text;
  }
}

TEST(FindingsText, SaysTheFindingFirst) {
  const auto table =
      planted::table(SaltelliDesign{.base = 1024},
                     {factor("religion", Uniform{0.0, 8.0}), factor("alignment", Uniform{0.0, 4.0}),
                      factor("idle", Uniform{})},
                     [](const auto& x) { return x[0] + x[1]; });
  // Variances of the parameters 64/12 and 16/12, of luck 4: 6.67 in 10.67, less 4 / 16 in both if
  // points do not share it.
  const auto text = findings_text(findings_of(table, {}), 10);
  EXPECT_THAT(
      text,
      HasSubstr(
          "y [actors]: 6 on average, 0.164 to 11.9 at 2048 points\n"
          "100 % of the variance of y between points comes from religion and alignment, each by "
          "itself. Of the\n"
          "variance of a single history 62 to 63 % is in the parameters, the rest is chance.\n"));
  EXPECT_THAT(text, HasSubstr("Luck that 16 replicates leave in the variance between points: at "
                              "most 0.04.\n"));
}

TEST(FindingsText, TablesEndAtTheTop) {
  const auto findings = findings_of(planted::table(designs[1], many(), weighted), {});
  EXPECT_THAT(findings_text(findings, 3), HasSubstr("... and 9 more"));
}

TEST(FindingsText, SaysThatNothingVaries) {
  for (const auto& design : designs) {
    const auto findings =
        findings_of(planted::table(design, many(), [](const auto&) { return 1.0; }), {});
    const auto text = findings_text(findings, 10);
    EXPECT_TRUE(text.find("y is the same at all points.") != std::string::npos ||
                text.find("No step changes y.") != std::string::npos)
        << text;
    EXPECT_THAT(text, ::testing::Not(HasSubstr("nan"))) << text;
  }
}

TEST(FindingsCsv, HasATablePerAnalysis) {
  const auto names_of_tables = [](const DesignKind& kind) {
    auto table = planted::table(kind, many(), weighted);
    std::string names;
    for (const auto& one : findings_csv(findings_of(table, {}))) names += one.name + ' ';
    return names;
  };
  EXPECT_EQ(names_of_tables(designs[0]), "chance.csv levels.csv ");
  EXPECT_EQ(names_of_tables(designs[1]), "chance.csv regression.csv regression_fit.csv ");
  EXPECT_EQ(names_of_tables(designs[3]),
            "chance.csv sobol.csv sobol_pairs.csv regression.csv regression_fit.csv ");
  EXPECT_EQ(names_of_tables(designs[4]), "morris.csv ");
  EXPECT_EQ(names_of_tables(designs[5]), "steps.csv ");
}

TEST(FindingsCsv, RowsHaveAsManyCellsAsTheirHeader) {
  for (const auto& design : designs) {
    auto table = planted::table(design, many(), weighted);
    FindingOptions options;
    if (!std::holds_alternative<MorrisDesign>(design) &&
        !std::holds_alternative<OneAtATimeDesign>(design)) {
      options.discover = {"y >= 12"};
    }
    for (const auto& one : findings_csv(findings_of(table, options))) {
      std::istringstream lines(one.text);
      std::string header, line;
      std::getline(lines, header);
      while (std::getline(lines, line)) {
        EXPECT_EQ(std::count(line.begin(), line.end(), ','),
                  std::count(header.begin(), header.end(), ','))
            << one.name << '\n'
            << header << '\n'
            << line;
      }
    }
  }
}

}  // namespace
}  // namespace entente::cli
