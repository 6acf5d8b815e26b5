// entente_bench: measures the engine. `--benchmark_filter=^reference/` and the other options of
// Google Benchmark choose; --help lists them.

#include <benchmark/benchmark.h>

#include "measure.hpp"

int main(int argc, char** argv) {
  entente::bench::register_ensembles();
  entente::bench::register_actors();
  entente::bench::register_recording();
  entente::bench::register_sweep();
  entente::bench::register_load();
  entente::bench::register_pieces();
  entente::bench::register_machine();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
