// reference/<level>, flagship/threads:<n>, scaling/replicates/<n>: ensembles of worlds from files.

#include <array>
#include <cmath>
#include <string>

#include "measure.hpp"

namespace entente::bench {
namespace {

constexpr std::array<std::size_t, 5> replicate_counts{1, 8, 64, 512, 4096};

/// Mean of a number that every replicate has, with its standard error.
class Mean {
 public:
  void add(double x) {
    ++count_;
    sum_ += x;
    squares_ += x * x;
  }
  [[nodiscard]] double mean() const { return sum_ / count_; }
  [[nodiscard]] double error() const {
    return std::sqrt((squares_ / count_ - mean() * mean()) / (count_ - 1));
  }

 private:
  double count_ = 0, sum_ = 0, squares_ = 0;
};

/// What the contestants of the reference workload have to agree on: where actors end on the first
/// ladder, and how often they move.
class Outcome final : public Recorder {
 public:
  explicit Outcome(const Model& model)
      : actors_(model.actors.size()), steps_(model.calendar.steps()) {}

  void record(const TileResult& tile) override {
    for (std::size_t r = 0; r < tile.replicates; ++r) {
      const auto* rungs = &tile.rungs[r * steps_ * actors_];
      double changes = 0, top = 0;
      for (std::size_t x = 0; x < steps_ * actors_; ++x) {
        changes += rungs[x] != (x < actors_ ? 0 : rungs[x - actors_]) ? 1 : 0;
      }
      for (std::size_t i = 0; i < actors_; ++i) top += rungs[(steps_ - 1) * actors_ + i];
      rung_.add(top / static_cast<double>(actors_));
      changes_.add(changes / static_cast<double>(steps_ * actors_));
    }
  }

  void report(benchmark::State& state) const {
    state.counters["mean_final_rung"] = rung_.mean();
    state.counters["mean_final_rung_error"] = rung_.error();
    state.counters["share_of_changes"] = changes_.mean();
    state.counters["share_of_changes_error"] = changes_.error();
  }

 private:
  std::size_t actors_, steps_;
  Mean rung_, changes_;
};

RunOptions summary_of(std::size_t replicates, std::size_t threads) {
  RunOptions options;
  options.replicates = replicates;
  options.threads = threads;
  options.record = RecordLevel::summary;
  return options;
}

void reference(benchmark::State& state, lanes::Level level) {
  const UseLevel use(state, level);
  if (!use.supported()) return;
  constexpr std::size_t replicates = 256;
  time_runs(state, reference_world(), summary_of(replicates, 1));
  Outcome outcome(reference_world().model());
  RunOptions options = summary_of(replicates, 1);
  options.record = RecordLevel::rungs;
  reference_world().run(options, outcome);
  outcome.report(state);
}

void flagship_threads(benchmark::State& state, std::size_t threads) {
  constexpr std::size_t replicates = 2048;  // as many as the NumPy model is timed with
  time_runs(state, flagship(), summary_of(replicates, threads));
}

void replicates(benchmark::State& state, std::size_t count) {
  time_runs(state, flagship(), summary_of(count, 1));
}

}  // namespace

void register_ensembles() {
  const auto add = [](const std::string& name, auto body, auto argument) {
    benchmark::RegisterBenchmark(name.c_str(), body, argument)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("reference/v3", reference, lanes::Level::v3);
  add("reference/v4", reference, lanes::Level::v4);
  for (const auto threads : thread_counts()) {
    add("flagship/threads:" + std::to_string(threads), flagship_threads, threads);
  }
  for (const std::size_t count : replicate_counts) {
    add("scaling/replicates/" + std::to_string(count), replicates, count);
  }
}

}  // namespace entente::bench
