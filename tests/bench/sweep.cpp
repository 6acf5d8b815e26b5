// sweep/<what>: a study of the flagship of 2026, and what its machinery adds to simulating its
// points. Chunks go to the temporary folder (TMPDIR) and are synced.

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/parallel.hpp"
#include "entente/ensemble/measures.hpp"
#include "entente/io/chunk_store.hpp"
#include "entente/io/study.hpp"
#include "entente/io/study_run.hpp"
#include "entente/terms/registry.hpp"
#include "measure.hpp"

namespace entente::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t chunks_per_turn = 4;

std::string study_file() {
  return ENTENTE_SCENARIOS "/afghanistan-2026/studies/2-coefficients.yaml";
}

const Study& study() {
  static const Study loaded = load_study(study_file());
  return loaded;
}

const StudyModels& models() {
  static const StudyModels ready(study());
  return ready;
}

RunOptions options_of_point() {
  RunOptions options;
  options.first_replicate = study().first_replicate;
  options.replicates = study().replicates;
  options.record = MeasureRecorder(study().base.model, study().measures).level();
  return options;
}

/// A folder of chunks that is gone at the end.
class Chunks {
 public:
  Chunks()
      : store_(std::filesystem::temp_directory_path() /
                   ("entente_bench_" + std::to_string(::getpid()) + ".chunks"),
               study_identity(study()), chunk_plan(study())) {}
  Chunks(const Chunks&) = delete;
  Chunks& operator=(const Chunks&) = delete;
  ~Chunks() { std::filesystem::remove_all(store_.folder()); }
  [[nodiscard]] const ChunkStore& store() const { return store_; }

 private:
  ChunkStore store_;
};

/// The least that gives the points' histories: nobody makes models or looks at what comes out.
void simulate(std::vector<Model>& points) {
  const RunOptions options = options_of_point();
  const auto produce = [&](std::size_t index) {
    const Simulation simulation(std::move(points[index]), builtin_terms());
    Discard nothing;
    return std::make_unique<std::size_t>(simulation.run(options, nothing));
  };
  detail::ordered_pipeline<std::unique_ptr<std::size_t>>(
      2 * detail::thread_count() + 1, [&](std::size_t index) { return index < points.size(); },
      produce, [](const std::unique_ptr<std::size_t>&) {});
}

/// Time that has passed, and that all threads have used.
class Spent {
 public:
  template <class Body>
  void add(const Body& body) {
    const auto begin = Clock::now();
    const auto used = std::clock();
    body();
    processor_ += static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC;
    wall_ += std::chrono::duration<double>(Clock::now() - begin).count();
  }
  [[nodiscard]] double wall() const { return wall_; }
  [[nodiscard]] double processor() const { return processor_; }

 private:
  double wall_ = 0, processor_ = 0;
};

/// Both contestants in turns, each with the same rows of a few chunks at a time.
void overhead(benchmark::State& state) {
  const Chunks chunks;
  const auto& plan = chunks.store().plan();
  const std::uint64_t whole = plan.rows / plan.rows_per_chunk;  // so that all are alike
  static_cast<void>(models());
  std::uint64_t first = 0;
  Spent simulating, sweeping;
  double rows = 0;
  for (auto _ : state) {
    if (first + chunks_per_turn > whole) first = 0;
    const auto last = first + chunks_per_turn;
    std::vector<Model> points;
    for (auto row = plan.first_row(first); row < plan.first_row(last); ++row) {
      points.push_back(models().at(static_cast<std::size_t>(row)));
    }
    rows += static_cast<double>(points.size());
    simulating.add([&] { simulate(points); });
    sweeping.add([&] {
      run_chunks(study(), models(), chunks.store(),
                 [&] { return first < last ? std::optional(first++) : std::nullopt; });
    });
  }
  state.counters["points"] = rows;
  state.counters["simulating"] = simulating.wall();
  state.counters["sweeping"] = sweeping.wall();
  state.counters["simulating_processor"] = simulating.processor();
  state.counters["sweeping_processor"] = sweeping.processor();
}

// What a point is made of, on one thread.

std::size_t next_row(std::size_t& row) {
  return row++ % std::min<std::size_t>(1024, study().design.rows());
}

void model(benchmark::State& state) {
  std::size_t row = 0;
  static_cast<void>(models().at(0));  // the first of all is read from the scenario
  for (auto _ : state) benchmark::DoNotOptimize(models().at(next_row(row)).seed);
}

void simulation(benchmark::State& state) {
  std::size_t row = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto made = models().at(next_row(row));
    state.ResumeTiming();
    const Simulation ready(std::move(made), builtin_terms());
    benchmark::DoNotOptimize(ready.model().seed);
  }
}

void histories(benchmark::State& state) {
  const Simulation point(models().at(0), builtin_terms());
  RunOptions options = options_of_point();
  options.threads = 1;
  time_runs(state, point, options);
}

class Keep final : public Recorder {
 public:
  void record(const TileResult& tile) override { tile_ = tile; }
  [[nodiscard]] const TileResult& tile() const { return tile_; }

 private:
  TileResult tile_;
};

void measures(benchmark::State& state) {
  const Simulation point(models().at(0), builtin_terms());
  Keep kept;
  point.run(options_of_point(), kept);
  for (auto _ : state) {
    MeasureRecorder recorder(point.model(), study().measures);
    recorder.record(kept.tile());
    for (std::size_t c = 0; c < recorder.columns().size(); ++c) {
      benchmark::DoNotOptimize(recorder.summary(c).mean);
    }
  }
}

void commit(benchmark::State& state) {
  const Chunks chunks;
  Chunk chunk = chunks.store().plan().blank(0);
  std::fill(chunk.values.begin(), chunk.values.end(), 1.0);
  for (auto _ : state) chunks.store().commit(chunk);
  state.counters["rows"] = static_cast<double>(chunk.rows);
}

// What comes before the first point.

void load(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(load_study(study_file()).parameters.size());
}

void start(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(StudyModels(study()).is_direct(0));
  state.counters["parameters"] = static_cast<double>(study().parameters.size());
}

}  // namespace

void register_sweep() {
  const auto add = [](const char* name, auto body, benchmark::TimeUnit unit) {
    benchmark::RegisterBenchmark(name, body)->UseRealTime()->Unit(unit);
  };
  add("sweep/overhead", overhead, benchmark::kMillisecond);
  add("sweep/model", model, benchmark::kMicrosecond);
  add("sweep/simulation", simulation, benchmark::kMicrosecond);
  add("sweep/histories", histories, benchmark::kMicrosecond);
  add("sweep/measures", measures, benchmark::kMicrosecond);
  add("sweep/commit", commit, benchmark::kMicrosecond);
  add("sweep/load", load, benchmark::kMillisecond);
  add("sweep/start", start, benchmark::kMillisecond);
}

}  // namespace entente::bench
