#include "entente/io/study.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::filesystem::path tiny = "tests/cli/worlds/tiny/studies/tiny.yaml";  // run in the root

TEST(Study, SaysWhatItsFileSays) {
  const auto study = load_study(tiny);
  EXPECT_EQ(study.title, "What dealing with the Council depends on");
  EXPECT_EQ(study.question, "Do rights or trade decide how many deal with it?");
  EXPECT_EQ(study.file, tiny);
  EXPECT_EQ(study.scenario, "tests/cli/worlds/tiny");
  ASSERT_EQ(study.parameters.size(), 3U);
  EXPECT_EQ(study.parameters[0].name, "rights");
  EXPECT_THAT(study.parameters[0].paths, ElementsAre("terms.rights.coefficient"));
  EXPECT_EQ(study.parameters[0].unit, "utility");
  EXPECT_THAT(study.parameters[2].choices, ElementsAre(KnobValue("2021-03"), KnobValue("2022-03")));
  EXPECT_EQ(text_of(study.space, 0), "uniform: [0, 3]");
  EXPECT_EQ(text_of(study.space, 1), "triangular: [0, 2, 4]");
  EXPECT_EQ(text_of(study.space, 2), "choice");
  EXPECT_EQ(text_of(study.design.kind()),
            "saltelli: {base: 8, second_order: false, scramble: owen, skip: 0, seed: 3}");
  EXPECT_EQ(study.design.rows(), 40U);
  ASSERT_EQ(study.measures.size(), 2U);
  EXPECT_EQ(study.replicates, 8U);
  EXPECT_EQ(study.first_replicate, 0U);
  EXPECT_THAT(study.analysis.columns, ElementsAre("dealing@2022-12", "recognised"));
  EXPECT_EQ(study.analysis.discover,
            (std::vector<Interest>{{"dealing@2022-12", "mean", 4.0, std::nullopt}}));
  EXPECT_EQ(study.base.model.title, "Tiny world");
  std::vector<std::string> names;
  for (const auto& file : study.files) names.push_back(file.name);
  EXPECT_THAT(names,
              ElementsAre("studies/tiny.yaml", "scenario.yaml", "countries.csv", "observed.csv"));
  EXPECT_THAT(study.warnings, IsEmpty());
}

// Whatever way a number takes to the model, a row can be repeated by the command line alone.
TEST(Study, GivesTheModelsThatItsSettingsGive) {
  const auto study = load_study(tiny);
  const StudyModels models(study);
  EXPECT_TRUE(models.is_direct(0));
  EXPECT_FALSE(models.is_direct(2));
  EXPECT_THAT(models.without_effect(), IsEmpty());
  for (std::size_t row = 0; row < study.design.rows(); ++row) {
    SCOPED_TRACE(row);
    EXPECT_EQ(models.at(row), load_scenario(study.scenario, settings_at(study, row)).model);
  }
  EXPECT_THROW((void)models.at(study.design.rows()), std::out_of_range);
}

}  // namespace
}  // namespace entente
