#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "decision.hpp"
#include "entente/core/error.hpp"
#include "entente/core/version.hpp"
#include "entente/io/result_file.hpp"
#include "entente/terms/registry.hpp"
#include "lab/page/cascade.hpp"
#include "lab/page/decision_survey.hpp"
#include "lab/page/difference_table.hpp"
#include "lab/page/documents.hpp"
#include "lab/page/outcome_tables.hpp"
#include "lab/page/variants_file.hpp"
#include "whatif_report.hpp"

namespace entente::lab {
namespace {

Variant baseline_of(const Scenario& scenario) {
  Variant out;
  out.name = "baseline";
  out.title = scenario.model.title;
  out.question = scenario.question;
  return out;
}

Json results_json(const Scenario& scenario, const ResultTables& file, const ResultExtent& extent) {
  const Model& model = scenario.model;
  const auto variants = variants_in(file);
  Json outcomes = Json::array();
  outcomes.push_back(outcome_json(model, table_of(model, file, extent.replicates),
                                  baseline_of(scenario), events_json(model)));
  Json differences = Json::array();
  if (!variants.empty()) {
    const auto tables = variant_tables(model, file, extent.replicates, variants.size());
    const auto pairs = difference_tables(model, file, extent.replicates, variants.size());
    const auto events = variant_events(model, file, variants.size());
    for (std::size_t v = 0; v < variants.size(); ++v) {
      outcomes.push_back(outcome_json(model, tables[v], variants[v], events[v]));
      differences.push_back(difference_json(pairs[v], v + 1));
    }
  }
  return {{"run", ""},
          {"world", world_document(scenario, "", false)},
          {"seed", std::to_string(model.seed)},
          {"first_replicate", extent.first_replicate},
          {"outcomes", std::move(outcomes)},
          {"differences", std::move(differences)}};
}

/// The first step, the ends of years, and the last.
std::vector<std::uint32_t> telling_steps(const Calendar& calendar) {
  constexpr std::size_t most_years = 5;
  auto steps = cli::years_ends(calendar, most_years);
  if (steps.front() > 0) steps.insert(steps.begin(), 0);
  return steps;
}

/// What the file does not keep: decisions and cascades of the baseline, simulated again.
void add_causes(const Scenario& scenario, const ResultExtent& extent, Json& bundle) {
  constexpr std::size_t most_replicates = 64;
  const Simulation simulation(scenario.model, builtin_terms());
  DecisionSurvey survey(simulation, telling_steps(scenario.model.calendar));
  std::vector<CascadeTarget> targets;
  std::vector<std::unique_ptr<Genealogy>> genealogies;
  std::vector<Recorder*> recorders{&survey};
  for (std::size_t k = 0; k < scenario.model.authorities.size(); ++k) {
    const auto target = cascade_target(simulation, k);
    if (!target) continue;
    targets.push_back(*target);
    genealogies.push_back(std::make_unique<Genealogy>(simulation, *target));
    recorders.push_back(genealogies.back().get());
  }
  Tee recorder(std::move(recorders));
  RunOptions options = cli::modest_options(simulation);
  options.first_replicate = extent.first_replicate;
  options.replicates = std::min(extent.replicates, most_replicates);
  simulation.run(options, recorder);
  bundle["decisions"] = survey.take(scenario, 0);
  for (std::size_t c = 0; c < targets.size(); ++c) {
    bundle["cascades"].push_back(cascade_json(*genealogies[c], targets[c], 0));
  }
}

ResultExtent extent_of(const std::filesystem::path& result) {
  const ResultExtent extent = read_result_extent(result);
  if (extent.replicates == 0) {
    throw FileError(fmt::format("{}: found no replicate; allowed: one or more", result.string()));
  }
  return extent;
}

}  // namespace

Json results_document(const std::filesystem::path& result) {
  const ResultTables file(result);
  const ResultExtent extent = extent_of(result);
  return results_json(load_result_inputs(result), file, extent);
}

Json bundle_document(const std::filesystem::path& result) {
  const ResultTables file(result);
  const ResultExtent extent = extent_of(result);
  const Scenario scenario = load_result_inputs(result);
  Json bundle{
      {"format", 1},
      {"entente", version()},
      {"source", result.filename().string()},
      {"command", command_for(scenario, variants_in(file), extent, result.filename().string())},
      {"results", results_json(scenario, file, extent)},
      {"decisions", Json::array()},
      {"cascades", Json::array()}};
  add_causes(scenario, extent, bundle);
  return bundle;
}

}  // namespace entente::lab
