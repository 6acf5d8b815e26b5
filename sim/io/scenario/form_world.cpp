// The forms of actors, authorities, events and bodies.
#include <utility>

#include "io/scenario/form_parts.hpp"
#include "io/scenario/limits.hpp"
#include "io/scenario/targets.hpp"

namespace entente::detail {

namespace {

bool of_authority_only(const ParamInfo& info) { return info.shape == Shape::authority_actor; }

// Parameters that rules and overrides of actors give: a value per actor, or a row of them.
bool of_actors(const ParamInfo& info) {
  return info.shape == Shape::actor || info.shape == Shape::authority_actor ||
         info.shape == Shape::group_actor || info.shape == Shape::sector_actor;
}

}  // namespace

const Spec* FormParts::derive(bool of_authority) {
  std::vector<KeySpec> keys;
  for (const auto& info : parameter_infos()) {
    if (!of_actors(info) || (of_authority && !of_authority_only(info))) continue;
    const bool rows = info.shape == Shape::group_actor || info.shape == Shape::sector_actor;
    keys.push_back(
        {std::string(info.key), rows ? map_of(rule()) : rule(), false, std::string(info.meaning)});
  }
  return record(std::move(keys), true);
}

const Spec* FormParts::initial_rungs(bool salience) {
  std::vector<KeySpec> keys;
  keys.reserve(ladder_count + 1);
  for (const auto role : all_ladders)
    keys.push_back({std::string(to_string(role)), text(), false, "rung at the start; the lowest"});
  if (salience) keys.push_back({"salience", map_of(rule()), false, "at the start, per group; 0"});
  return record(std::move(keys), true);
}

const Spec* FormParts::overrides(bool of_authority) {
  std::vector<KeySpec> keys{{"note", text(), false, "why, with the source"}};
  for (const auto role : all_ladders)
    keys.push_back({std::string(to_string(role)), text(), false, "rung at the start"});
  if (!of_authority)
    keys.push_back({"salience", map_of(number(0, 1000, "1")), false, "at the start, per group"});
  for (const auto& info : parameter_infos()) {
    const bool covariate = info.shape == Shape::covariate_actor;
    if (of_authority ? of_authority_only(info) : of_actors(info) || covariate)
      keys.push_back(parameter_number(info, true));
  }
  return map_of(record(std::move(keys), true));
}

const Spec* FormParts::actors() {
  const auto* select = record({{"where", rule_scalar(), false, "expression that is not 0; all"},
                               {"missing", missing(), false, "what replaces missing cells"},
                               {"also", selector(), false, "and these"},
                               {"except", selector(), false, "but not these"}},
                              true);
  const auto* defined =
      record({{"name", text(), false, "in words"},
              {"region", text(), false, "for selectors and expressions"},
              {"subregion", text(), false, "for selectors and expressions"},
              {"orgs", one_or_list(text()), false, "organisations it belongs to"},
              {"columns", map_of(number(-1e300, 1e300, "")), false, "cells for expressions"},
              {"note", text(), false, "why"}},
             true);
  return record({{"select", select, false, "which rows of data.actors take part"},
                 {"define", map_of(defined), false, "actors that are in no table"},
                 {"importance", rule(), false, "scaled to sum 1; equal"},
                 {"derive", derive(false), false, "parameter: rule"},
                 {"initial", initial_rungs(true), false, "state at the start"},
                 {"override", overrides(false), false, "per actor; the last word"}},
                true);
}

const Spec* FormParts::authority() {
  std::vector<KeySpec> dynamics;
  for (const auto& field : dynamics_fields()) dynamics.push_back(key_of(field));
  const auto* actors = record({{"derive", derive(true), false, "parameter: rule"},
                               {"initial", initial_rungs(false), false, "rungs at the start"},
                               {"override", overrides(true), false, "per actor; the last word"}},
                              true);
  std::vector<KeySpec> keys{
      {"name", text(), false, "in words"},
      {"note", text(), false, "source"},
      {"rights", text(), false, "rung at the start; the lowest"},
      {"posture", map_of(text()), false, "rung at the start, per group; the lowest"},
      {"actors", actors, false, "what differs from the rules for all authorities"},
      {"dynamics", record(std::move(dynamics), true), false, "coefficients of its choices"}};
  for (const auto& state : state_fields())
    keys.push_back({std::string(state.name), number(state.min, state.max, "1", state.fallback),
                    false, std::string(state.meaning)});
  for (const auto& info : parameter_infos())
    if (info.shape == Shape::authority || info.shape == Shape::authority_sector ||
        info.shape == Shape::authority_group)
      keys.push_back(parameter_number(info));
  return record(std::move(keys), true);
}

const Spec* FormParts::changes() {
  if (changes_ != nullptr) return changes_;
  std::vector<KeySpec> keys;
  for (const auto op : all_ops)
    keys.push_back({std::string(to_string(op)), choice(target_names(op)), false, "what to change"});
  add_address_keys(keys);
  keys.push_back({"ladder", ladder_name(), false, "with rung"});
  keys.push_back({"towards", selector(), false, "with alignment and rivalry"});
  keys.push_back({"to", text(), false, "with set, hold: a number or a rung; with band: a rung"});
  keys.push_back({"from", text(), false, "with band: the lowest rung"});
  keys.push_back({"by", number(-1e6, 1e6, ""), false, "with add, scale"});
  keys.push_back({"note", text(), false, "why"});
  return changes_ = named("changes", one_or_list(named("change", record(std::move(keys)))));
}

const Spec* FormParts::condition() {
  std::vector<std::string> states;
  for (const auto& state : state_fields()) states.emplace_back(state.name);
  return record({{"count", ladder_name(), false, "number of actors at or above a rung"},
                 {"share", ladder_name(), false, "their share of importance"},
                 {"at_or_above", text(), false, "rung, with count and share"},
                 {"among", selector(), false, "with count and share; all"},
                 {"state", choice(states), false, "of the authority"},
                 {"rights", text(), false, "authority at or above this rung"},
                 {"posture", map_of(text()), false, "group: at or above this rung"},
                 {"at_least", number(-1e6, 1e6, ""), false, "with count, share, state"},
                 {"at_most", number(-1e6, 1e6, ""), false, "with count, share, state"},
                 {"authority", text(), false, "which authority; the only one"}});
}

const Spec* FormParts::event() {
  Spec duration;
  duration.scalar = Scalar::duration;
  return record({{"id", text(), false, "unique name; made from date and change"},
                 {"date", date(), true, "first step it may fire in"},
                 {"until", date(), false, "last date a condition may fire it; the end"},
                 {"duration", pool_.add(duration), false, "how long it acts; for ever"},
                 {"probability", number(0, 1, "1"), false, "1"},
                 {"when", one_or_list(named("condition", condition())), false, "all must hold"},
                 {"change", changes(), true, "what it does"},
                 {"note", text(), false, "source"}});
}

const Spec* FormParts::events() {
  const auto* list = named("events", list_of(named("event", event()), 0, max_events));
  Spec edits = *list;
  edits.name.clear();
  edits.mapping = true;
  edits.keys = {{"replace", list, false, "drops what a base has"},
                {"remove", list_of(text()), false, "ids of events that a base has"},
                {"add", list, false, "appended to what a base has"}};
  return pool_.add(std::move(edits));
}

const Spec* FormParts::body() {
  return record({{"members", selector(), true, "who counts"},
                 {"ladder", ladder_name(), true, "what is counted"},
                 {"at_or_above", text(), true, "rung"},
                 {"threshold", number(0, 1, "1"), false, "share that makes a yes; 0.5"},
                 {"weights", choice({"equal", "importance"}), false, "equal"},
                 {"vetoes", selector(), false, "members that may block; none"},
                 {"veto_below", text(), false, "rung below which they do; at_or_above"},
                 {"reverse_below", number(0, 1, "1"), false, "share below which a yes falls; 0"},
                 {"initially", boolean(), false, "no"},
                 {"authority", text(), false, "which authority; the only one"},
                 {"change", changes(), true, "active while it says yes"},
                 {"note", text(), false, "source"}});
}

}  // namespace entente::detail
