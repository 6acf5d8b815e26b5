#include "pins.hpp"

#include <algorithm>
#include <cmath>

namespace entente::cli {
namespace {

bool is_lasting(const Change& change) {
  return change.op == EventOp::hold || change.op == EventOp::band;
}

/// Whether an event that fires at `fired` or at any later step up to `last` can act at `step`.
bool can_act(const Event& event, bool lasting, std::uint32_t last, std::uint32_t step) {
  if (step < event.first_step) return false;
  if (!lasting) return step <= last;
  const std::uint64_t end = std::uint64_t{last} + event.duration;  // first step after the latest
  return step < end;
}

}  // namespace

Pins::Pins(const Model& model, const Question& question) : model_(model), question_(question) {
  for (const auto& event : model.events) add_event(event);
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    const auto& body = model.bodies[b];
    add(body.id, body.changes, false, static_cast<std::ptrdiff_t>(b), true);
  }
}

void Pins::add(const std::string& id, const std::vector<Change>& changes, bool certain,
               std::ptrdiff_t body, bool impulses) {
  const auto index = model_.rung_index(question_.authority, question_.ladder, question_.actor);
  for (const auto& change : changes) {
    if (change.space != Space::rung || (!impulses && !is_lasting(change))) continue;
    if (!std::binary_search(change.indices.begin(), change.indices.end(), index)) continue;
    pins_.push_back({id, &change, certain, body});
  }
}

void Pins::add_event(const Event& event) {
  const bool waits = !event.when.empty();
  const std::uint32_t last = waits ? event.last_step : event.first_step;
  if (!can_act(event, true, last, question_.step)) return;
  const bool impulses = can_act(event, false, last, question_.step);
  add(event.id, event.changes, !waits && event.probability >= 1.0F, -1, impulses);
}

bool Pins::body_says_yes(const TileResult& tile, std::size_t r, std::size_t body) const {
  if (question_.step == 0) return model_.bodies[body].initially;
  const std::size_t steps = model_.calendar.steps();
  return tile.bodies[(body * tile.replicates + r) * steps + question_.step - 1] != 0;
}

template <class InForce>
Rung Pins::apply(const InForce& in_force, Rung before, Decision& decision) const {
  decision.own = before;
  decision.held = false;
  decision.events.clear();
  Rung low = 0;
  const auto top = static_cast<Rung>(model_.ladders[index_of(question_.ladder)].size() - 1);
  Rung high = top;
  for (const auto& pin : pins_) {
    if (!in_force(pin)) continue;
    const Change& change = *pin.change;
    if (decision.events.empty() || decision.events.back() != pin.id) {
      decision.events.push_back(pin.id);
    }
    if (change.op == EventOp::band) {
      low = static_cast<Rung>(change.value);
      high = static_cast<Rung>(change.high);
      decision.own = std::clamp(decision.own, low, high);
      decision.held = false;
      continue;
    }
    float goal = change.value;
    if (change.op == EventOp::add) goal += static_cast<float>(decision.own);
    if (change.op == EventOp::scale) goal *= static_cast<float>(decision.own);
    decision.own = static_cast<Rung>(std::clamp(goal, 0.0F, static_cast<float>(top)));
    low = high = decision.own;
    decision.held = true;
  }
  const int move = drawn(odds_of(decision, model_, question_.ladder), decision.luck);
  return std::clamp(static_cast<Rung>(decision.own + move), low, high);
}

void Pins::settle(const TileResult& tile, std::size_t r, Rung before, Decision& decision) const {
  const auto known = [&](const Pin& pin) {
    return pin.body < 0 ? pin.certain : body_says_yes(tile, r, static_cast<std::size_t>(pin.body));
  };
  if (apply(known, before, decision) == decision.after) return;
  const auto possible = [&](const Pin& pin) { return pin.body < 0 || known(pin); };
  const bool open = std::any_of(pins_.begin(), pins_.end(),
                                [&](const Pin& pin) { return possible(pin) && !known(pin); });
  // Where no event can explain the difference, the draw lies within rounding of a bound.
  if (!open || apply(possible, before, decision) != decision.after) apply(known, before, decision);
}

}  // namespace entente::cli
