#include "pins.hpp"

#include <algorithm>

namespace entente::cli {
namespace {

bool is_lasting(const Change& change) {
  return change.op == EventOp::hold || change.op == EventOp::band;
}

}  // namespace

Pins::Pins(const Model& model, const Pair& pair) : model_(model), pair_(pair) {
  for (std::size_t e = 0; e < model.events.size(); ++e) {
    add(model.events[e].id, model.events[e].changes, e, false);
  }
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    add(model.bodies[b].id, model.bodies[b].changes, b, true);
  }
}

void Pins::add(const std::string& id, const std::vector<Change>& changes, std::size_t source,
               bool of_body) {
  const auto index = model_.rung_index(pair_.authority, pair_.ladder, pair_.actor);
  for (const auto& change : changes) {
    if (change.space != Space::rung) continue;
    if (!std::binary_search(change.indices.begin(), change.indices.end(), index)) continue;
    pins_.push_back({id, &change, source, of_body});
  }
}

bool Pins::body_said_yes(const Course& course, std::size_t body, std::uint32_t steps_done) const {
  if (steps_done == 0) return model_.bodies[body].initially;
  const std::size_t steps = model_.calendar.steps();
  const TileResult& tile = course.tile;
  return tile.bodies[(body * tile.replicates + course.place) * steps + steps_done - 1] != 0;
}

bool Pins::in_force(const Pin& pin, const Course& course, std::uint32_t step) const {
  const bool lasting = is_lasting(*pin.change);
  if (pin.of_body) {
    if (!body_said_yes(course, pin.source, step)) return false;
    return lasting || step == 0 || !body_said_yes(course, pin.source, step - 1);
  }
  const auto fired = course.fired[pin.source];
  if (!fired || step < *fired) return false;
  return lasting ? step - *fired < model_.events[pin.source].duration : step == *fired;
}

Pinned Pins::settle(const Course& course, std::uint32_t step, Rung before) const {
  const auto top = static_cast<Rung>(model_.ladders[index_of(pair_.ladder)].size() - 1);
  Pinned out;
  out.own = before;
  out.high = top;
  for (const auto& pin : pins_) {
    if (!in_force(pin, course, step)) continue;
    const Change& change = *pin.change;
    if (out.events.empty() || out.events.back() != pin.id) out.events.push_back(pin.id);
    if (change.op == EventOp::band) {
      out.low = static_cast<Rung>(change.value);
      out.high = static_cast<Rung>(change.high);
      out.own = std::clamp(out.own, out.low, out.high);
      out.held = false;
      continue;
    }
    float goal = change.value;
    if (change.op == EventOp::add) goal += static_cast<float>(out.own);
    if (change.op == EventOp::scale) goal *= static_cast<float>(out.own);
    out.own = static_cast<Rung>(std::clamp(goal, 0.0F, static_cast<float>(top)));
    out.low = out.high = out.own;
    out.held = true;
  }
  return out;
}

}  // namespace entente::cli
