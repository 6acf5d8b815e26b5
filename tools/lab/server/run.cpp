#include "lab/server/run.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>

#include "entente/ensemble/event_times.hpp"
#include "entente/ensemble/paired.hpp"
#include "entente/ensemble/state_summary.hpp"
#include "entente/ensemble/summary.hpp"
#include "entente/io/result_file.hpp"
#include "entente/io/whatif_file.hpp"
#include "entente/terms/registry.hpp"
#include "lab/page/documents.hpp"
#include "lab/server/cost.hpp"

namespace entente::lab {
namespace {

Variant baseline_variant(const Scenario& scenario) {
  Variant variant;
  variant.name = "baseline";
  variant.title = scenario.model.title;
  variant.question = scenario.question;
  return variant;
}

// A run in work: the simulations, and what is gathered from them.
class Work {
 public:
  Work(const Run& run, const RunControl& control)
      : run_(run),
        control_(control),
        baseline_(run.scenario.model, builtin_terms()),
        summary_(run.scenario.model) {
    for (const auto& varied : run.variants) {
      variants_.emplace_back(varied.scenario.model, builtin_terms());
      comparisons_.emplace_back(run.scenario.model, varied.scenario.model);
    }
  }

  [[nodiscard]] const Simulation& baseline() const { return baseline_; }

  /// @return  whether all replicates are finished
  bool pairs(const PairObserver& observer) {
    std::vector<const Simulation*> pointers;
    for (const auto& simulation : variants_) pointers.push_back(&simulation);
    PairedOptions options;
    options.first_replicate = run_.first_replicate;
    options.replicates = run_.replicates;
    options.threads = control_.threads;
    options.stop = control_.stop;
    options.progress = counted(run_.replicates * pointers.size());
    return run_paired(baseline_, pointers, options, summary_, comparisons_, observer) ==
           run_.replicates;
  }

  /// @return  likewise
  bool alone(RecordLevel level, std::vector<Recorder*> recorders) {
    RunOptions options;
    options.first_replicate = run_.first_replicate;
    options.replicates = run_.replicates;
    options.record = level;
    options.threads = control_.threads;
    options.stop = control_.stop;
    options.progress = counted(run_.replicates);
    recorders.push_back(&summary_);
    Tee recorder(std::move(recorders));
    return baseline_.run(options, recorder) == run_.replicates;
  }

  [[nodiscard]] const Summary& summary() const { return summary_; }
  [[nodiscard]] std::span<const Comparison> comparisons() const { return comparisons_; }

 private:
  [[nodiscard]] std::function<void(std::size_t)> counted(std::size_t total) const {
    return [this, total](std::size_t done) {
      if (control_.progress) control_.progress(done, total);
    };
  }

  const Run& run_;
  const RunControl& control_;
  Simulation baseline_;
  std::vector<Simulation> variants_;
  Summary summary_;
  std::vector<Comparison> comparisons_;
};

// What is gathered of a world beside the rungs.
struct Gathered {
  explicit Gathered(const Model& model) : states(model) {}

  StateSummary states;
  std::vector<std::optional<std::uint32_t>> fired;  ///< of a single history, by event
};

// The baseline comes with every variant's tiles; it is counted once.
PairObserver gather(const Run& run, std::vector<Gathered>& worlds) {
  const auto record = [&run, &worlds](std::size_t k, const TileResult& tile) {
    worlds[k].states.record(tile);
    if (run.replicates == 1) worlds[k].fired = event_times(run.world(k).model, tile, 0);
  };
  return [record](std::size_t variant, const TileResult& baseline, const TileResult& varied) {
    if (variant == 0) record(0, baseline);
    record(variant + 1, varied);
  };
}

Json with_firings(Json outcome, const Gathered& world) {
  if (world.fired.empty()) return outcome;
  Json& steps = outcome["fired"] = Json::array();
  for (const auto& step : world.fired) steps.push_back(step ? Json(*step) : Json(nullptr));
  return outcome;
}

Json results_json(const Run& run, const Work& work, const std::vector<Gathered>& worlds,
                  const std::string& id) {
  const Model& model = run.scenario.model;
  Json outcomes = Json::array();
  Json differences = Json::array();
  outcomes.push_back(with_firings(
      outcome_document(model, work.summary(), &worlds[0].states, baseline_variant(run.scenario)),
      worlds[0]));
  for (std::size_t v = 0; v < run.variants.size(); ++v) {
    const auto& [variant, scenario] = run.variants[v];
    const Comparison& comparison = work.comparisons()[v];
    const Gathered& world = worlds[v + 1];
    outcomes.push_back(with_firings(
        outcome_document(scenario.model, comparison.variant(), &world.states, variant), world));
    differences.push_back(difference_document(model, comparison, v + 1));
  }
  return {{"run", id},
          {"world", run.baseline->world},
          {"seed", std::to_string(model.seed)},
          {"first_replicate", run.first_replicate},
          {"outcomes", std::move(outcomes)},
          {"differences", std::move(differences)}};
}

}  // namespace

Run prepare(ScenarioStore& store, RunRequest request) {
  Run run;
  run.baseline = store.baseline(request.scenario);
  run.scenario = run.baseline->scenario;
  run.scenario.replicates = request.replicates;  // so that a file tells what was run
  if (request.seed) run.scenario.model.seed = *request.seed;
  run.first_replicate = request.first_replicate;
  run.replicates = request.replicates;
  std::vector<TextProblem> problems;
  for (const auto& text : request.variants) {
    try {
      run.variants.push_back(store.vary(*run.baseline, text));
    } catch (const Refused& refused) {
      for (auto problem : refused.problems()) {
        problem.message.insert(0, text.name + ": ");
        problems.push_back(std::move(problem));
      }
    }
  }
  if (!problems.empty()) {
    throw Refused(400, "a variant cannot be laid over the scenario", std::move(problems));
  }
  for (auto& varied : run.variants) varied.scenario.model.seed = run.scenario.model.seed;
  require_time(run);
  return run;
}

std::string simulate(const Run& run, const std::string& id, const RunControl& control) {
  Work work(run, control);
  std::vector<Gathered> worlds;
  for (std::size_t k = 0; k < run.outcomes(); ++k) worlds.emplace_back(run.world(k).model);
  const bool whole = run.variants.empty() ? work.alone(RecordLevel::summary, {&worlds[0].states})
                                          : work.pairs(gather(run, worlds));
  return whole ? compact(results_json(run, work, worlds, id)) : "";
}

bool write_result(const Run& run, const std::filesystem::path& path, const RunControl& control) {
  Work work(run, control);
  const Scenario& scenario = run.scenario;
  if (run.variants.empty()) {
    ResultWriter writer(path, scenario, work.baseline(), scenario.record, false);
    const bool whole = work.alone(scenario.record, {&writer});
    if (whole) writer.finish();
    return whole;
  }
  WhatIfWriter writer(path, scenario, work.baseline(), run.variants, false);
  const bool whole = work.pairs(writer.observer());
  if (whole) writer.finish(work.summary(), work.comparisons());
  return whole;
}

}  // namespace entente::lab
