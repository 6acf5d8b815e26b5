#include "entente/estimate/history.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace entente {
namespace {

/// One pair of actor and authority on one ladder.
struct Pair {
  std::size_t authority;
  LadderRole ladder;
  std::uint32_t actor;
};

class Layout {
 public:
  Layout(const Model& model, const History& history) : model_(model), history_(history) {
    path_.authorities = model.authorities.size();
    path_.steps = model.calendar.steps();
    path_.actors = model.actors.size();
    const std::size_t pairs = path_.authorities * ladder_count * path_.actors;
    path_.standing.resize(pairs * (path_.steps + 1));
    path_.walked.resize(path_.standing.size());
    path_.observed.resize(pairs * path_.steps);
  }

  Path run() {
    for_pairs([&](const Pair& pair) {
      const auto rows = rows_of(pair);
      const auto others = others_of(pair);
      const auto index = model_.rung_index(pair.authority, pair.ladder, pair.actor);
      fill(pair, 0, others.value_or(model_.initial_rungs[index]));
      if (model_.ladders[index_of(pair.ladder)].size() < 2) return;
      // Before its first row a pair stands where all do that have none.
      if (others || !rows.empty()) set_observed(pair, 0, path_.steps, 1);
      if (!rows.empty()) follow(pair, rows, others.has_value());
    });
    for (const auto& censoring : history_.censored) censor(censoring);
    return std::move(path_);
  }

 private:
  template <class Visit>
  void for_pairs(const Visit& visit) {
    for (std::size_t k = 0; k < path_.authorities; ++k) {
      for (const auto ladder : all_ladders) {
        for (std::uint32_t i = 0; i < path_.actors; ++i) visit(Pair{k, ladder, i});
      }
    }
  }

  [[nodiscard]] std::vector<Observation> rows_of(const Pair& pair) const {
    std::vector<Observation> rows;
    for (const auto& one : history_.observations) {
      if (one.actor == pair.actor && one.authority == pair.authority && one.ladder == pair.ladder) {
        rows.push_back(one);
      }
    }
    return rows;
  }

  /// Stands on a rung from the start of step `from` on.
  void fill(const Pair& pair, std::size_t from, Rung rung) {
    for (std::size_t t = from; t <= path_.steps; ++t) {
      const auto at = path_.at(pair.authority, pair.ladder, t, pair.actor);
      path_.standing[at] = rung;
      path_.walked[at] = rung;
    }
  }

  void set_observed(const Pair& pair, std::size_t from, std::size_t to, std::uint8_t value) {
    for (std::size_t t = from; t < to; ++t) {
      path_.observed[path_.decision(pair.authority, pair.ladder, t, pair.actor)] = value;
    }
  }

  /// Where the history says that actors without a row stay, if it does.
  [[nodiscard]] std::optional<Rung> others_of(const Pair& pair) const {
    const std::size_t place = pair.authority * ladder_count + index_of(pair.ladder);
    return place < history_.others.size() ? history_.others[place] : std::nullopt;
  }

  /// @param before  whether it is known where the pair stood before its first row
  void follow(const Pair& pair, const std::vector<Observation>& rows, bool before) {
    std::vector<std::uint8_t> found(path_.steps + 1, 0);  // where a standing was only found
    if (rows.front().inherited && rows.front().step == 0) fill(pair, 0, rows.front().rung);
    for (const auto& row : rows) {
      for (std::size_t t = row.step + 1; t <= path_.steps; ++t) {
        path_.standing[path_.at(pair.authority, pair.ladder, t, pair.actor)] = row.rung;
      }
      if (row.inherited && row.step > 0) {
        const bool blank = !before && &row == &rows.front();
        set_observed(pair, blank ? 0 : row.step, row.step + 1, 0);
        found[row.step + 1] = 1;
      }
    }
    for (std::size_t t = 1; t <= path_.steps; ++t) {
      const Rung from = path_.walked[path_.at(pair.authority, pair.ladder, t - 1, pair.actor)];
      const Rung to = path_.standing[path_.at(pair.authority, pair.ladder, t, pair.actor)];
      auto& next = path_.walked[path_.at(pair.authority, pair.ladder, t, pair.actor)];
      next = to;
      if (found[t] == 0 && to > from) next = static_cast<Rung>(from + 1);
      if (found[t] == 0 && to < from) next = static_cast<Rung>(from - 1);
    }
  }

