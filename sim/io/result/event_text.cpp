#include "io/result/event_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "io/fields.hpp"
#include "io/shortest.hpp"

namespace entente::detail {
namespace {

using Json = nlohmann::ordered_json;

/// The value of an enumeration by its name.
template <class Enum>
Enum named(const Json& json, unsigned first, unsigned last) {
  const auto name = json.get<std::string>();
  for (unsigned value = first; value <= last; ++value) {
    if (to_string(static_cast<Enum>(value)) == name) return static_cast<Enum>(value);
  }
  throw std::invalid_argument(fmt::format("unknown name '{}'", name));
}
LadderRole role(const Json& json) { return named<LadderRole>(json, 0, ladder_count - 1); }

/// Bounds that do not bind are left out: JSON has no infinity.
void put_bounds(Json& json, float at_least, float at_most) {
  if (std::isfinite(at_least)) json["at_least"] = shortest(at_least);
  if (std::isfinite(at_most)) json["at_most"] = shortest(at_most);
}
template <class Bounded>
void get_bounds(const Json& json, Bounded& bounded) {
  if (json.contains("at_least")) bounded.at_least = json.at("at_least").get<float>();
  if (json.contains("at_most")) bounded.at_most = json.at("at_most").get<float>();
}

Json to_json(const Condition& condition) {
  Json json;
  if (const auto* count = std::get_if<CountCondition>(&condition)) {
    json = {{"type", "count"},
            {"authority", count->authority},
            {"ladder", to_string(count->ladder)},
            {"rung", count->rung},
            {"among", count->among},
            {"by_importance", count->by_importance}};
    put_bounds(json, count->at_least, count->at_most);
  } else if (const auto* state = std::get_if<StateCondition>(&condition)) {
    json = {{"type", "state"}, {"authority", state->authority}, {"state", to_string(state->state)}};
    put_bounds(json, state->at_least, state->at_most);
  } else {
    const auto& rung = std::get<AuthorityRungCondition>(condition);
    json = {{"type", "authority_rung"},
            {"authority", rung.authority},
            {"ladder", rung.ladder},
            {"at_least", rung.at_least},
            {"at_most", rung.at_most}};
  }
  return json;
}

Condition condition_from(const Json& json) {
  const auto type = json.at("type").get<std::string>();
  if (type == "count") {
    CountCondition count;
    json.at("authority").get_to(count.authority);
    count.ladder = role(json.at("ladder"));
    json.at("rung").get_to(count.rung);
    json.at("among").get_to(count.among);
    json.at("by_importance").get_to(count.by_importance);
    get_bounds(json, count);
    return count;
  }
  if (type == "state") {
    StateCondition state;
    json.at("authority").get_to(state.authority);
    state.state = named<AuthorityState>(json.at("state"), 0, authority_state_count - 1);
    get_bounds(json, state);
    return state;
  }
  if (type == "authority_rung") {
    AuthorityRungCondition rung;
    json.at("authority").get_to(rung.authority);
    json.at("ladder").get_to(rung.ladder);
    json.at("at_least").get_to(rung.at_least);
    json.at("at_most").get_to(rung.at_most);
    return rung;
  }
  throw std::invalid_argument(fmt::format("unknown condition '{}'", type));
}

/// Slots as runs of positions inside the parameters that own them.
Json parameter_targets(const std::vector<std::uint64_t>& slots, const ParameterTable& parameters) {
  Json targets = Json::array();
  for (const auto slot : slots) {
    const Param param = parameters.param_of(slot);
    const auto key = info(param).key;
    if (targets.empty() || targets.back()["parameter"] != key) {
      targets.push_back({{"parameter", key}, {"indices", Json::array()}});
    }
    targets.back()["indices"].push_back(slot - parameters.slot(param, 0, 0));
  }
  return targets;
}

std::vector<std::uint64_t> slots_from(const Json& targets, const ParameterTable& parameters) {
  std::vector<std::uint64_t> slots;
  for (const auto& target : targets) {
    const auto key = target.at("parameter").get<std::string>();
    const auto param = find_parameter(key);
    if (!param) throw std::invalid_argument(fmt::format("unknown parameter '{}'", key));
    for (const auto& index : target.at("indices")) {
      const auto position = index.get<std::uint64_t>();
      if (position >= parameters.values(*param).size()) {
        throw std::invalid_argument(fmt::format("position {} outside '{}'", position, key));
      }
      slots.push_back(parameters.slot(*param, 0, 0) + position);
    }
  }
  return slots;
}

Json to_json(const Change& change, const ParameterTable& parameters) {
  Json json{{"op", to_string(change.op)}, {"space", to_string(change.space)}};
  if (change.space == Space::parameter) {
    json["targets"] = parameter_targets(change.indices, parameters);
  } else {
    json["indices"] = change.indices;
  }
  json["value"] = shortest(change.value);
  json["high"] = shortest(change.high);
  return json;
}

Change change_from(const Json& json, const ParameterTable& parameters) {
  Change change;
  change.op = named<EventOp>(json.at("op"), 1, 5);
  change.space = named<Space>(json.at("space"), 1, 8);
  if (change.space == Space::parameter) {
    change.indices = slots_from(json.at("targets"), parameters);
  } else {
    json.at("indices").get_to(change.indices);
  }
  json.at("value").get_to(change.value);
  json.at("high").get_to(change.high);
  return change;
}

Json to_json(const std::vector<Change>& changes, const ParameterTable& parameters) {
  Json list = Json::array();
  for (const auto& change : changes) list.push_back(to_json(change, parameters));
  return list;
}

std::vector<Change> changes_from(const Json& json, const ParameterTable& parameters) {
  std::vector<Change> changes;
  for (const auto& change : json) changes.push_back(change_from(change, parameters));
  return changes;
}

/// Calls `read` on the parsed text; what JSON objects to becomes one kind of error.
template <class Read>
auto parse(const std::string& text, const Read& read) {
  try {
    return read(Json::parse(text));
  } catch (const Json::exception& error) {
    throw std::invalid_argument(error.what());
  }
}

}  // namespace

std::string to_text(const Event& event, const ParameterTable& parameters) {
  Json json{{"id", event.id},
            {"note", event.note},
            {"first_step", event.first_step},
            {"last_step", event.last_step},
            {"duration", event.duration},
            {"probability", shortest(event.probability)},
            {"when", Json::array()}};
  for (const auto& condition : event.when) json["when"].push_back(to_json(condition));
  json["changes"] = to_json(event.changes, parameters);
  return json.dump();
}

Event event_from_text(const std::string& text, const ParameterTable& parameters) {
  return parse(text, [&](const Json& json) {
    Event event;
    json.at("id").get_to(event.id);
    json.at("note").get_to(event.note);
    json.at("first_step").get_to(event.first_step);
    json.at("last_step").get_to(event.last_step);
    json.at("duration").get_to(event.duration);
    json.at("probability").get_to(event.probability);
    for (const auto& condition : json.at("when")) event.when.push_back(condition_from(condition));
    event.changes = changes_from(json.at("changes"), parameters);
    return event;
  });
}

std::string to_text(const Body& body, const ParameterTable& parameters) {
  const Json json{{"id", body.id},
                  {"authority", body.authority},
                  {"ladder", to_string(body.ladder)},
                  {"rung", body.rung},
                  {"members", body.members},
                  {"by_importance", body.by_importance},
                  {"threshold", shortest(body.threshold)},
                  {"reverse_below", shortest(body.reverse_below)},
                  {"vetoes", body.vetoes},
                  {"veto_rung", body.veto_rung},
                  {"initially", body.initially},
                  {"changes", to_json(body.changes, parameters)}};
  return json.dump();
}

Body body_from_text(const std::string& text, const ParameterTable& parameters) {
  return parse(text, [&](const Json& json) {
    Body body;
    json.at("id").get_to(body.id);
    json.at("authority").get_to(body.authority);
    body.ladder = role(json.at("ladder"));
    json.at("rung").get_to(body.rung);
    json.at("members").get_to(body.members);
    json.at("by_importance").get_to(body.by_importance);
    json.at("threshold").get_to(body.threshold);
    json.at("reverse_below").get_to(body.reverse_below);
    json.at("vetoes").get_to(body.vetoes);
    json.at("veto_rung").get_to(body.veto_rung);
    json.at("initially").get_to(body.initially);
    body.changes = changes_from(json.at("changes"), parameters);
    return body;
  });
}

}  // namespace entente::detail
