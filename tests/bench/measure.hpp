#pragma once

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "core/lanes.hpp"
#include "entente/engine/simulation.hpp"

namespace entente::bench {

/// Where scenarios and the reference world lie.
[[nodiscard]] std::string flagship_folder();
[[nodiscard]] std::string reference_folder();

/// Those that are read from files are read once.
[[nodiscard]] const Simulation& flagship();
[[nodiscard]] const Simulation& reference_world();

/// A recorder that keeps nothing: what the engine itself costs.
class Discard final : public Recorder {
 public:
  void record(const TileResult& tile) override { benchmark::DoNotOptimize(tile.replicates); }
};

/// The benchmark's body: runs the ensemble again and again and counts actor-steps.
void time_runs(benchmark::State& state, const Simulation& simulation, const RunOptions& options,
               Recorder& recorder);
void time_runs(benchmark::State& state, const Simulation& simulation, const RunOptions& options);

/// Counters: `actor_steps_per_s`, and of the world `actors` and `decisions_per_actor_step`.
void count_actor_steps(benchmark::State& state, const Simulation& simulation,
                       std::size_t replicates);

/// Uses a level of vector code while it lives, or skips the benchmark where the machine lacks it.
class UseLevel {
 public:
  UseLevel(benchmark::State& state, lanes::Level wanted);
  UseLevel(const UseLevel&) = delete;
  UseLevel& operator=(const UseLevel&) = delete;
  ~UseLevel() { lanes::use(before_); }
  [[nodiscard]] bool supported() const { return supported_; }

 private:
  lanes::Level before_ = lanes::level();
  bool supported_;
};

/// Powers of two up to the number of processors, and that number.
[[nodiscard]] std::vector<std::size_t> thread_counts();

// Each file of benchmarks names its own.
void register_actors();
void register_ensembles();
void register_load();
void register_machine();
void register_pieces();
void register_recording();
void register_sweep();

}  // namespace entente::bench
