// load/<world>: from files to a simulation that is ready to run.

#include "entente/io/scenario.hpp"
#include "entente/terms/registry.hpp"
#include "measure.hpp"
#include "worlds.hpp"

namespace entente::bench {
namespace {

void scenario(benchmark::State& state, const std::string& folder) {
  for (auto _ : state) benchmark::DoNotOptimize(load_scenario(folder).model.actors.size());
}

void simulation(benchmark::State& state, const std::string& folder) {
  const Scenario loaded = load_scenario(folder);
  for (auto _ : state) {
    const Simulation ready(loaded.model, builtin_terms());
    benchmark::DoNotOptimize(ready.model().actors.size());
  }
}

void sparse(benchmark::State& state, std::size_t actors) {
  for (auto _ : state) {
    const Simulation ready(sparse_world(actors, 24, sticky), builtin_terms());
    benchmark::DoNotOptimize(ready.model().actors.size());
  }
}

}  // namespace

void register_load() {
  const auto add = [](const char* name, auto body, auto argument) {
    benchmark::RegisterBenchmark(name, body, argument)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("load/flagship/scenario", scenario, flagship_folder());
  add("load/flagship/simulation", simulation, flagship_folder());
  add("load/reference/scenario", scenario, reference_folder());
  add("load/reference/simulation", simulation, reference_folder());
  add("load/sparse/10000", sparse, std::size_t{10000});
}

}  // namespace entente::bench
