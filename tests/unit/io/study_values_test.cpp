// What parameters, designs and measures come to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "study_folder.hpp"

namespace entente {
namespace {

using test::study_design;
using test::study_measures;
using test::study_parameters;
using test::StudyFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Row = std::vector<double>;

Study study_of(const std::string& more) { return StudyFolder(more).load(); }

Study of_parameter(const std::string& distribution) {
  return study_of("parameters: [{path: temperature, " + distribution + "}]\n" + study_design +
                  study_measures);
}

const std::string two =
    "parameters: [{name: x, path: temperature, uniform: [1, 2]}, "
    "{name: when, path: events.first.date, choice: [2021-02, 2021-05, 2021-07]}]\n";

StudyDesign design_of(const std::string& design) {
  return study_of(two + "design: " + design + '\n' + study_measures).design;
}

template <class Kind>
Kind measure_of(const std::string& measure) {
  const auto study =
      study_of(std::string(study_parameters) + study_design + "measures: {m: {" + measure + "}}\n");
  return std::get<Kind>(study.measures.at(0).kind);
}

TEST(StudyModels, AreOfTheFilesAsTheStudyReadThem) {
  StudyFolder files(two + "design: {random: {points: 12}}\n" + study_measures);
  const auto study = files.load();
  std::vector<Model> known;
  for (std::size_t row = 0; row < 12; ++row) known.push_back(StudyModels(study).at(row));
  const StudyModels models(study);
  files.folder.file("scenario.yaml", "no scenario any more");
  for (std::size_t row = 0; row < 12; ++row) EXPECT_EQ(models.at(row), known[row]);
  EXPECT_EQ(StudyModels(study).at(5), known[5]);
}

TEST(StudyValues, ReadEveryDistribution) {
  const std::vector<std::pair<std::string, Distribution>> known{
      {"uniform: [1, 2]", Uniform{1, 2}},
      {"uniform: {low: 1, high: 2}", Uniform{1, 2}},
      {"log_uniform: [0.5, 2]", LogUniform{0.5, 2}},
      {"normal: [5, 0.25]", Normal{5, 0.25}},
      {"normal: {mean: 5, sd: 0.25}", Normal{5, 0.25}},
      {"truncated_normal: {mean: 1, sd: 2, low: 0.5, high: 3}", TruncatedNormal{1, 2, 0.5, 3}},
      {"log_normal: [2, 0.5]", LogNormal{2, 0.5}},
      {"triangular: [1, 2, 4]", Triangular{1, 2, 4}},
      {"beta: {alpha: 2, beta: 3, low: 1, high: 2}", Beta{2, 3, 1, 2}},
      {"pert: {low: 1, mode: 2, high: 4}", Pert{1, 2, 4, 4}},
      {"pert: {low: 1, mode: 2, high: 4, weight: 6}", Pert{1, 2, 4, 6}},
      {"integers: [1, 6]", Integers{1, 6}},
      {"choice: [1, 2.5]", Choice{2}}};
  for (const auto& [text, distribution] : known) {
    const auto study = of_parameter(text);
    EXPECT_EQ(std::get<Distribution>(study.space.factors()[0].source), distribution) << text;
    if (std::holds_alternative<Choice>(distribution)) continue;
    const auto again = of_parameter(text_of(distribution));
    EXPECT_EQ(std::get<Distribution>(again.space.factors()[0].source), distribution)
        << text_of(distribution);
  }
  const auto open = of_parameter("truncated_normal: {mean: 1, sd: 2, low: 0.5}");
  EXPECT_EQ(text_of(open.space, 0), "truncated_normal: {mean: 1, sd: 2, low: 0.5}");
  EXPECT_EQ(open.space.support(0).high, std::numeric_limits<double>::infinity());
}

TEST(StudyValues, KeepChoicesAsTheScenarioTakesThem) {
  const auto study = of_parameter("choice: [1, 2.50, 0.75]");
  EXPECT_THAT(study.parameters[0].choices,
              ElementsAre(KnobValue(1.0), KnobValue(2.5), KnobValue(0.75)));
  const StudyFolder world(
      "parameters: [{path: actors.override.AAA.engagement, choice: [severed, dialogue]}, "
      "{path: authorities.KAB.name, choice: ['12', 'a: b', two words]}]\n" +
      std::string(study_design) + study_measures);
  const auto texts = world.load();
  EXPECT_THAT(texts.parameters[0].choices,
              ElementsAre(KnobValue("severed"), KnobValue("dialogue")));
  EXPECT_THAT(texts.parameters[1].choices,
              ElementsAre(KnobValue("\"12\""), KnobValue("\"a: b\""), KnobValue("two words")));
  const StudyModels models(texts);
  for (std::size_t row = 0; row < 4; ++row) {
    const auto values = values_at(texts.design, texts.space, row);
    const std::vector<std::string> names{"12", "a: b", "two words"};
    const auto model = models.at(row);
    EXPECT_EQ(model.authorities[0].name, names[static_cast<std::size_t>(values[1])]);
    EXPECT_EQ(model.initial_rungs[model.rung_index(0, LadderRole::engagement, 0)],
              values[0] == 0.0 ? 0 : 2);
  }
}

TEST(StudyValues, ChooseAmongMappingsAndLists) {
  const StudyFolder world(
      "parameters: [{path: actors.derive.need, choice: [{value: missing_one, missing: "
      "{missing_one: 1}}, '0.25 + 0.5', 0.5]}]\n"
      "design: {grid: }\n" +
      std::string(study_measures));
  EXPECT_THAT(world.problems(), ElementsAre(HasSubstr("'missing_one'")));
  const StudyFolder events(
      "parameters: [{path: events.first.change, choice: [{add: sanctions, by: 0.25}, [{add: "
      "sanctions, by: 0.5}, {set: opposition, to: 0.5}]]}]\n"
      "design: {grid: }\n" +
      std::string(study_measures));
  const auto study = events.load();
  EXPECT_THAT(study.parameters[0].choices,
              ElementsAre(KnobValue("{add: sanctions, by: 0.25}"),
                          KnobValue("[{add: sanctions, by: 0.5}, {set: opposition, to: 0.5}]")));
  const StudyModels models(study);
  EXPECT_EQ(models.at(0).events[0].changes.size(), 1U);
  EXPECT_EQ(models.at(1).events[0].changes.size(), 2U);
  EXPECT_FLOAT_EQ(models.at(1).events[0].changes[0].value, 0.5F);
}

TEST(StudyValues, SetSeveralPathsToOneValue) {
  const StudyFolder world(
      "parameters: [{name: both, paths: [temperature, events.first.probability], uniform: [0.5, "
      "1]}]\n" +
      std::string(study_design) + study_measures);
  const auto study = world.load();
  const StudyModels models(study);
  for (std::size_t row = 0; row < study.design.rows(); ++row) {
    const auto value = static_cast<float>(values_at(study.design, study.space, row)[0]);
    const auto model = models.at(row);
    EXPECT_EQ(model.temperature, value);
    EXPECT_EQ(model.events[0].probability, value);
    EXPECT_EQ(model, world.folder.load(settings_at(study, row)).model);
  }
  EXPECT_TRUE(models.is_direct(0));
}

TEST(StudyValues, ReadEveryDesign) {
  EXPECT_EQ(std::get<GridDesign>(design_of("{grid: {levels: 5, placement: ends}}").kind()),
            (GridDesign{{5, 3}, GridDesign::Placement::ends}));
  EXPECT_EQ(std::get<GridDesign>(design_of("{grid: {levels: {x: 4}}}").kind()),
            (GridDesign{{4, 3}, GridDesign::Placement::middles}));
  EXPECT_EQ(
      std::get<ListDesign>(
          design_of("{list: {rows: [{x: 1.5, when: 2021-07}, {when: 2021-02, x: 2}]}}").kind()),
      (ListDesign{{1.5, 2, 2, 0}}));
  EXPECT_EQ(std::get<RandomDesign>(design_of("{random: {points: 7, seed: 3}}").kind()),
            (RandomDesign{7, 3}));
  EXPECT_EQ(std::get<LatinDesign>(design_of("{latin_hypercube: {points: 8, criterion: exchange, "
                                            "tries: 500, centred: true, seed: 2}}")
                                      .kind()),
            (LatinDesign{8, LatinDesign::Criterion::exchange, 500, true, 2}));
  EXPECT_EQ(std::get<SobolDesign>(
                design_of("{sobol: {points: 8, scramble: shift, skip: 8, seed: 2}}").kind()),
            (SobolDesign{8, Scramble::shift, 8, 2}));
  EXPECT_EQ(
      std::get<SaltelliDesign>(design_of("{saltelli: {base: 16, second_order: true}}").kind()),
      (SaltelliDesign{16, true, Scramble::owen, 0, 0}));
  EXPECT_EQ(std::get<MorrisDesign>(
                design_of("{morris: {trajectories: 4, levels: 6, candidates: 9, seed: 1}}").kind()),
            (MorrisDesign{4, 6, 9, 1}));
  EXPECT_EQ(std::get<OneAtATimeDesign>(design_of("{one_at_a_time: }").kind()),
            (OneAtATimeDesign{{0.5, 0.5}, {0.05, 0.05}, {0.95, 0.95}, 2, Coordinates::cube}));
  EXPECT_EQ(std::get<OneAtATimeDesign>(
                design_of("{one_at_a_time: {low: 0, high: {x: 0.75}, steps: 3}}").kind()),
            (OneAtATimeDesign{{0.5, 0.5}, {0, 0}, {0.75, 0.95}, 3, Coordinates::cube}));
  EXPECT_EQ(std::get<OneAtATimeDesign>(
                design_of("{one_at_a_time: {coordinates: values, base: {x: 1.5, when: 2021-05}, "
                          "low: {x: 1, when: 2021-02}, high: {x: 2, when: 2021-07}}}")
                    .kind()),
            (OneAtATimeDesign{{1.5, 1}, {1, 0}, {2, 2}, 2, Coordinates::values}));
}

TEST(StudyValues, ReadPointsFromATable) {
  StudyFolder world;
  world.folder.file("studies/p.csv", "when,x\n2021-05,1.25\n2021-02,2\n");
  world.write(two + "design: {list: {file: p.csv}}\n" + study_measures);
  const auto study = world.load();
  EXPECT_EQ(values_at(study.design, study.space, 0), (Row{1.25, 1}));
  EXPECT_EQ(values_at(study.design, study.space, 1), (Row{2, 0}));
  EXPECT_THAT(settings_at(study, 0), ElementsAre("temperature=1.25", "events.first.date=2021-05"));
}

TEST(StudyValues, WriteADesignAsItIsRead) {
  for (const std::string text :
       {"grid: {levels: [4, 3], placement: middles}", "random: {points: 7, seed: 3}",
        "latin_hypercube: {points: 8, criterion: plain, tries: 100, centred: false, seed: 2}",
        "morris: {trajectories: 4, levels: 6, candidates: 9, seed: 1}"}) {
    const auto shown = text.starts_with("grid") ? std::string("grid: {levels: {x: 4}}") : text;
    EXPECT_EQ(text_of(design_of('{' + shown + '}').kind()), text);
  }
}

TEST(StudyValues, ReadMeasuresByTheNamesOfTheScenario) {
  const auto count = measure_of<CountMeasure>(
      "count: {ladder: engagement, rung: dialogue, actors: {org: CLUB}, at: [2022-01, 2021-06]}");
  EXPECT_EQ(count.stand.ladder, LadderRole::engagement);
  EXPECT_EQ(count.stand.rung, 2);
  EXPECT_THAT(count.actors, ElementsAre(0U, 1U));
  EXPECT_THAT(count.at, ElementsAre(5U, 12U));  // steps of months from 2021-01
  const auto outcome = measure_of<Outcome>(
      "threshold: {ladder: recognition, rung: recognised, at_least: 2, leave_out: CCC, step: "
      "2021-12}");
  EXPECT_EQ(outcome.step, 11U);
  EXPECT_EQ(outcome.at_least, 2U);
  EXPECT_THAT(outcome.leave_out, ElementsAre(2U));
  const auto cascade = measure_of<CascadeMeasure>(
      "cascade: {ladder: recognition, rung: recognised, after: 2021-03, by: 2022-12}");
  EXPECT_EQ(cascade.after, 2U);
  EXPECT_THAT(cascade.by, ElementsAre(23U));
  EXPECT_EQ(measure_of<StateMeasure>("state: {state: distress}").state, AuthorityState::distress);
  EXPECT_EQ(measure_of<PolicyMeasure>("policy: {policy: rights}").policy, 0U);
  EXPECT_EQ(measure_of<PolicyMeasure>("policy: {policy: isis_k}").policy, 2U);
  EXPECT_EQ(measure_of<DispersionMeasure>("dispersion: {ladder: engagement, alpha: 0.5}").alpha,
            0.5);
  const auto poles = measure_of<PolarisationMeasure>(
      "polarisation: {ladder: engagement, first: {region: North}, second: BBB}");
  EXPECT_THAT(poles.first, ElementsAre(0U, 2U));
  EXPECT_THAT(poles.second, ElementsAre(1U));
}

TEST(StudyValues, LayVariantsUnderAllPointsOrAsAParameter) {
  StudyFolder world("variants: v\n" + std::string(study_parameters) + study_design +
                    study_measures);
  const auto sanctions = [](const Model& model) {
    return model.parameters.at(Param::sanctions, 0, 0);
  };
  const auto one = world.load();
  EXPECT_FALSE(one.variant_parameter);
  EXPECT_EQ(one.parameters.size(), 1U);
  EXPECT_FLOAT_EQ(sanctions(StudyModels(one).at(0)), 0.25F);

  world.write("variants: [none, ../variants/v.yaml]\n" + std::string(study_parameters) +
              "design: {grid: {levels: 2}}\n" + study_measures);
  const auto both = world.load();
  EXPECT_EQ(both.variant_parameter, 0U);
  EXPECT_EQ(both.parameters[0].name, "variant");
  EXPECT_THAT(both.parameters[0].paths, IsEmpty());
  EXPECT_THAT(both.parameters[0].choices, ElementsAre(KnobValue("none"), KnobValue("v")));
  EXPECT_EQ(both.design.rows(), 4U);
  const StudyModels models(both);
  for (std::size_t row = 0; row < 4; ++row) {
    EXPECT_EQ(variant_at(both, row), row / 2);
    EXPECT_EQ(
        models.at(row),
        row < 2
            ? world.folder.load(settings_at(both, row)).model
            : load_variant(both.scenario, both.variants[1], settings_at(both, row)).scenario.model);
  }
}

TEST(StudyValues, ComeAfterSettingsAndBeforeVariants) {
  StudyFolder world(
      "variants: v\nset: {authorities.KAB.sanctions: 0.75, events.first: {id: first, "
      "date: 2021-04, change: {add: sanctions, by: 0.5}}}\n"
      "parameters: [{path: temperature, uniform: [1, 2]}, "
      "{path: authorities.KAB.sanctions, uniform: [0, 1]}]\n" +
      std::string(study_design) + study_measures);
  const auto study = world.load({{"authorities.KAB.opposition=0.125"}, 3, 5});
  EXPECT_EQ(study.replicates, 3U);
  EXPECT_EQ(study.first_replicate, 5U);
  EXPECT_THAT(study.overrides,
              ElementsAre("authorities.KAB.sanctions=0.75",
                          "events.first={id: first, date: 2021-04, change: {add: sanctions, by: "
                          "0.5}}",
                          "authorities.KAB.opposition=0.125"));
  EXPECT_FLOAT_EQ(study.base.model.parameters.at(Param::sanctions, 0, 0), 0.75F);
  EXPECT_EQ(study.base.model.events[0].first_step, 3U);
  const StudyModels models(study);
  const auto model = models.at(1);
  EXPECT_FLOAT_EQ(model.parameters.at(Param::sanctions, 0, 0), 0.25F);  // the variant's
  EXPECT_FLOAT_EQ(model.parameters.at(Param::opposition, 0, 0), 0.125F);
  EXPECT_THAT(models.without_effect(), ElementsAre(1U));
}

TEST(StudyValues, RefuseValuesThatTheScenarioRefuses) {
  const StudyFolder world(
      "parameters: [{path: events.first.probability, normal: [0.5, 0.2]}]\n"
      "design: {list: {rows: [{events.first.probability: 0.9}, {events.first.probability: "
      "1.25}]}}\n" +
      std::string(study_measures));
  const StudyModels models(world.load());
  EXPECT_TRUE(models.is_direct(0));
  EXPECT_FLOAT_EQ(models.at(0).events[0].probability, 0.9F);
  try {
    (void)models.at(1);
    FAIL() << "not refused";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("events[0].probability: found '1.25'; allowed: number"));
  }
}

TEST(StudyValues, FindStudiesOfAScenario) {
  StudyFolder world(std::string(study_parameters) + study_design + study_measures);
  world.folder.file("studies/a.yaml", "entente: 1\n").file("studies/points.csv", "x\n");
  const auto files = studies_of(world.folder.path());
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].filename(), "a.yaml");
  EXPECT_EQ(files[1].filename(), "s.yaml");
  EXPECT_TRUE(is_study(files[0]));
  EXPECT_FALSE(is_study(world.folder.path() / "studies/points.csv"));
  EXPECT_FALSE(is_study(world.folder.path() / "scenario.yaml"));
  world.folder.file("mine.yaml", "entente: 1\ndesign: {}\n");
  EXPECT_TRUE(is_study(world.folder.path() / "mine.yaml"));
}

}  // namespace
}  // namespace entente
