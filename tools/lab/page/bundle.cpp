#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "decision.hpp"
#include "entente/core/error.hpp"
#include "entente/core/version.hpp"
#include "entente/io/result_file.hpp"
#include "entente/terms/registry.hpp"
#include "io/result/event_text.hpp"
#include "io/scenario/limits.hpp"
#include "lab/page/cascade.hpp"
#include "lab/page/decision_survey.hpp"
#include "lab/page/difference_table.hpp"
#include "lab/page/documents.hpp"
#include "lab/page/outcome_tables.hpp"
#include "whatif_report.hpp"

namespace entente::lab {
namespace {

/// What variants in a file say of themselves.
std::vector<Variant> variants_in(const ResultTables& file) {
  const auto names = file.texts("variant");
  std::vector<Variant> out(names.size());
  const auto put = [&](const char* variable, const auto& set) {
    const auto texts = file.texts(std::string("variant_") + variable);
    for (std::size_t v = 0; v < std::min(texts.size(), out.size()); ++v) set(out[v], texts[v]);
  };
  for (std::size_t v = 0; v < names.size(); ++v) out[v].name = names[v];
  put("title", [](Variant& v, const std::string& text) { v.title = text; });
  put("question", [](Variant& v, const std::string& text) { v.question = text; });
  put("reasoning", [](Variant& v, const std::string& text) { v.reasoning = text; });
  put("look_at", [](Variant& v, const std::string& text) { v.look_at = text; });
  put("text", [](Variant& v, const std::string& text) { v.text = text; });
  put("sources", [](Variant& v, const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      v.sources.push_back(text.substr(at, end - at));
      at = end + 1;
    }
  });
  return out;
}

/// The model as far as words for events of a variant need it: a variant may have covariates more,
/// of which the file keeps no names.
Model wide(const Model& model) {
  Model out = model;
  while (out.covariates.size() < detail::max_covariates) {
    CovariateChoice& covariate = out.covariates.emplace_back();
    covariate.key = "covariate_" + std::to_string(out.covariates.size());
    covariate.ladders = {LadderRole::engagement};
  }
  out.parameters = ParameterTable(out.extents());
  out.series.clear();
  out.events.clear();
  out.bodies.clear();
  return out;
}

/// `Event[]` of the world of each variant.
std::vector<Json> variant_events(const Model& model, const ResultTables& file,
                                 std::size_t variants) {
  const auto fail = [&](const std::string& why) {
    throw FileError(fmt::format("{}: the events are damaged: {}", file.path().string(), why));
  };
  const auto texts = file.texts("inputs/variants/event_definition");
  std::vector<double> numbers;
  if (!texts.empty()) numbers = file.numbers("inputs/variants/event_variant", texts.size());
  std::vector<Model> worlds(variants, wide(model));
  for (std::size_t e = 0; e < texts.size(); ++e) {
    const auto v = static_cast<std::size_t>(numbers[e]);
    if (v >= variants) fail(fmt::format("found variant {}", numbers[e]));
    try {
      worlds[v].events.push_back(detail::event_from_text(texts[e], worlds[v].parameters));
    } catch (const std::invalid_argument& failure) {
      fail(failure.what());
    }
  }
  std::vector<Json> out;
  for (const auto& world : worlds) {
    if (const auto problems = violations(world); !problems.empty()) fail(problems.front());
    out.push_back(events_json(world));
  }
  return out;
}

Variant baseline_of(const Scenario& scenario) {
  Variant out;
  out.name = "baseline";
  out.title = scenario.model.title;
  out.question = scenario.question;
  return out;
}

std::string command_for(const std::string& name, const std::vector<Variant>& variants) {
  const std::string again = variants.empty() ? "entente run " + name + " -o again.h5" : "";
  if (variants.empty()) return again;
  std::string text = "entente whatif SCENARIO";
  for (const auto& variant : variants) text += " " + variant.name;
  return text + " -o " + name;
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
  Json bundle{{"format", 1},
              {"entente", version()},
              {"source", result.filename().string()},
              {"command", command_for(result.filename().string(), variants_in(file))},
              {"results", results_json(scenario, file, extent)},
              {"decisions", Json::array()},
              {"cascades", Json::array()}};
  add_causes(scenario, extent, bundle);
  return bundle;
}

}  // namespace entente::lab
