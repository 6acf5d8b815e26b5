// Writes the file of a what-if for test_whatif_file.py: whatif_sample SCENARIO FILE EVENT...

#include <cstdio>
#include <exception>
#include <span>
#include <vector>

#include "entente/io/whatif_file.hpp"
#include "entente/terms/registry.hpp"

namespace entente {
namespace {

void write_sample(const char* folder, const char* file, std::span<char*> events) {
  const Scenario baseline = load_scenario(folder);
  std::vector<VariedScenario> variants;
  std::vector<Simulation> simulations;
  std::vector<const Simulation*> pointers;
  std::vector<Comparison> comparisons;
  simulations.reserve(events.size());
  for (const char* event : events) {
    variants.push_back(load_variant(folder, {{}, {event}, {}}));
    const Model& model = variants.back().scenario.model;
    pointers.push_back(&simulations.emplace_back(model, builtin_terms()));
    comparisons.emplace_back(baseline.model, model);
  }
  const Simulation simulation(baseline.model, builtin_terms());
  Summary summary(baseline.model);
  WhatIfWriter writer(file, baseline, simulation, variants, true);
  PairedOptions options;
  options.replicates = 80;
  run_paired(simulation, pointers, options, summary, comparisons, writer.observer());
  writer.finish(summary, comparisons);
}

}  // namespace
}  // namespace entente

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  try {
    entente::write_sample(argv[1], argv[2], {argv + 3, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
