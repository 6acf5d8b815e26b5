#include "entente/ensemble/tipping.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <tuple>
#include <utility>

namespace entente {
namespace {

constexpr std::size_t told_in_full = 8;  ///< coalitions that are enough and meet all replicates

/// The first of `name`, `name 2`, ... that no event has.
std::string unused_id(const Model& model, const std::string& name) {
  const auto is_taken = [&](const std::string& id) {
    return std::any_of(model.events.begin(), model.events.end(),
                       [&](const Event& event) { return event.id == id; });
  };
  std::string id = name;
  for (std::size_t n = 2; is_taken(id); ++n) id = name + ' ' + std::to_string(n);
  return id;
}

/// When an event begins and for how many steps it lasts.
struct Span {
  std::uint32_t first;
  std::uint32_t duration;
};

/// Adds an event that keeps the members between two rungs while it lasts.
void add_band(Model& model, const Act& act, const std::string& name, Span span, Rung low,
              Rung high) {
  if (act.members.empty()) return;
  Change change;
  change.op = EventOp::band;
  change.space = Space::rung;
  for (const auto i : act.members) {
    change.indices.push_back(model.rung_index(act.authority, act.ladder, i));
  }
  change.value = static_cast<float>(low);
  change.high = static_cast<float>(high);
  Event event;
  event.id = unused_id(model, name);
  event.first_step = span.first;
  event.duration = span.duration;
  event.changes.push_back(std::move(change));
  model.events.push_back(std::move(event));
}

Rung top_of(const Model& model, const Act& act) {
  return static_cast<Rung>(model.ladders[index_of(act.ladder)].size() - 1);
}

/// One search for a coalition: what it tried, and what that cost.
class CoalitionFinder {
 public:
  CoalitionFinder(const Model& model, const TermRegistry& registry, const CoalitionSearch& search,
                  const TrialOptions& options)
      : model_(model), registry_(registry), search_(search), options_(options) {}

  CoalitionAnswer find() {
    auto nobody = trial_of({});
    nobody->extend(options_.replicates);
    answer_.baseline = nobody->chance();
    answer_.baseline_verdict = nobody->verdict();
    spend(*nobody);
    if (answer_.baseline.share() > options_.bar || options_.stopped()) return finish();
    grow();
    certify();
    return finish();
  }

 private:
  /// A coalition in the making: its members and the luck it has met so far.
  struct Runner {
    std::vector<std::uint32_t> members;
    std::unique_ptr<Trial> trial;
  };

  [[nodiscard]] std::unique_ptr<Trial> trial_of(const std::vector<std::uint32_t>& members) const {
    Act act = search_.act;
    act.members = members;
    Outcome outcome = search_.outcome;
    if (!search_.count_members) {
      outcome.leave_out.insert(outcome.leave_out.end(), members.begin(), members.end());
      std::sort(outcome.leave_out.begin(), outcome.leave_out.end());
      outcome.leave_out.erase(std::unique(outcome.leave_out.begin(), outcome.leave_out.end()),
                              outcome.leave_out.end());
    }
    return std::make_unique<Trial>(with_act(model_, act), registry_, std::move(outcome), options_);
  }

  void spend(const Trial& trial) { answer_.replicates += trial.hits().size(); }

  [[nodiscard]] static std::vector<std::uint32_t> joined(std::vector<std::uint32_t> members,
                                                         std::uint32_t one) {
    members.insert(std::lower_bound(members.begin(), members.end(), one), one);
    return members;
  }

  /// The better halves of the coalitions go on with four times the replicates, until one is left.
  Coalition best_of(std::vector<Runner> runners) {
    constexpr std::size_t first_stage = 128;
    answer_.coalitions += runners.size();
    for (std::size_t stage = first_stage;; stage *= 4) {
      for (auto& runner : runners) {
        if (options_.stopped()) break;
        runner.trial->extend(stage);
      }
      if (options_.stopped()) break;  // some have met no luck, or less than others
      std::stable_sort(runners.begin(), runners.end(), [](const Runner& a, const Runner& b) {
        return a.trial->chance().share() > b.trial->chance().share();
      });
      const bool last = stage >= options_.replicates;
      const std::size_t kept = last ? 1 : (runners.size() + 1) / 2;
      for (std::size_t n = kept; n < runners.size(); ++n) spend(*runners[n].trial);
      runners.resize(kept);
      if (last) break;
    }
    for (const auto& runner : runners) spend(*runner.trial);
    return {runners.front().members, runners.front().trial->chance(),
            runners.front().trial->verdict()};
  }

  void grow() {
    std::vector<std::uint32_t> members;
    while (members.size() < search_.candidates.size() && !options_.stopped()) {
      std::vector<Runner> runners;
      for (const auto one : search_.candidates) {
        if (std::find(members.begin(), members.end(), one) != members.end()) continue;
        auto more = joined(members, one);
        auto trial = trial_of(more);
        runners.push_back({std::move(more), std::move(trial)});
      }
      if (runners.empty()) return;
      auto best = best_of(std::move(runners));
      if (options_.stopped()) return;
      answer_.greedy.push_back(std::move(best));
      members = answer_.greedy.back().members;
      if (answer_.greedy.back().chance.share() > options_.bar) return;
    }
  }

