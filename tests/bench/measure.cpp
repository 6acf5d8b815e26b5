#include "measure.hpp"

#include <algorithm>
#include <thread>

#include "entente/io/scenario.hpp"
#include "entente/terms/registry.hpp"

namespace entente::bench {

std::string flagship_folder() { return ENTENTE_SCENARIOS "/afghanistan-2021"; }
std::string reference_folder() { return ENTENTE_REFERENCE; }

const Simulation& flagship() {
  static const Simulation simulation(load_scenario(flagship_folder()).model, builtin_terms());
  return simulation;
}

const Simulation& reference_world() {
  static const Simulation simulation(load_scenario(reference_folder()).model, builtin_terms());
  return simulation;
}

void count_actor_steps(benchmark::State& state, const Simulation& simulation,
                       std::size_t replicates) {
  const auto& model = simulation.model();
  const double steps = static_cast<double>(model.actors.size()) * model.calendar.steps() *
                       static_cast<double>(replicates);
  state.counters["actor_steps_per_s"] =
      benchmark::Counter(steps, benchmark::Counter::kIsIterationInvariantRate);
  const auto choices = std::count_if(model.ladders.begin(), model.ladders.end(),
                                     [](const Ladder& ladder) { return ladder.size() > 1; });
  state.counters["decisions_per_actor_step"] =
      static_cast<double>(choices) * static_cast<double>(model.authorities.size());
  state.counters["actors"] = static_cast<double>(model.actors.size());
}

void time_runs(benchmark::State& state, const Simulation& simulation, const RunOptions& options,
               Recorder& recorder) {
  for (auto _ : state) simulation.run(options, recorder);
  count_actor_steps(state, simulation, options.replicates);
}

void time_runs(benchmark::State& state, const Simulation& simulation, const RunOptions& options) {
  Discard nothing;
  time_runs(state, simulation, options, nothing);
}

UseLevel::UseLevel(benchmark::State& state, lanes::Level wanted)
    : supported_(wanted <= lanes::supported()) {
  if (supported_) {
    lanes::use(wanted);
  } else {
    state.SkipWithError("this machine lacks the instructions of this level");
  }
}

std::vector<std::size_t> thread_counts() {
  const std::size_t all = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::size_t> counts;
  for (std::size_t threads = 1; threads < all; threads *= 2) counts.push_back(threads);
  counts.push_back(all);
  return counts;
}

}  // namespace entente::bench
