#include "contrast.hpp"

#include <algorithm>
#include <cmath>

#include "core/math.hpp"
#include "entente/ensemble/event_times.hpp"

namespace entente::cli {
namespace {

/// Positions of what is compared in the row of numbers that RiskSets gets of each decision.
struct Layout {
  explicit Layout(const Simulation& simulation, const Pair& pair)
      : columns(simulation.drivers_of(pair.ladder)),
        log_odds(simulation.term_names().size()),
        probability(log_odds + 1),
        foreseen(log_odds + 2),
        drivers(log_odds + 3),
        events(drivers + columns.size()),
        others(events + simulation.model().events.size()),
        size(others + simulation.model().actors.size()) {}

  std::vector<std::size_t> columns;  ///< of the drivers that are compared
  std::size_t log_odds, probability, foreseen, drivers, events, others, size;
};

/// Follows one actor through every replicate until it reaches the rung.
class Collector final : public Recorder {
 public:
  Collector(const Simulation& simulation, const ContrastQuestion& question)
      : model_(simulation.model()),
        question_(question),
        reader_(simulation, question.pair),
        layout_(simulation, question.pair),
        sets_(layout_.size),
        row_(layout_.size) {
    for (std::size_t j = 0; j < model_.actors.size(); ++j) {
      others_.emplace_back(simulation, Pair{j, question.pair.authority, question.pair.ladder});
    }
  }

  void record(const TileResult& tile) override {
    for (std::size_t r = 0; r < tile.replicates; ++r) {
      follow({tile, r, event_times(model_, tile, r)});
      ++out_.replicates;
    }
  }

  [[nodiscard]] Contrast take() {
    std::sort(out_.steps.begin(), out_.steps.end());
    return std::move(out_);
  }
  [[nodiscard]] const Layout& layout() const { return layout_; }
  [[nodiscard]] const RiskSets& sets() const { return sets_; }

 private:
  void follow(const Course& course) {
    double spared = 1.0;  // probability of not having moved so far
    if (reader_.before(course.tile, course.place, 0) >= question_.rung) {
      ++out_.at_start;
      return;
    }
    for (std::uint32_t t = 0; t <= question_.by; ++t) {
      const Decision decision = reader_.decision(course, t);
      const bool by_event = decision.own >= question_.rung;
      const bool there = decision.after >= question_.rung;
      const bool at_risk =
          decision.own + 1 == question_.rung && !decision.held && decision.high > decision.own;
      if (at_risk) {
        const double p = odds_of(decision, model_, question_.pair.ladder).step[2];
        spared *= 1.0 - p;
        fill(course, t, decision, p, 1.0 - spared);
        sets_.add(t, there, row_);
      }
      if (!there && !by_event) continue;
      ++(by_event || !at_risk ? out_.by_event : out_.by_choice);
      out_.steps.push_back(t);
      return;
    }
  }

  void fill(const Course& course, std::uint32_t step, const Decision& decision, double p,
            double foreseen) {
    const double tau = static_cast<double>(model_.temperature);
    row_[layout_.log_odds] = 0.0;
    for (std::size_t term = 0; term < decision.above.size(); ++term) {
      row_[term] = decision.above[term] / tau;
      row_[layout_.log_odds] += row_[term];
    }
    row_[layout_.probability] = p;
    row_[layout_.foreseen] = foreseen;
    for (std::size_t d = 0; d < layout_.columns.size(); ++d) {
      row_[layout_.drivers + d] = decision.drivers[layout_.columns[d]];
    }
    for (std::size_t e = 0; e < model_.events.size(); ++e) {
      const auto fired = course.fired[e];
      row_[layout_.events + e] = fired && *fired <= step ? 1.0 : 0.0;
    }
    for (std::size_t j = 0; j < others_.size(); ++j) {
      const Rung rung = others_[j].before(course.tile, course.place, step);
      row_[layout_.others + j] = rung >= question_.rung ? 1.0 : 0.0;
    }
  }

  const Model& model_;
  ContrastQuestion question_;
  DecisionReader reader_;
  std::vector<DecisionReader> others_;
  Layout layout_;
  RiskSets sets_;
  std::vector<double> row_;
  Contrast out_;
};

/// Those that differ most in units of what `scale` says first.
template <class Scale>
void sort_by(std::vector<NamedDifference>& list, Scale scale) {
  std::stable_sort(list.begin(), list.end(), [&](const auto& a, const auto& b) {
    return std::abs(a.x.difference) * scale(b) > std::abs(b.x.difference) * scale(a);
  });
}

/// P(X < k) of Poisson's law.
double poisson_below(double mean, double k) {
  double sum = 0.0;
  double term = std::exp(-mean);
  for (double n = 0.0; n < k; n += 1.0) {
    sum += term;
    term *= mean / (n + 1.0);
  }
  return sum;
}

}  // namespace

Contrast find_contrast(const Model& model, const ContrastQuestion& question, std::size_t first,
                       std::size_t count) {
  const Simulation simulation = simulation_until(model, question.by);
  Collector collector(simulation, question);
  RunOptions options = modest_options(simulation);
  options.first_replicate = first;
  options.replicates = count;
  simulation.run(options, collector);
  const auto found = collector.sets().compare();
  const Layout& at = collector.layout();
  Contrast out = collector.take();
  out.question = question;
  out.first_replicate = first;
  out.matched = found.matched;
  out.mates = found.mates;
  out.log_odds = found.x[at.log_odds];
  out.probability = found.x[at.probability];
  out.foreseen = found.x[at.foreseen];
  for (std::size_t term = 0; term < simulation.term_names().size(); ++term) {
    out.terms.push_back({simulation.term_names()[term], found.x[term]});
  }
  const auto varies = [&](std::size_t x) { return found.x[x].spread > 0.0; };
  for (std::size_t d = 0; d < at.columns.size(); ++d) {
    if (!varies(at.drivers + d)) continue;
    out.drivers.push_back({simulation.driver_names()[at.columns[d]], found.x[at.drivers + d]});
  }
  for (std::size_t e = 0; e < model.events.size(); ++e) {
    if (varies(at.events + e)) out.events.push_back({model.events[e].id, found.x[at.events + e]});
  }
  for (std::size_t j = 0; j < model.actors.size(); ++j) {
    if (j == question.pair.actor || !varies(at.others + j)) continue;
    out.others.push_back({model.actors[j].id, found.x[at.others + j]});
  }
  sort_by(out.terms, [](const NamedDifference&) { return 1.0; });
  sort_by(out.drivers, [](const NamedDifference& n) { return n.x.spread; });
  sort_by(out.events, [](const NamedDifference& n) { return n.x.standard_error; });
  sort_by(out.others, [](const NamedDifference&) { return 1.0; });
  return out;
}

bool stands_out(const Difference& share, std::size_t movers, std::size_t compared) {
  constexpr double enough_for_normal = 5.0;  // variance of the number of movers
  const double tail = 0.025 / static_cast<double>(compared);
  const auto all = static_cast<double>(movers);
  if (share.standard_error == 0.0) return false;
  if (std::pow(all * share.standard_error, 2.0) >= enough_for_normal) {
    return std::abs(share.difference) > math::normal_quantile(1.0 - tail) * share.standard_error;
  }
  const bool rare = share.expected <= 0.5;  // else those without are
  const double expected = all * (rare ? share.expected : 1.0 - share.expected);
  const double found = std::round(all * (rare ? share.movers : 1.0 - share.movers));
  return (found > expected ? 1.0 - poisson_below(expected, found)
                           : poisson_below(expected, found + 1.0)) < tail;
}

}  // namespace entente::cli
