#include "lab/server/kept.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "decision.hpp"
#include "entente/io/result_file.hpp"
#include "explanation.hpp"
#include "lab/page/documents.hpp"
#include "lab/server/cost.hpp"

namespace entente::lab {
namespace {

// Enough for a mean that a chart can show, in a fraction of a second.
constexpr std::size_t most_replicates = 128;

void require_below(std::string_view what, std::size_t found, std::size_t size) {
  if (found < size) return;
  throw Refused(400, fmt::format("{}: found {}; allowed: less than {}", what, found, size));
}

// Of a simulation that was given up there may be nothing.
void require_whole(const std::atomic<bool>& stop) {
  if (stop) throw Refused(429, "found a question that takes too long; allowed: a shorter one");
}

void require_choice(const Kept& kept, const Model& model, const AskedChoice& asked) {
  require_below("authority", asked.authority, model.authorities.size());
  require_below("ladder", asked.ladder, ladder_count);
  require_below("actor", asked.actor, model.actors.size());
  require_below("step", asked.step, model.calendar.steps());
  if (!asked.single) return;
  const auto last = kept.first_replicate + kept.replicates - 1;
  if (asked.replicate < kept.first_replicate || asked.replicate > last) {
    throw Refused(400, fmt::format("replicate: found {}; allowed: {} to {}", asked.replicate,
                                   kept.first_replicate, last));
  }
}

}  // namespace

Json explain(const Kept& kept, const AskedChoice& asked, const std::atomic<bool>& stop) {
  require_below("outcome", asked.outcome, kept.outcomes);
  const Scenario* scenario = kept.world(asked.outcome);
  if (scenario == nullptr) return nullptr;
  require_choice(kept, scenario->model, asked);
  const cli::Question question{asked.actor, asked.authority, all_ladders[asked.ladder],
                               static_cast<std::uint32_t>(asked.step)};
  const std::size_t first = asked.single ? asked.replicate : kept.first_replicate;
  const std::size_t count = asked.single ? 1 : std::min(kept.replicates, most_replicates);
  const Simulation simulation = cli::simulation_until(scenario->model, question.step);
  const auto decisions = cli::simulate_decisions(simulation, question, first, count, &stop);
  require_whole(stop);
  auto explanation = cli::explain_decisions(simulation, question, decisions);
  explanation.first_replicate = first;
  if (asked.single) explanation.single = decisions.rows.front();
  return decision_document(*scenario, explanation, asked.outcome);
}

Json cascade(const Kept& kept, std::size_t outcome, std::size_t authority,
             const std::atomic<bool>& stop) {
  require_below("outcome", outcome, kept.outcomes);
  const Scenario* scenario = kept.world(outcome);
  if (scenario == nullptr) return nullptr;
  require_below("authority", authority, scenario->model.authorities.size());
  Json document = cascade_document(scenario->model, outcome, authority, kept.first_replicate,
                                   std::min(kept.replicates, most_replicates), &stop);
  require_whole(stop);
  return document;
}

Kept open_result(const std::filesystem::path& path, const std::string& id) {
  Json results = results_document(path);
  results["run"] = id;
  const ResultExtent extent = read_result_extent(path);
  Kept kept;
  kept.outcomes = results.at("outcomes").size();
  kept.results = compact(results);
  kept.scenario = std::make_shared<const Scenario>(load_result_inputs(path));
  kept.file = path;
  kept.first_replicate = extent.first_replicate;
  kept.replicates = extent.replicates;
  kept.bytes = kept.results.size() + memory_of(*kept.scenario);
  return kept;
}

}  // namespace entente::lab