  [[nodiscard]] bool greedy_succeeded() const {
    return !answer_.greedy.empty() && answer_.greedy.back().chance.share() > options_.bar;
  }

  /// All coalitions of a size.
  void try_all(std::size_t size) {
    std::vector<Coalition> enough;
    std::vector<std::size_t> pick(size);
    std::iota(pick.begin(), pick.end(), std::size_t{0});
    const std::size_t n = search_.candidates.size();
    for (bool more = size <= n; more && !options_.stopped(); more = advance(pick, n)) {
      std::vector<std::uint32_t> members;
      for (const auto place : pick) members.push_back(search_.candidates[place]);
      std::sort(members.begin(), members.end());
      const auto trial = trial_of(members);
      trial->decide();
      spend(*trial);
      if (options_.stopped()) return;
      ++answer_.coalitions;
      sort_in({std::move(members), trial->chance(), trial->verdict()}, enough);
    }
    answer_.certified = size;
    run_out(enough);
    answer_.smallest = std::move(enough);
  }

  void sort_in(Coalition found, std::vector<Coalition>& enough) {
    if (found.chance.share() > options_.bar) {
      enough.push_back(std::move(found));
    } else if (found.verdict == Verdict::open) {
      answer_.undecided.push_back(std::move(found));
    }
  }

  static void best_first(std::vector<Coalition>& coalitions) {
    std::stable_sort(
        coalitions.begin(), coalitions.end(),
        [](const Coalition& a, const Coalition& b) { return a.chance.share() > b.chance.share(); });
  }

  /// Sorts those that are enough. Some were decided early, and the best of early shares are the
  /// lucky ones: so the first meet all replicates before they are set in order.
  void run_out(std::vector<Coalition>& enough) {
    best_first(enough);
    std::vector<Coalition> first;
    const std::size_t most = std::min(enough.size(), told_in_full);
    for (std::size_t n = 0; n < most && !options_.stopped(); ++n) {
      Coalition found = enough[n];
      if (found.chance.replicates < options_.replicates) {
        const auto trial = trial_of(found.members);
        trial->extend(options_.replicates);
        spend(*trial);
        found.chance = trial->chance();
        found.verdict = trial->verdict();
      }
      sort_in(std::move(found), first);
    }
    if (options_.stopped()) return;
    best_first(first);
    enough.erase(enough.begin(), enough.begin() + static_cast<std::ptrdiff_t>(most));
    enough.insert(enough.begin(), first.begin(), first.end());
  }

  /// The next choice of places in lexicographic order.
  static bool advance(std::vector<std::size_t>& pick, std::size_t n) {
    std::size_t at = pick.size();
    while (at > 0 && pick[at - 1] == n - pick.size() + at - 1) --at;
    if (at == 0) return false;
    ++pick[at - 1];
    for (; at < pick.size(); ++at) pick[at] = pick[at - 1] + 1;
    return true;
  }

  void certify() {
    const std::size_t known = greedy_succeeded() ? answer_.greedy.size() : search_.exhaustive;
    const std::size_t most = std::min({known, search_.exhaustive, search_.candidates.size()});
    for (std::size_t size = 1; size <= most; ++size) {
      try_all(size);
      if (!answer_.smallest.empty() || options_.stopped()) break;
    }
    if (answer_.smallest.empty() && greedy_succeeded()) {
      answer_.smallest.push_back(answer_.greedy.back());
    }
  }

  CoalitionAnswer finish() {
    answer_.interrupted = options_.stopped();
    return std::move(answer_);
  }

