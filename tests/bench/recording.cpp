// recording/<what>: the flagship, and what keeping its results adds. Files go to the temporary
// folder (TMPDIR) and are synced: in a file system in memory it is the engine that is measured.

#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>

#include "entente/ensemble/summary.hpp"
#include "entente/io/result_file.hpp"
#include "entente/terms/registry.hpp"
#include "measure.hpp"

namespace entente::bench {
namespace {

RunOptions options_of(RecordLevel level, std::size_t replicates) {
  RunOptions options;
  options.replicates = replicates;
  options.record = level;
  return options;
}

constexpr std::size_t some = 1024;
constexpr std::size_t few = 32;  // decisions in full take a megabyte per replicate

void nothing(benchmark::State& state, std::size_t replicates) {
  time_runs(state, flagship(), options_of(RecordLevel::summary, replicates));
}

void summary(benchmark::State& state, std::size_t replicates) {
  for (auto _ : state) {
    Summary counts(flagship().model());
    flagship().run(options_of(RecordLevel::summary, replicates), counts);
    benchmark::DoNotOptimize(counts.replicates());
  }
  count_actor_steps(state, flagship(), replicates);
}

void file(benchmark::State& state, RecordLevel level, std::size_t replicates) {
  const Scenario scenario = [&] {
    Scenario loaded = load_scenario(flagship_folder());
    loaded.replicates = replicates;
    loaded.record = level;
    return loaded;
  }();
  const auto path = std::filesystem::temp_directory_path() /
                    ("entente_bench_" + std::to_string(::getpid()) + ".h5");
  for (auto _ : state) {
    ResultWriter writer(path, scenario, flagship(), level, true);
    flagship().run(options_of(level, replicates), writer);
    writer.finish();
  }
  count_actor_steps(state, flagship(), replicates);
  state.counters["bytes"] = static_cast<double>(std::filesystem::file_size(path));
  std::filesystem::remove(path);
}

}  // namespace

void register_recording() {
  const auto add = [](const char* name, auto body, auto... arguments) {
    benchmark::RegisterBenchmark(name, body, arguments...)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("recording/nothing", nothing, some);
  add("recording/summary", summary, some);
  add("recording/file/summary", file, RecordLevel::summary, some);
  add("recording/file/rungs", file, RecordLevel::rungs, some);
  add("recording/file/full", file, RecordLevel::full, few);
}

}  // namespace entente::bench
