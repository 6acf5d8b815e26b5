// events: when they fire, under which conditions, what they change.
#include <fmt/format.h>

#include <unordered_set>

#include "io/fields.hpp"
#include "io/scenario/changes.hpp"
#include "io/scenario/event_ids.hpp"
#include "io/scenario/limits.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/selector.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

namespace {

class EventReader {
 public:
  EventReader(World& world, ChangeReader& changes) : world_(world), changes_(changes) {}

  Event read(const Place& place, const std::string& id) {
    Event event;
    event.id = id;
    event.note = text_or(place.find("note"), "");
    event.probability = float_or(place.find("probability"), 1.0F);
    if (world_.has_calendar) read_dates(place, event);
    for (const auto& condition : place.find("when").one_or_list()) read_condition(condition, event);
    event.changes = changes_.read(place.find("change"), event.duration != forever);
    return event;
  }

 private:
  void read_dates(const Place& place, Event& event) {
    const auto& calendar = world_.model.calendar;
    const auto at = place.find("date");
    if (!at) return;
    const auto step = calendar.step_of(*parse_date(at.text()));
    if (step < 0 || step >= static_cast<std::int64_t>(calendar.steps())) {
      world_.problems.add(
          at, fmt::format("found '{}'; allowed: {} to {}, the time of the scenario", at.text(),
                          to_string(calendar.start()), to_string(calendar.end())));
      return;
    }
    event.first_step = static_cast<std::uint32_t>(step);
    if (const auto until = place.find("until")) {
      const auto last = calendar.step_of(*parse_date(until.text()));
      if (last < step)
        world_.problems.add(
            until, fmt::format("found '{}'; allowed: a date after '{}'", until.text(), at.text()));
      else if (last < static_cast<std::int64_t>(calendar.steps()))
        event.last_step = static_cast<std::uint32_t>(last);
    }
    if (const auto duration = place.find("duration"))
      event.duration = steps_of(*parse_duration(duration.text()), event.first_step);
  }

  // Whole steps, rounded up, counted from the first day of the event's step.
  [[nodiscard]] std::uint32_t steps_of(const Duration& duration, std::uint32_t first) const {
    const auto& calendar = world_.model.calendar;
    const auto end = std::chrono::sys_days{advance(calendar.date(first), duration)};
    const auto last = calendar.step_of(Date{end - std::chrono::days{1}});
    return static_cast<std::uint32_t>(std::max<std::int64_t>(1, last - first + 1));
  }

  void read_condition(const Place& place, Event& event) {
    if (place->tainted) return;
    const auto kinds = {"count", "share", "state", "rights", "posture"};
    std::size_t found = 0;
    for (const auto* kind : kinds) found += place.find(kind) ? 1U : 0U;
    if (found != 1) {
      world_.problems.add(place,
                          fmt::format("found {} conditions in one; allowed: one of count, share, "
                                      "state, rights, posture",
                                      found));
      return;
    }
    if (place.find("count") || place.find("share"))
      read_count(place, event);
    else if (place.find("state"))
      read_state(place, event);
    else
      read_authority_rungs(place, event);
  }

  // Reports keys that mean nothing beside the kind of condition.
  bool only(const Place& place, std::initializer_list<std::string_view> allowed) {
    bool fine = true;
    for (std::size_t e = 0; e < place->keys.size(); ++e) {
      if (std::find(allowed.begin(), allowed.end(), place->keys[e]) != allowed.end()) continue;
      const std::vector<std::string> names(allowed.begin(), allowed.end());
      world_.problems.add(
          place->key_marks[e], place.path,
          fmt::format("found key '{}' here; allowed: {}", place->keys[e], join(names)));
      fine = false;
    }
    return fine;
  }

  template <class Condition>
  bool read_bounds(const Place& place, Condition& condition, double most) {
    const auto least = place.find("at_least");
    const auto top = place.find("at_most");
    if (!least && !top) {
      world_.problems.add(place,
                          "found neither 'at_least' nor 'at_most'; allowed: one of them, or both");
      return false;
    }
    for (const auto& bound : {least, top}) {
      if (!bound || (number_or(bound, 0.0) >= 0.0 && number_or(bound, 0.0) <= most)) continue;
      world_.problems.add(bound,
                          fmt::format("found {}; allowed: 0 to {}", quote(bound.text()), most));
      return false;
    }
    condition.at_least = float_or(least, condition.at_least);
    condition.at_most = float_or(top, condition.at_most);
    if (condition.at_least > condition.at_most) {
      world_.problems.add(place,
                          "found 'at_least' above 'at_most'; allowed: bounds that can be met");
      return false;
    }
    return true;
  }

