#include "entente/ensemble/event_times.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/random.hpp"
#include "engine/compiled.hpp"

namespace entente {
namespace {

/// The state that one replicate ended a step in, as conditions see it in the next.
class Before {
 public:
  Before(const Model& model, const TileResult& tile, std::size_t place)
      : model_(model), tile_(tile), place_(place), steps_(model.calendar.steps()) {}

  void enter(std::uint32_t step) { step_ = step; }

  [[nodiscard]] bool holds(const Condition& condition) const {
    return std::visit([&](const auto& c) { return holds(c); }, condition);
  }

 private:
  [[nodiscard]] bool holds(const CountCondition& c) const {
    std::int32_t count = 0;
    for (const auto i : c.among) {
      if (rung(c.authority, c.ladder, i) < c.rung) continue;
      // As the engine counts importance: in fixed point.
      count +=
          c.by_importance
              ? static_cast<std::int32_t>(model_.actors[i].importance * detail::importance_unit)
              : 1;
    }
    const float unit = c.by_importance ? 1.0F / detail::importance_unit : 1.0F;
    const float value = static_cast<float>(count) * unit;
    return value >= c.at_least && value <= c.at_most;
  }
  [[nodiscard]] bool holds(const StateCondition& c) const {
    const auto state = static_cast<std::size_t>(c.state);
    const float value =
        step_ == 0 ? model_.authorities[c.authority].initial_state[state]
                   : tile_.authority_states[last(c.authority * authority_state_count + state)];
    return value >= c.at_least && value <= c.at_most;
  }
  [[nodiscard]] bool holds(const AuthorityRungCondition& c) const {
    const Authority& authority = model_.authorities[c.authority];
    Rung rung = 0;
    if (step_ > 0) {
      rung = tile_.authority_rungs[last(c.authority * (1 + model_.groups.size()) + c.ladder)];
    } else {
      rung = c.ladder == 0 ? authority.initial_rights : authority.initial_posture[c.ladder - 1];
    }
    return rung >= c.at_least && rung <= c.at_most;
  }

  [[nodiscard]] Rung rung(std::size_t authority, LadderRole ladder, std::size_t actor) const {
    if (step_ == 0) return model_.initial_rungs[model_.rung_index(authority, ladder, actor)];
    const std::size_t row = last(authority * ladder_count + index_of(ladder));
    return tile_.rungs[row * model_.actors.size() + actor];
  }
  /// Position of the step before in rows of shape (R, T).
  [[nodiscard]] std::size_t last(std::size_t row) const {
    return (row * tile_.replicates + place_) * steps_ + step_ - 1;
  }

  const Model& model_;
  const TileResult& tile_;
  std::size_t place_, steps_;
  std::uint32_t step_ = 0;
};

bool luck_allows(const Model& model, const Event& event, std::size_t replicate) {
  if (event.probability >= 1.0F) return true;
  const auto word =
      random::word(model.seed, random::entity_of(event.id), 0,
                   random::stream(random::Purpose::event), static_cast<std::uint32_t>(replicate));
  return random::uniform(word) < static_cast<double>(event.probability);
}

}  // namespace

std::vector<std::optional<std::uint32_t>> event_times(const Model& model, const TileResult& tile,
                                                      std::size_t place) {
  if (tile.rungs.empty()) throw std::invalid_argument("event_times: the tile holds no rungs");
  std::vector<std::optional<std::uint32_t>> fired(model.events.size());
  Before before(model, tile, place);
  for (std::size_t e = 0; e < fired.size(); ++e) {
    const Event& event = model.events[e];
    if (!luck_allows(model, event, tile.first_replicate + place)) continue;
    for (std::uint32_t t = event.first_step;
         t < model.calendar.steps() && t <= event.last_step && !fired[e]; ++t) {
      before.enter(t);
      const bool all = std::all_of(event.when.begin(), event.when.end(),
                                   [&](const Condition& c) { return before.holds(c); });
      if (all) fired[e] = t;
    }
  }
  return fired;
}

}  // namespace entente