  void censor(const Censoring& censoring) {
    for_pairs([&](const Pair& pair) {
      if (pair.authority != censoring.authority || pair.ladder != censoring.ladder) return;
      if (censoring.actor && *censoring.actor != pair.actor) return;
      set_observed(pair, std::min<std::size_t>(censoring.step, path_.steps), path_.steps, 0);
    });
  }

  const Model& model_;
  const History& history_;
  Path path_;
};

/// Steps [first, last) in which pairs are kept on a rung.
struct Stay {
  std::uint32_t first, last;
  Rung rung;
  friend bool operator<(const Stay& a, const Stay& b) {
    return std::tie(a.first, a.last, a.rung) < std::tie(b.first, b.last, b.rung);
  }
};

/// Behind the last step that is on record.
std::uint32_t end_of_record(const Path& path, std::size_t authority, LadderRole ladder,
                            std::size_t actor) {
  for (std::size_t t = path.steps; t > 0; --t) {
    if (path.observed[path.decision(authority, ladder, t - 1, actor)] != 0) {
      return static_cast<std::uint32_t>(t);
    }
  }
  return 0;
}

}  // namespace

bool Path::on_record(std::size_t authority, LadderRole ladder, std::size_t actor, std::size_t from,
                     std::size_t to) const {
  for (std::size_t t = from; t < std::min(to, steps); ++t) {
    if (observed[decision(authority, ladder, t, actor)] == 0) return false;
  }
  return true;
}

Path path_of(const Model& model, const History& history) { return Layout(model, history).run(); }

Model follow_history(Model model, const Path& path, std::uint32_t origin) {
  std::map<Stay, std::vector<std::uint64_t>> stays;
  for (std::size_t k = 0; k < path.authorities; ++k) {
    for (const auto ladder : all_ladders) {
      for (std::size_t i = 0; i < path.actors; ++i) {
        const std::uint32_t recorded = end_of_record(path, k, ladder, i);
        if (recorded == 0) continue;
        const auto rung = [&](std::size_t t) { return path.walked[path.at(k, ladder, t, i)]; };
        const auto index = model.rung_index(k, ladder, i);
        model.initial_rungs[index] = rung(0);
        // A record that ends before the origin is held one step longer, on the rung that it leads
        // to; else the step before the origin stands there already. Then the pair goes on by
        // itself.
        const std::uint32_t last = std::min(origin, recorded + 1);
        const auto kept = [&](std::uint32_t t) {
          const bool end = t + 1 == origin && recorded >= origin && origin < path.steps;
          return end ? path.standing[path.at(k, ladder, origin, i)] : rung(t);
        };
        for (std::uint32_t first = 0, t = 1; t <= last; ++t) {
          if (t < last && kept(t) == kept(first)) continue;
          stays[{first, t, kept(first)}].push_back(index);
          first = t;
        }
      }
    }
  }
  std::size_t number = 0;
  for (auto& [stay, indices] : stays) {
    Event event;
    event.id = "history-" + std::to_string(number++);
    event.note = "on record";
    event.first_step = stay.first;
    event.last_step = stay.first;
    event.duration = stay.last - stay.first;
    const auto rung = static_cast<float>(stay.rung);
    event.changes.push_back({EventOp::hold, Space::rung, std::move(indices), rung, rung});
    model.events.push_back(std::move(event));
  }
  return model;
}

Model forget_future(Model model, std::uint32_t origin) {
  std::erase_if(model.events, [&](const Event& event) { return event.first_step >= origin; });
  for (auto& event : model.events) {
    // One that waits for its condition does so until the origin, no longer.
    event.last_step = std::min(event.last_step, std::max(origin, 1U) - 1);
    const std::uint32_t last_fire = event.when.empty() ? event.first_step : event.last_step;
    const bool ends = event.duration != forever && event.duration < forever - last_fire;
    if (ends && last_fire + event.duration >= origin) event.duration = forever;
  }
  for (auto& one : model.series) {
    for (std::size_t t = std::max<std::size_t>(origin, 1); t < one.values.size(); ++t) {
      one.values[t] = one.values[std::max<std::size_t>(origin, 1) - 1];
    }
  }
  return model;
}

}  // namespace entente