  void read_count(const Place& place, Event& event) {
    if (!only(place,
              {"count", "share", "at_or_above", "among", "at_least", "at_most", "authority"}))
      return;
    CountCondition condition;
    condition.by_importance = static_cast<bool>(place.find("share"));
    const auto ladder = place.find(condition.by_importance ? "share" : "count").text();
    for (const auto role : all_ladders)
      if (to_string(role) == ladder) condition.ladder = role;
    const auto rung = place.find("at_or_above");
    if (!rung) {
      world_.problems.add(place, "found no key 'at_or_above'; allowed: it is required");
      return;
    }
    const auto number = world_.rungs[index_of(condition.ladder)].rung(rung, world_.problems);
    condition.among = select_actors_or_all(place.find("among"), world_);
    if (!changes_.within_limit(place, condition.among.size())) return;
    const auto k = world_.authority(place);
    const double most = condition.by_importance ? 1.0 : static_cast<double>(condition.among.size());
    if (!number || !k || condition.among.empty() || !read_bounds(place, condition, most)) return;
    condition.rung = *number;
    condition.authority = *k;
    event.when.emplace_back(std::move(condition));
  }

  void read_state(const Place& place, Event& event) {
    if (!only(place, {"state", "at_least", "at_most", "authority"})) return;
    StateCondition condition;
    double most = 1.0;
    for (const auto& field : state_fields()) {
      if (field.name != place.find("state").text()) continue;
      condition.state = field.state;
      most = static_cast<double>(field.max);
    }
    const auto k = world_.authority(place);
    if (!k || !read_bounds(place, condition, most)) return;
    condition.authority = *k;
    event.when.emplace_back(condition);
  }

  void read_authority_rungs(const Place& place, Event& event) {
    if (!only(place, {"rights", "posture", "authority"})) return;
    const auto k = world_.authority(place);
    AuthorityRungCondition condition;
    if (const auto rights = place.find("rights")) {
      const auto rung = world_.rights_rungs.rung(rights, world_.problems);
      if (!rung || !k) return;
      condition.authority = *k;
      condition.at_least = *rung;
      event.when.emplace_back(condition);
      return;
    }
    const auto posture = place.find("posture");
    for (std::size_t e = 0; e < posture->keys.size(); ++e) {
      const auto entry = posture.entry(e);
      const auto g =
          world_.groups.find(posture->keys[e], posture->key_marks[e], entry.path, world_.problems);
      const auto rung = world_.posture_rungs.rung(entry, world_.problems);
      if (!g || !rung || !k) continue;
      condition.authority = *k;
      condition.ladder = 1 + *g;
      condition.at_least = *rung;
      event.when.emplace_back(condition);
    }
  }

  World& world_;
  ChangeReader& changes_;
};

}  // namespace

void read_events(World& world) {
  const auto events = world.root.find("events");
  if (!events || !events->is_sequence()) return;
  const auto ids = event_ids(events->children);
  std::unordered_set<std::string> taken;
  ChangeReader changes(world);
  EventReader reader(world, changes);
  for (std::size_t e = 0; e < events->children.size(); ++e) {
    const auto place = events.item(e);
    if (place->bad) continue;
    if (!taken.insert(ids[e]).second)
      world.problems.add(place.find("id"),
                         fmt::format("found id {} twice; allowed: once", quote(ids[e])));
    world.model.events.push_back(reader.read(place, ids[e]));
  }
}

void read_bodies(World& world) {
  ChangeReader changes(world);
  const auto bodies = world.root.find("bodies");
  for (const auto& place : bodies.entries()) {
    if (place->tainted) continue;
    Body body;
    body.id = place.key;
    for (const auto role : all_ladders)
      if (to_string(role) == place.find("ladder").text()) body.ladder = role;
    const auto& rungs = world.rungs[index_of(body.ladder)];
    body.authority = world.authority(place).value_or(0);
    body.rung = rungs.rung(place.find("at_or_above"), world.problems).value_or(0);
    body.veto_rung = body.rung;
    if (const auto veto = place.find("veto_below"))
      body.veto_rung = rungs.rung(veto, world.problems).value_or(0);
    body.members = select_actors(place.find("members"), world);
    if (const auto vetoes = place.find("vetoes")) body.vetoes = select_actors(vetoes, world);
    body.by_importance = text_or(place.find("weights"), "equal") == "importance";
    body.threshold = float_or(place.find("threshold"), body.threshold);
    body.reverse_below = float_or(place.find("reverse_below"), body.reverse_below);
    if (body.reverse_below > body.threshold)
      world.problems.add(place.find("reverse_below") ? place.find("reverse_below") : place,
                         fmt::format("found {}; allowed: at most the threshold ({})",
                                     body.reverse_below, body.threshold));
    body.initially = parse_boolean(text_or(place.find("initially"), "no")).value_or(false);
    body.changes = changes.read(place.find("change"), false);
    world.model.bodies.push_back(std::move(body));
  }
  if (world.model.bodies.size() > max_bodies)
    world.problems.add(bodies, fmt::format("found {} bodies; allowed: at most {}",
                                           world.model.bodies.size(), max_bodies));
}

}  // namespace entente::detail
