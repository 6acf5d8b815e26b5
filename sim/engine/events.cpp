#include "engine/events.hpp"

#include <algorithm>

#include "core/math.hpp"
#include "core/random.hpp"
#include "engine/conditions.hpp"
#include "engine/peers.hpp"
#include "engine/relations.hpp"

namespace entente::detail {
namespace {

constexpr std::int32_t not_yet = -1;
constexpr std::int32_t never = -2;

/// Decides in which replicates an event fires at this step.
void fire(const CompiledModel& m, Tile& tile, std::size_t e, std::uint32_t step,
          std::vector<std::uint8_t>& holds) {
  const Event& event = m.model.events[e];
  auto* fired = &tile.fired[e * tile.lanes];
  if (step == event.first_step && event.probability < 1.0F) {
    const auto stream = random::stream(random::Purpose::event);
    const auto entity = random::entity_of(event.id);
    for (std::size_t l = 0; l < tile.lanes; ++l) {
      const auto word = random::word(m.model.seed, entity, 0, stream, tile.replicate[l]);
      if (random::uniform(word) >= static_cast<double>(event.probability)) fired[l] = never;
    }
  }
  if (step < event.first_step || step > event.last_step) return;
  holds.assign(tile.lanes, 1);
  for (const auto& condition : event.when) require(m, tile, condition, holds);
  for (std::size_t l = 0; l < tile.lanes; ++l) {
    if (fired[l] == not_yet && holds[l] != 0) fired[l] = static_cast<std::int32_t>(step);
  }
}

/// Brings the table of active events and bodies to this step; true when anything changed.
bool refresh_activity(const CompiledModel& m, Tile& tile, std::uint32_t step) {
  std::fill(tile.turned.begin(), tile.turned.end(), std::uint8_t{0});
  const std::size_t lanes = tile.lanes;
  const std::size_t events = m.model.events.size();
  for (std::size_t e = 0; e < events; ++e) {
    const std::uint32_t duration = m.model.events[e].duration;
    if (step < m.model.events[e].first_step) continue;  // nor was it active before
    for (std::size_t l = 0; l < lanes; ++l) {
      const std::int32_t at = tile.fired[e * lanes + l];
      const bool active = at >= 0 && step - static_cast<std::uint32_t>(at) < duration;
      auto& cell = tile.active_rows[e * lanes + l];
      if ((cell != 0) != active) tile.turned[e] = 1;
      cell = active ? 1 : 0;
    }
  }
  for (std::size_t b = 0; b < m.model.bodies.size(); ++b) {
    for (std::size_t l = 0; l < lanes; ++l) {
      auto& cell = tile.active_rows[(events + b) * lanes + l];
      const bool yes = tile.body_yes[b * lanes + l] != 0;
      if ((cell != 0) == yes) continue;
      tile.turned[events + b] = 1;
      cell = yes ? 1 : 0;
      tile.fired[(events + b) * lanes + l] = yes ? static_cast<std::int32_t>(step) : not_yet;
    }
  }
  return std::any_of(tile.turned.begin(), tile.turned.end(),
                     [](auto turned) { return turned != 0; });
}

/// Gives a parameter its value; notes whether that is a change.
void set_parameter(const CompiledModel& m, Tile& tile, std::size_t slot, float value) {
  if (tile.parameters[slot] == value) return;
  tile.parameters[slot] = value;
  tile.changed.set(static_cast<std::size_t>(m.model.parameters.param_of(slot)));
}

void move_series(const CompiledModel& m, Tile& tile, std::uint32_t step) {
  for (const auto& series : m.model.series) {
    for (const auto slot : series.slots) set_parameter(m, tile, slot, series.values[step]);
  }
}

float altered(EventOp op, float before, float value) {
  switch (op) {
    case EventOp::add:
      return before + value;
    case EventOp::scale:
      return before * value;
    case EventOp::set:
    case EventOp::hold:
    case EventOp::band:
      break;
  }
  return value;
}

float held_within(float value, float low, float high) {
  if (value < low) return low;
  return value > high ? high : value;
}

/// Brings the parameters under events to this step. True when one that is the same in all
/// replicates changed.
void refold_parameters(const CompiledModel& m, Tile& tile) {
  const std::size_t lanes = tile.lanes;
  const auto fold = [](const TouchedSlot& slot, const ActiveChange& change, float value) {
    return held_within(altered(change.op, value, change.value), slot.min, slot.max);
  };
  for (const auto& slot : m.scheduled) {
    float value = slot.in_series ? tile.parameters[slot.slot] : m.model.parameters.all()[slot.slot];
    for (const auto& change : slot.changes) {
      if (tile.active_rows[change.source * lanes] != 0) value = fold(slot, change, value);
    }
    set_parameter(m, tile, slot.slot, value);
  }
  for (std::size_t row = 0; row < m.touched.size(); ++row) {
    const auto& slot = m.touched[row];
    auto* out = &tile.touched[row * lanes];
    std::fill_n(out, lanes, tile.parameters[slot.slot]);
    for (const auto& change : slot.changes) {
      const auto* active = &tile.active_rows[change.source * lanes];
      for (std::size_t l = 0; l < lanes; ++l) {
        if (active[l] != 0) out[l] = fold(slot, change, out[l]);
      }
    }
  }
}

/// The pin of a pair in this step, made on first use.
Pin& pin_of(std::vector<Pin>& pins, std::size_t index, std::size_t lanes) {
  const auto found =
      std::find_if(pins.begin(), pins.end(), [&](const Pin& pin) { return pin.index == index; });
  if (found != pins.end()) return *found;
  pins.push_back({index, std::vector<Rung>(lanes, no_pin), std::vector<Rung>(lanes, no_pin)});
  return pins.back();
}

/// Moves a row of rungs as a change says and pins it where the change is in force; `after` gets the
/// new rungs.
void pin_rungs(const Change& change, Pin& pin, const std::vector<std::uint8_t>& in_force,
               const Rung* before, std::size_t top, std::vector<Rung>& after) {
  for (std::size_t l = 0; l < after.size(); ++l) {
    after[l] = before[l];
    if (in_force[l] == 0) continue;
    if (change.op == EventOp::band) {
      pin.low[l] = static_cast<Rung>(change.value);
      pin.high[l] = static_cast<Rung>(change.high);
      after[l] = std::clamp(before[l], pin.low[l], pin.high[l]);
    } else {
      const float goal = altered(change.op, static_cast<float>(before[l]), change.value);
      after[l] = static_cast<Rung>(held_within(goal, 0.0F, static_cast<float>(top)));
      pin.low[l] = pin.high[l] = after[l];
    }
  }
}

void change_actor_rungs(const CompiledModel& m, Tile& tile, const Change& change,
                        const std::vector<std::uint8_t>& in_force) {
  std::vector<Rung> after(tile.lanes);
  for (const auto index : change.indices) {
    const auto actor = static_cast<std::size_t>(index % tile.actors);
    const auto pair = static_cast<std::size_t>(index / tile.actors);
    const auto ladder = static_cast<LadderRole>(pair % ladder_count);
    const std::size_t authority = pair / ladder_count;
    auto& pin = pin_of(tile.pins, static_cast<std::size_t>(index), tile.lanes);
    const auto* before = &tile.rungs[tile.rung_row(authority, ladder, actor)];
    pin_rungs(change, pin, in_force, before, m.ladders[index_of(ladder)].rungs - 1, after);
    move_rungs(m, tile, authority, ladder, actor, after.data());
  }
}

void change_authority_rungs(const CompiledModel& m, Tile& tile, const Change& change,
                            const std::vector<std::uint8_t>& in_force) {
  std::vector<Rung> after(tile.lanes);
  for (const auto index : change.indices) {
    const auto row = static_cast<std::size_t>(index);
    const bool rights = row % tile.authority_ladders == 0;
    const std::size_t rungs = rights ? m.model.rights.size() : m.model.posture.size();
    auto& pin = pin_of(tile.authority_pins, row, tile.lanes);
    auto* before = &tile.authority_rungs[row * tile.lanes];
    pin_rungs(change, pin, in_force, before, rungs - 1, after);
    std::copy(after.begin(), after.end(), before);
  }
}

void change_states(const CompiledModel& m, Tile& tile, const Change& change,
                   const std::vector<std::uint8_t>& in_force) {
  const auto alter = [&](float* row, float low, float high) {
    for (std::size_t l = 0; l < tile.lanes; ++l) {
      if (in_force[l] != 0)
        row[l] = held_within(altered(change.op, row[l], change.value), low, high);
    }
  };
  for (const auto index : change.indices) {
    const auto i = static_cast<std::size_t>(index);
    if (change.space == Space::authority_state) {
      const bool salience =
          i % authority_state_count == static_cast<std::size_t>(AuthorityState::rights_salience);
      alter(&tile.authority_states[i * tile.lanes], 0.0F, salience ? 10.0F : 1.0F);
    } else if (change.space == Space::salience) {
      alter(&tile.salience[i * tile.lanes], 0.0F, m.model.groups[i / tile.actors].salience_cap);
    } else {
      constexpr float smallest = 1e-6F;
      alter(&tile.activity[i * tile.lanes], smallest, 1e6F);
      for (std::size_t l = 0; l < tile.lanes; ++l) {
        if (in_force[l] == 0) continue;
        tile.log_activity[i * tile.lanes + l] =
            static_cast<float>(math::log(static_cast<double>(tile.activity[i * tile.lanes + l])));
      }
    }
  }
}

/// True for what is folded into values at each step, not altered for good.
bool is_folded(Space space) {
  return space == Space::parameter || space == Space::alignment || space == Space::rivalry;
}

/// Changes of state of one event or body, by its row of the activity table: impulses where it fires
/// now, holds and bands as long as it is active.
void change_state(const CompiledModel& m, Tile& tile, const std::vector<Change>& changes,
                  std::size_t row, std::uint32_t step) {
  const auto* active = &tile.active_rows[row * tile.lanes];
  const auto* fired = &tile.fired[row * tile.lanes];
  if (std::none_of(active, active + tile.lanes, [](std::uint8_t a) { return a != 0; })) return;
  std::vector<std::uint8_t> in_force(tile.lanes);
  for (const auto& change : changes) {
    if (is_folded(change.space)) continue;
    const bool lasting = change.op == EventOp::hold || change.op == EventOp::band;
    bool any = false;
    for (std::size_t l = 0; l < tile.lanes; ++l) {
      const bool now = fired[l] == static_cast<std::int32_t>(step);
      in_force[l] = active[l] != 0 && (lasting || now) ? 1 : 0;
      any = any || in_force[l] != 0;
    }
    if (!any) continue;
    switch (change.space) {
      case Space::rung:
        change_actor_rungs(m, tile, change, in_force);
        break;
      case Space::authority_rung:
        change_authority_rungs(m, tile, change, in_force);
        break;
      case Space::authority_state:
      case Space::activity:
      case Space::salience:
        change_states(m, tile, change, in_force);
        break;
      case Space::parameter:
      case Space::alignment:
      case Space::rivalry:
        break;  // folded, not altered
    }
  }
}

/// Visits the changes of every event, then of every body, with its row of the activity table.
template <class Visit>
void for_sources(const CompiledModel& m, const Visit& visit) {
  std::size_t row = 0;
  for (const auto& event : m.model.events) visit(event.changes, row++);
  for (const auto& body : m.model.bodies) visit(body.changes, row++);
}

void pin_rows(const std::vector<Pin>& pins, std::vector<Rung>& next, std::size_t lanes) {
  for (const auto& pin : pins) {
    auto* row = &next[pin.index * lanes];
    for (std::size_t l = 0; l < lanes; ++l) {
      if (pin.low[l] != no_pin) row[l] = std::clamp(row[l], pin.low[l], pin.high[l]);
    }
  }
}

}  // namespace

void apply_events(const CompiledModel& m, Tile& tile, std::uint32_t step) {
  tile.pins.clear();
  tile.authority_pins.clear();
  tile.first_step = step == 0;
  tile.changed.reset();
  move_series(m, tile, step);
  // All conditions are asked before anything changes: events of a step do not see each other.
  std::vector<std::uint8_t> holds;
  for (std::size_t e = 0; e < m.model.events.size(); ++e) fire(m, tile, e, step, holds);
  const bool changed = refresh_activity(m, tile, step);
  if (changed || tile.first_step || tile.changed.any()) refold_parameters(m, tile);
  if (changed) refold_relations(m, tile);
  for_sources(m, [&](const std::vector<Change>& changes, std::size_t row) {
    change_state(m, tile, changes, row, step);
  });
}

void hold_states(const CompiledModel& m, Tile& tile) {
  if (!m.holds_states) return;
  std::vector<std::uint8_t> in_force(tile.lanes);
  for_sources(m, [&](const std::vector<Change>& changes, std::size_t row) {
    for (const auto& change : changes) {
      if (change.op != EventOp::hold || !is_continuous(change.space)) continue;
      std::copy_n(&tile.active_rows[row * tile.lanes], tile.lanes, in_force.begin());
      change_states(m, tile, change, in_force);
    }
  });
}

void apply_pins(const CompiledModel& m, Tile& tile) {
  hold_states(m, tile);
  pin_rows(tile.pins, tile.next_rungs, tile.lanes);
  pin_rows(tile.authority_pins, tile.next_authority_rungs, tile.lanes);
}

void decide_bodies(const CompiledModel& m, Tile& tile) {
  std::vector<float> share;
  for (std::size_t b = 0; b < m.model.bodies.size(); ++b) {
    const Body& body = m.model.bodies[b];
    share_at_or_above(m, tile, body.authority, body.ladder, body.rung, body.members,
                      body.by_importance, share);
    auto* yes = &tile.body_yes[b * tile.lanes];
    for (std::size_t l = 0; l < tile.lanes; ++l) {
      if (yes[l] != 0) {
        if (share[l] < body.reverse_below) yes[l] = 0;
      } else if (share[l] >= body.threshold) {
        yes[l] = 1;
      }
    }
    // Yes needs every veto holder's consent when it is taken; a decision once taken stands until
    // its own rule reverses it.
    for (const auto i : body.vetoes) {
      const auto* row = &tile.rungs[tile.rung_row(body.authority, body.ladder, i)];
      const auto* before = &tile.active_rows[(m.model.events.size() + b) * tile.lanes];
      for (std::size_t l = 0; l < tile.lanes; ++l) {
        if (row[l] < body.veto_rung && before[l] == 0) yes[l] = 0;
      }
    }
  }
}

}  // namespace entente::detail
