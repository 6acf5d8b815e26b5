#include "lab/page/documents.hpp"

#include <gmock/gmock.h>

#include <atomic>

#include "decision.hpp"
#include "entente/core/error.hpp"
#include "entente/io/whatif_file.hpp"
#include "unit/io/result_folder.hpp"

namespace entente::lab {
namespace {

using test::tiny_world;
using testing::HasSubstr;
using testing::ThrowsMessage;

/// Tests of what is told of tiny_world(), with one authority or two.
class Documents : public test::ResultFolder, public testing::WithParamInterface<std::size_t> {
 protected:
  Documents() : scenario_(scenario_of(tiny_world(GetParam()))) {}

  [[nodiscard]] const Model& model() const { return scenario_.model; }
  /// One part of the report of a file.
  [[nodiscard]] Json told(const std::string& name, const std::string& part) const {
    return bundle_document(path(name))[part];
  }
  /// What the baseline says of itself in a file.
  [[nodiscard]] Variant baseline() const {
    Variant out;
    out.name = "baseline";
    out.title = model().title;
    out.question = scenario_.question;
    return out;
  }

  Scenario scenario_;
};

INSTANTIATE_TEST_SUITE_P(Authorities, Documents, testing::Values(1, 2));

TEST_P(Documents, TellTheSameOfARunAndOfItsFile) {
  const Simulation simulation(model(), builtin_terms());
  Summary summary(model());
  StateSummary states(model());
  ResultWriter writer(path("a.h5"), scenario_, simulation, RecordLevel::rungs, false);
  Tee recorder({&summary, &states, &writer});
  simulation.run(options(37), recorder);
  writer.finish();
  const Json results = told("a.h5", "results");
  EXPECT_EQ(results["outcomes"].at(0), outcome_document(model(), summary, &states, baseline()));
  EXPECT_EQ(results["world"], world_document(scenario_, "", false));
}

TEST_P(Documents, TellTheSameOfAWhatIfAndOfItsFile) {
  VariedScenario varied{{"v", "Title", "Q?", "because", "who", {"a", "b"}, "yaml"}, scenario_};
  Event event;
  event.id = "variant";
  event.first_step = 4;
  event.changes = {{EventOp::hold,
                    Space::rung,
                    {model().rung_index(0, LadderRole::recognition, 1)},
                    1.0F,
                    0.0F}};
  varied.scenario.model.events.push_back(event);
  const Simulation simulation(model(), builtin_terms());
  const Simulation variant(varied.scenario.model, builtin_terms());
  const Simulation* pointer = &variant;
  Summary summary(model());
  std::vector<Comparison> comparisons;
  comparisons.emplace_back(model(), varied.scenario.model);
  WhatIfWriter writer(path("w.h5"), scenario_, simulation, std::span(&varied, 1), false);
  PairedOptions paired;
  paired.replicates = 29;
  run_paired(simulation, {&pointer, 1}, paired, summary, comparisons, writer.observer());
  writer.finish(summary, comparisons);

  const Json results = told("w.h5", "results");
  EXPECT_EQ(results["outcomes"].at(0), outcome_document(model(), summary, nullptr, baseline()));
  EXPECT_EQ(
      results["outcomes"].at(1),
      outcome_document(varied.scenario.model, comparisons[0].variant(), nullptr, varied.variant));
  EXPECT_EQ(results["differences"].at(0), difference_document(model(), comparisons[0], 1));
  EXPECT_EQ(results["differences"].at(0)["first_difference"], 4);
}

TEST_P(Documents, ExplainAsAQuestionAloneDoes) {
  run_into(path("a.h5"), scenario_, options(16));
  const Json decisions = told("a.h5", "decisions");
  // Five actors, three ladders, at the first step and the ends of 2021, 2022 and 2023.
  ASSERT_EQ(decisions.size(), GetParam() * 5 * 3 * 4);
  for (std::size_t n = 0; n < decisions.size(); n += 7) {
    const Json& question = decisions[n]["question"];
    const cli::Question asked{question["actor"], question["authority"],
                              static_cast<LadderRole>(question["ladder"].get<int>()),
                              question["step"]};
    const Simulation simulation = cli::simulation_until(model(), asked.step);
    const auto found = cli::simulate_decisions(simulation, asked, 0, 16);
    Json alone = decision_document(scenario_, cli::explain_decisions(simulation, asked, found), 0);
    if (decisions[n]["enough"].is_null()) alone["enough"] = nullptr;
    EXPECT_EQ(decisions[n], alone);
  }
}

TEST_P(Documents, AskWhatWouldBeEnoughAtTheEnd) {
  run_into(path("a.h5"), scenario_, options(8));
  const Json decisions = told("a.h5", "decisions");
  std::size_t asked = 0;
  for (const auto& decision : decisions) {
    const bool asks = decision["question"]["step"] == model().calendar.steps() - 1 &&
                      decision["question"]["ladder"] != index_of(LadderRole::coercion);
    EXPECT_EQ(!decision["enough"].is_null(), asks) << decision["question"];
    asked += asks ? 1U : 0U;
  }
  EXPECT_EQ(asked, GetParam() * 5 * 2);
}

TEST_P(Documents, AddUpTheTermsOfEachDecision) {
  run_into(path("a.h5"), scenario_, options(8));
  const Json decisions = told("a.h5", "decisions");
  for (const auto& decision : decisions) {
    for (const std::size_t option : {0, 1}) {
      const Json& utility = decision["utility"][option];
      double sum = 0.0;
      for (const auto& term : decision["terms"]) {
        const Json& part = term[option == 0 ? "below" : "above"];
        EXPECT_EQ(part.is_null(), utility.is_null());
        if (!part.is_null()) sum += part.get<double>();
      }
      if (utility.is_null()) {
        EXPECT_EQ(decision["probability"][2 * option], 0.0);
      } else {
        EXPECT_NEAR(sum, utility.get<double>(), 1e-9);
      }
    }
  }
}

TEST_P(Documents, CascadesOfAReportAreThoseOfTheModel) {
  run_into(path("a.h5"), scenario_, options(24));
  const Json cascades = told("a.h5", "cascades");
  ASSERT_LE(cascades.size(), GetParam());
  for (const auto& cascade : cascades) {
    EXPECT_EQ(cascade, cascade_document(model(), 0, cascade["authority"], 0, 24));
  }
}

TEST_P(Documents, OfASimulationThatWasStoppedThereIsNothing) {
  const std::atomic<bool> stop{true};
  const Simulation simulation = cli::simulation_until(model(), 12);
  const auto found =
      cli::simulate_decisions(simulation, {0, 0, LadderRole::engagement, 12}, 0, 16, &stop);
  EXPECT_TRUE(found.rows.empty());
  EXPECT_TRUE(cascade_document(model(), 0, 0, 0, 16, &stop).is_null());
}

using World = test::ResultFolder;

TEST_F(World, HasWhatTheScenarioHas) {
  const Scenario scenario = scenario_of(tiny_world(2));
  const Json world = world_document(scenario, "tiny", false);
  EXPECT_EQ(world["scenario"], "tiny");
  EXPECT_EQ(world["time"]["labels"].size(), 24U);
  EXPECT_EQ(world["time"]["labels"][0], "2021-08");
  EXPECT_EQ(world["time"]["unit"], "month");
  EXPECT_EQ(world["time"]["start"], "2021-08-01");
  ASSERT_EQ(world["actors"].size(), 5U);
  const Json& alfa = world["actors"][0];
  EXPECT_EQ(alfa["id"], "ALF");
  EXPECT_EQ(alfa["initial"].size(), 6U);  // [authorities][ladders]
  EXPECT_EQ(alfa["replaced"], Json::array({{{"column", "gdp"}, {"rule", "mean"}}}));
  double importance = 0.0;
  for (const auto& actor : world["actors"]) importance += actor["importance"].get<double>();
  EXPECT_NEAR(importance, 1.0, 1e-6);
  const Json seen{{"actor", 1}, {"authority", 0}, {"ladder", 0}, {"step", 3}, {"rung", 4}};
  EXPECT_THAT(world["observations"], testing::Contains(seen));
  EXPECT_EQ(world["files"], Json::array({"scenario.yaml", "countries.csv", "empty.csv"}));
  EXPECT_EQ(world["states"], Json::array({"hardliner", "distress", "control", "rights_salience"}));
}

TEST_F(World, CellsOfAPairBelongToBoth) {
  Scenario scenario = scenario_of(tiny_world());
  scenario.replacements = {{"trade", "0", {"ALF-BRA", "ALF-CHA", "BRA-CHA"}}};
  const Json actors = world_document(scenario, "", false)["actors"];
  const Json cell = Json::array({{{"column", "trade"}, {"rule", "0"}}});
  for (const std::size_t i : {0, 1, 2}) EXPECT_EQ(actors[i]["replaced"], cell) << i;
  EXPECT_EQ(actors[3]["replaced"], Json::array());
}

TEST_F(World, ValuesNameWhatTheyAreOf) {
  Scenario scenario = scenario_of(tiny_world());
  Model& model = scenario.model;
  model.parameters.at(Param::exposure, 1, 2) = 0.3F;
  model.parameters.at(Param::rights_weight, 0, 2) = 1.7F;
  const Json world = world_document(scenario, "", false);
  std::size_t found = 0;
  for (const auto& value : world["actors"][2]["values"]) {
    if (value["key"] == "exposure" && value["of"] == model.groups[1].id) {
      EXPECT_EQ(value["value"], 0.3);
      ++found;
    }
    if (value["key"] == "rights_weight") {
      EXPECT_TRUE(value["of"].is_null());
      EXPECT_EQ(value["value"], 1.7);
      ++found;
    }
  }
  EXPECT_EQ(found, 2U);
}

/// Ids of the members of a bloc; nothing where the world tells no such bloc.
std::vector<std::string> members_of(const Json& world, const std::string& id) {
  std::vector<std::string> out;
  for (const auto& bloc : world["blocs"]) {
    if (bloc["id"] != id) continue;
    for (const std::size_t i : bloc["members"]) out.push_back(world["actors"][i]["id"]);
  }
  return out;
}

using Blocs = test::ResultFolder;

TEST_F(Blocs, AreTheOrganisationsThatTellActorsApart) {
  Scenario scenario = scenario_of(tiny_world());  // five actors
  scenario.organisations = {{"ALL", {0, 1, 2, 3, 4}}, {"PAIR", {0, 1}}, {"THREE", {1, 2, 4}}};
  const Json bloc{{"id", "THREE"}, {"members", {1, 2, 4}}};
  EXPECT_EQ(world_document(scenario, "", false)["blocs"], Json::array({bloc}));
}

TEST_F(Blocs, HaveTheMembersOfTheStart) {
  using testing::ElementsAre;
  const std::filesystem::path folder("scenarios");
  const Json flagship = world_document(load_scenario(folder / "afghanistan-2021"), "", false);
  EXPECT_EQ(members_of(flagship, "EU").size(), 27U);
  EXPECT_EQ(members_of(flagship, "OIC").size(), 54U);
  EXPECT_THAT(members_of(flagship, "SCO"),  // without its observers; Iran and Belarus join later
              ElementsAre("CHN", "IND", "KAZ", "KGZ", "PAK", "RUS", "TJK", "UZB"));
  const Json later = world_document(load_scenario(folder / "afghanistan-2026"), "", false);
  EXPECT_THAT(members_of(later, "SCO"),
              ElementsAre("BLR", "CHN", "IND", "IRN", "KAZ", "KGZ", "PAK", "RUS", "TJK", "UZB"));
}

using Bundles = test::ResultFolder;

TEST_F(Bundles, RefuseAFileWithoutReplicates) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(0));
  EXPECT_THAT([&] { (void)bundle_document(path("a.h5")); },
              ThrowsMessage<FileError>(HasSubstr("a.h5: found no replicate")));
}

TEST_F(Bundles, LookAtSixtyFourReplicatesAtMost) {
  Scenario scenario = scenario_of(tiny_world());
  auto run = options(70);
  run.first_replicate = 5;
  run_into(path("a.h5"), scenario, run);
  const Json bundle = bundle_document(path("a.h5"));
  EXPECT_EQ(bundle["results"]["first_replicate"], 5);
  EXPECT_EQ(bundle["results"]["outcomes"][0]["replicates"], 70);
  for (const auto& cascade : bundle["cascades"]) EXPECT_EQ(cascade["replicates"], 64);
}

}  // namespace
}  // namespace entente::lab
