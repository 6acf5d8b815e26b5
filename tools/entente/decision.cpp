#include "decision.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

#include "entente/ensemble/event_times.hpp"
#include "entente/terms/registry.hpp"

namespace entente::cli {
namespace {

/// Keeps one actor's choice from each tile.
class Collector final : public Recorder {
 public:
  Collector(const Simulation& simulation, const Question& question)
      : model_(simulation.model()), question_(question), reader_(simulation, pair(question.actor)) {
    out_.pinned.resize(model_.actors.size());
    for (std::size_t j = 0; j < model_.actors.size(); ++j) {
      pins_.emplace_back(model_, pair(j));
      readers_.emplace_back(simulation, pair(j));
    }
  }

  void record(const TileResult& tile) override {
    for (std::size_t r = 0; r < tile.replicates; ++r) {
      const Course course{tile, r, event_times(model_, tile, r)};
      out_.rows.push_back(reader_.decision(course, question_.step));
      for (std::size_t j = 0; j < model_.actors.size(); ++j) {
        const Rung before = readers_[j].before(tile, r, question_.step);
        out_.others.push_back(before);
        if (pins_[j].empty()) continue;
        if (!pins_[j].settle(course, question_.step, before).events.empty()) out_.pinned[j] = true;
      }
    }
  }

  [[nodiscard]] Decisions take() { return std::move(out_); }

 private:
  [[nodiscard]] Pair pair(std::size_t actor) const {
    return {actor, question_.authority, question_.ladder};
  }

  const Model& model_;
  Question question_;
  DecisionReader reader_;
  std::vector<DecisionReader> readers_;  ///< by actor
  std::vector<Pins> pins_;               ///< by actor
  Decisions out_;
};

}  // namespace

DecisionReader::DecisionReader(const Simulation& simulation, const Pair& pair)
    : model_(simulation.model()),
      pair_(pair),
      pins_(model_, pair),
      terms_(simulation.term_names().size()),
      drivers_(simulation.driver_names().size()) {}

Rung DecisionReader::before(const TileResult& tile, std::size_t place, std::uint32_t step) const {
  if (step == 0) {
    return model_.initial_rungs[model_.rung_index(pair_.authority, pair_.ladder, pair_.actor)];
  }
  const std::size_t pair = pair_.authority * ladder_count + index_of(pair_.ladder);
  return tile.rungs[((pair * tile.replicates + place) * model_.calendar.steps() + step - 1) *
                        model_.actors.size() +
                    pair_.actor];
}

Decision DecisionReader::decision(const Course& course, std::uint32_t step) const {
  const TileResult& tile = course.tile;
  const auto row = [&](std::size_t index) {
    return ((index * tile.replicates + course.place) * model_.calendar.steps() + step) *
               model_.actors.size() +
           pair_.actor;
  };
  const std::size_t here = row(pair_.authority * ladder_count + index_of(pair_.ladder));
  Decision out;
  out.replicate = tile.first_replicate + course.place;
  out.after = tile.rungs[here];
  out.luck = static_cast<double>(tile.luck[here]);
  out.opportunity = static_cast<double>(tile.opportunity[here]);
  for (std::size_t term = 0; term < terms_; ++term) {
    const auto* utility = &tile.contributions[(here * terms_ + term) * 2];
    out.below.push_back(static_cast<double>(utility[0]));
    out.above.push_back(static_cast<double>(utility[1]));
  }
  const auto* drivers = &tile.drivers[row(pair_.authority) * drivers_];
  out.drivers.assign(drivers, drivers + drivers_);
  Pinned pinned = pins_.settle(course, step, before(tile, course.place, step));
  out.own = pinned.own;
  out.low = pinned.low;
  out.high = pinned.high;
  out.held = pinned.held;
  out.events = std::move(pinned.events);
  return out;
}

Odds odds_of(const Decision& decision, const Model& model, LadderRole ladder) {
  const auto weight = [&](const std::vector<double>& terms) {
    double sum = 0.0;
    for (const double term : terms) sum += term;
    return std::exp(sum / static_cast<double>(model.temperature));
  };
  const std::size_t top = model.ladders[index_of(ladder)].size() - 1;
  const double below = decision.own > 0 ? weight(decision.below) : 0.0;
  const double above = decision.own < top ? weight(decision.above) : 0.0;
  const double sum = 1.0 + below + above;
  Odds odds;
  odds.reconsidering = {below / sum, 1.0 / sum, above / sum};
  const double p = decision.opportunity;
  odds.step = {p * below / sum, 1.0 - p + p / sum, p * above / sum};
  return odds;
}

int drawn(const Odds& odds, double luck) {
  if (luck < odds.step[0]) return -1;
  return luck < 1.0 - odds.step[2] ? 0 : 1;
}

Simulation simulation_until(const Model& model, std::uint32_t step) {
  Model cut = model;
  const Calendar& calendar = model.calendar;
  cut.calendar = Calendar(calendar.start(), calendar.date(step), calendar.unit());
  for (auto& series : cut.series) series.values.resize(step + 1);
  return {std::move(cut), builtin_terms()};
}

RunOptions modest_options(const Simulation& simulation) {
  constexpr std::size_t lanes = 8;
  constexpr std::size_t budget = std::size_t{1} << 29;  // bytes
  const Model& model = simulation.model();
  const std::size_t numbers =
      ladder_count * (2 * simulation.term_names().size() + 3) + simulation.driver_names().size();
  const std::size_t replicate = model.authorities.size() * model.calendar.steps() *
                                model.actors.size() * numbers * sizeof(float);
  RunOptions options;
  options.record = RecordLevel::full;
  options.lanes = replicate * lanes > budget ? 1 : lanes;
  const std::size_t tiles = budget / (2 * replicate * options.lanes);
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  options.threads = std::clamp<std::size_t>(tiles, 1, cores);
  return options;
}

Decisions simulate_decisions(const Simulation& simulation, const Question& question,
                             std::size_t first, std::size_t count, const std::atomic<bool>* stop) {
  Collector collector(simulation, question);
  RunOptions options = modest_options(simulation);
  options.first_replicate = first;
  options.replicates = count;
  options.stop = stop;
  simulation.run(options, collector);
  Decisions out = collector.take();
  out.terms = simulation.term_names();
  out.drivers = simulation.driver_names();
  for (std::size_t term = 0; term < out.terms.size(); ++term) {
    out.reads.push_back(simulation.drivers_of(question.ladder, term));
  }
  return out;
}

}  // namespace entente::cli
