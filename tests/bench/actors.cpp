// scaling/actors/<n>/<variant>: one core, worlds of 10^2 to 10^6 actors with 50 neighbours each.

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "entente/terms/registry.hpp"
#include "measure.hpp"
#include "worlds.hpp"

namespace entente::bench {
namespace {

constexpr std::uint32_t steps = 12;
constexpr std::array<std::size_t, 5> sizes{100, 1000, 10'000, 100'000, 1'000'000};
constexpr std::size_t actors_times_replicates = 1'000'000;
constexpr std::size_t fewest_replicates = 16;  ///< an ensemble, if a small one

struct Kind {
  std::size_t actors;
  float switching;
  friend bool operator==(const Kind&, const Kind&) = default;
};

/// The last world that was asked for: the largest takes longer to build than to simulate.
const Simulation& world(Kind kind) {
  static Kind last{};
  static std::unique_ptr<Simulation> simulation;
  if (!simulation || !(last == kind)) {
    simulation.reset();
    simulation = std::make_unique<Simulation>(sparse_world(kind.actors, steps, kind.switching),
                                              builtin_terms());
    last = kind;
  }
  return *simulation;
}

/// Share of decisions that moved between the first step and the last of one replicate.
class Moves final : public Recorder {
 public:
  explicit Moves(std::size_t actors) : actors_(actors) {}

  void record(const TileResult& tile) override {
    double moves = 0;
    for (std::size_t x = actors_; x < steps * actors_; ++x) {
      moves += tile.rungs[x] != tile.rungs[x - actors_] ? 1 : 0;
    }
    share_ = moves / static_cast<double>((steps - 1) * actors_);
  }
  [[nodiscard]] double share() const { return share_; }

 private:
  std::size_t actors_;
  double share_ = 0;
};

void actors(benchmark::State& state, Kind kind) {
  const Simulation& simulation = world(kind);
  RunOptions options;
  options.replicates = std::max(fewest_replicates, actors_times_replicates / kind.actors);
  options.threads = 1;
  options.record = RecordLevel::summary;
  time_runs(state, simulation, options);

  Moves moves(kind.actors);
  options.replicates = 1;
  options.record = RecordLevel::rungs;
  simulation.run(options, moves);
  state.counters["share_of_changes"] = moves.share();
}

}  // namespace

void register_actors() {
  for (const auto& [name, switching] : {std::pair{"sticky", sticky}, std::pair{"lively", lively}}) {
    for (const std::size_t count : sizes) {
      const std::string title = "scaling/actors/" + std::to_string(count) + "/" + name;
      benchmark::RegisterBenchmark(title.c_str(), actors, Kind{count, switching})
          ->UseRealTime()
          ->Unit(benchmark::kMillisecond);
    }
  }
}

}  // namespace entente::bench