  const Model& model_;
  const TermRegistry& registry_;
  const CoalitionSearch& search_;
  const TrialOptions& options_;
  CoalitionAnswer answer_;
};

}  // namespace

Model with_act(Model model, const Act& act) {
  const Span span{act.step, act.keeps ? forever : 1};
  add_band(model, act, "act", span, act.rung, top_of(model, act));
  return model;
}

Model with_undone_act(Model model, const Act& act, std::uint32_t step) {
  const Span span{act.step, act.keeps ? step - act.step : 1};
  add_band(model, act, "act", span, act.rung, top_of(model, act));
  add_band(model, act, "act undone", {step, 1}, 0, static_cast<Rung>(act.rung - 1));
  return model;
}

std::vector<std::uint32_t> most_drawing(const Model& model, const TermRegistry& registry,
                                        const Act& act, const Outcome& outcome, std::size_t most,
                                        const TrialOptions& options) {
  constexpr std::size_t replicates = 128;
  const auto counts_of = [&](const Model& world) {
    Summary summary(world);
    RunOptions run;
    run.first_replicate = options.first_replicate;
    run.replicates = std::min(replicates, options.replicates);
    run.record = RecordLevel::summary;
    run.threads = options.threads;
    run.lanes = options.lanes;
    Simulation(world, registry).run(run, summary);
    return summary;
  };
  const auto others_than = [&](std::uint32_t i, const Summary& summary) {
    const auto [k, ladder, at, rung] =
        std::tuple(outcome.authority, outcome.ladder, outcome.step, outcome.rung);
    return summary.mean_count(k, ladder, at, rung) -
           summary.probability_at_or_above(k, ladder, at, i, rung);
  };
  const Summary nobody = counts_of(model);
  std::vector<std::pair<double, std::uint32_t>> order;  // minus the number drawn, actor
  for (std::uint32_t i = 0; i < model.actors.size() && !options.stopped(); ++i) {
    if (model.initial_rungs[model.rung_index(act.authority, act.ladder, i)] >= outcome.rung) {
      continue;
    }
    Act alone = act;
    alone.members = {i};
    const Summary acted = counts_of(with_act(model, alone));
    order.emplace_back(others_than(i, nobody) - others_than(i, acted), i);
  }
  std::stable_sort(order.begin(), order.end());
  std::vector<std::uint32_t> actors;
  for (std::size_t n = 0; n < std::min(most, order.size()); ++n) actors.push_back(order[n].second);
  std::sort(actors.begin(), actors.end());
  return actors;
}

CoalitionAnswer smallest_coalition(const Model& model, const TermRegistry& registry,
                                   const CoalitionSearch& search, const TrialOptions& options) {
  return CoalitionFinder(model, registry, search, options).find();
}

LevelAnswer least_change(const TermRegistry& registry, const LevelSearch& search,
                         const Outcome& outcome, const TrialOptions& options) {
  LevelAnswer answer;
  const auto look = [&](double value) {
    Trial trial(search.model_at(value), registry, outcome, options);
    trial.decide();
    answer.replicates += trial.hits().size();
    return Level{value, trial.chance(), trial.verdict()};
  };
  const auto is_enough = [&](const Level& level) { return level.chance.share() > options.bar; };
  for (std::size_t n = 0; n <= search.grid && !options.stopped(); ++n) {
    const double part = static_cast<double>(n) / static_cast<double>(search.grid);
    const Level level = look(search.from + part * (search.to - search.from));
    if (!options.stopped()) answer.tried.push_back(level);
  }
  answer.interrupted = options.stopped();
  const auto first = std::find_if(answer.tried.begin(), answer.tried.end(), is_enough);
  if (first == answer.tried.end() || answer.interrupted) return answer;

  const auto clearly = [&](Verdict verdict) {
    return std::find_if(answer.tried.begin(), answer.tried.end(),
                        [&](const Level& level) { return level.verdict == verdict; });
  };
  const auto above = clearly(Verdict::above);
  answer.one_way = std::none_of(above, answer.tried.end(),
                                [](const Level& level) { return level.verdict == Verdict::below; });
  answer.enough = first->value;
  if (first == answer.tried.begin()) return answer;
  answer.not_enough = std::prev(first)->value;
  const double whole = std::abs(search.to - search.from);
  constexpr double finest = 1.0 / 256.0;  // finer than what the replicates can tell
  const double resolution = std::max(search.resolution, whole * finest);
  while (std::abs(*answer.enough - *answer.not_enough) > resolution && !options.stopped()) {
    const Level middle = look(*answer.not_enough + (*answer.enough - *answer.not_enough) / 2.0);
    if (options.stopped()) break;  // it has met some of its replicates, or none
    (is_enough(middle) ? answer.enough : answer.not_enough) = middle.value;
    answer.tried.push_back(middle);
  }
  std::stable_sort(answer.tried.begin(), answer.tried.end(), [&](const Level& a, const Level& b) {
    return std::abs(a.value - search.from) < std::abs(b.value - search.from);
  });
  answer.interrupted = options.stopped();
  return answer;
}

double Hysteresis::kept() const {
  if (acted.difference == 0.0) return std::numeric_limits<double>::quiet_NaN();
  return undone.difference / acted.difference;
}

Hysteresis undo_act(const Model& model, const TermRegistry& registry, const Act& act,
                    std::uint32_t undo, std::uint32_t at, const TrialOptions& options) {
  const Simulation baseline(model, registry);
  const Simulation acted(with_act(model, act), registry);
  const Simulation undone(with_undone_act(model, act, undo), registry);
  const std::array<const Simulation*, 2> variants{&acted, &undone};
  Summary summary(model);
  std::vector<Comparison> comparisons;
  for (const auto* variant : variants) comparisons.emplace_back(model, variant->model());
  PairedOptions paired;
  paired.first_replicate = options.first_replicate;
  paired.replicates = options.replicates;
  paired.threads = options.threads;
  paired.lanes = options.lanes;
  paired.stop = options.stop;
  run_paired(baseline, variants, paired, summary, comparisons);
  return {comparisons[0].followers(act.authority, act.ladder, at, act.rung),
          comparisons[1].followers(act.authority, act.ladder, at, act.rung)};
}

}  // namespace entente
