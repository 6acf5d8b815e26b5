#include "decision.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

#include "entente/engine/simulation.hpp"
#include "entente/terms/registry.hpp"
#include "pins.hpp"

namespace entente::cli {
namespace {

/// The model with nothing behind the step: what comes later cannot bear on it.
Model cut_after(Model model, std::uint32_t step) {
  const Calendar& calendar = model.calendar;
  model.calendar = Calendar(calendar.start(), calendar.date(step), calendar.unit());
  for (auto& series : model.series) series.values.resize(step + 1);
  return model;
}

/// Keeps one actor's choice from each tile.
class Collector final : public Recorder {
 public:
  Collector(const Simulation& simulation, const Question& question)
      : model_(simulation.model()),
        question_(question),
        pins_(model_, question),
        terms_(simulation.term_names().size()),
        drivers_(simulation.driver_names().size()) {}

  void record(const TileResult& tile) override {
    for (std::size_t r = 0; r < tile.replicates; ++r) rows_.push_back(decision(tile, r));
  }

  [[nodiscard]] std::vector<Decision> take() { return std::move(rows_); }

 private:
  /// Position in (authority, ladder, replicate, step, actor).
  [[nodiscard]] std::size_t at(const TileResult& tile, std::size_t r, std::uint32_t step) const {
    const std::size_t pair = question_.authority * ladder_count + index_of(question_.ladder);
    return ((pair * tile.replicates + r) * model_.calendar.steps() + step) * model_.actors.size() +
           question_.actor;
  }

  [[nodiscard]] Decision decision(const TileResult& tile, std::size_t r) const {
    const std::size_t here = at(tile, r, question_.step);
    Decision out;
    out.replicate = tile.first_replicate + r;
    out.after = tile.rungs[here];
    out.luck = tile.luck[here];
    out.opportunity = tile.opportunity[here];
    for (std::size_t term = 0; term < terms_; ++term) {
      out.below.push_back(tile.contributions[(here * terms_ + term) * 2]);
      out.above.push_back(tile.contributions[(here * terms_ + term) * 2 + 1]);
    }
    const std::size_t steps = model_.calendar.steps();
    const std::size_t row = ((question_.authority * tile.replicates + r) * steps + question_.step) *
                                model_.actors.size() +
                            question_.actor;
    for (std::size_t column = 0; column < drivers_; ++column) {
      out.drivers.push_back(tile.drivers[row * drivers_ + column]);
    }
    const auto start = model_.initial_rungs[model_.rung_index(question_.authority, question_.ladder,
                                                              question_.actor)];
    const Rung before = question_.step == 0 ? start : tile.rungs[at(tile, r, question_.step - 1)];
    pins_.settle(tile, r, before, out);
    return out;
  }

  const Model& model_;
  Question question_;
  Pins pins_;
  std::size_t terms_, drivers_;
  std::vector<Decision> rows_;
};

/// Tiles of level full are large; their number in flight grows with the threads.
RunOptions modest_options(const Model& model, std::size_t terms) {
  constexpr std::size_t lanes = 8;
  constexpr std::size_t budget = std::size_t{1} << 29;  // bytes
  const std::size_t numbers =
      ladder_count * (2 * terms + 3) + driver_count + model.covariates.size() + 4;
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

}  // namespace

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

Decisions simulate_decisions(const Model& model, const Question& question, std::size_t first,
                             std::size_t count) {
  const Simulation simulation(cut_after(model, question.step), builtin_terms());
  Collector collector(simulation, question);
  RunOptions options = modest_options(simulation.model(), simulation.term_names().size());
  options.first_replicate = first;
  options.replicates = count;
  simulation.run(options, collector);
  std::vector<std::vector<std::size_t>> reads;
  for (std::size_t term = 0; term < simulation.term_names().size(); ++term) {
    reads.push_back(simulation.drivers_of(question.ladder, term));
  }
  return {simulation.term_names(), simulation.driver_names(), std::move(reads), collector.take()};
}

}  // namespace entente::cli
