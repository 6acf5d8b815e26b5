#include <algorithm>
#include <map>
#include <optional>

#include "entente/estimate/history.hpp"
#include "entente/terms/registry.hpp"
#include "io/fields.hpp"
#include "lab/page/documents.hpp"
#include "lab/page/parts.hpp"
#include "words.hpp"

namespace entente::lab {
namespace {

constexpr std::array actor_shapes{Shape::actor, Shape::authority_actor, Shape::group_actor,
                                  Shape::sector_actor, Shape::covariate_actor};

bool is_of_actors(const ParamInfo& param) {
  return std::find(actor_shapes.begin(), actor_shapes.end(), param.shape) != actor_shapes.end();
}

/// What a row of a parameter stands for: the authority, group, sector or covariate; null for none.
Json row_name(const Model& model, Shape shape, std::size_t row) {
  switch (shape) {
    case Shape::authority_actor:
      return model.authorities[row].id;
    case Shape::group_actor:
      return model.groups[row].id;
    case Shape::sector_actor:
      return model.sectors[row];
    case Shape::covariate_actor:
      return model.covariates[row].key;
    default:
      return nullptr;
  }
}

/// Cells that were missing, by the id of the actor; those of a pair belong to both.
std::map<std::string, Json> replaced_cells(const Scenario& scenario) {
  std::map<std::string, Json> out;
  for (const auto& replacement : scenario.replacements) {
    const Json cell{{"column", replacement.column}, {"rule", replacement.rule}};
    const auto add = [&](const std::string& id) {
      Json& cells = out.try_emplace(id, Json::array()).first->second;
      if (cells.empty() || cells.back() != cell) cells.push_back(cell);
    };
    for (const auto& who : replacement.actors) {
      const auto dash = who.find('-');
      add(who.substr(0, dash));
      if (dash != std::string::npos) add(who.substr(dash + 1));
    }
  }
  return out;
}

Json values_json(const Model& model, std::size_t actor) {
  Json out = Json::array();
  for (const auto& param : parameter_infos()) {
    if (!is_of_actors(param)) continue;
    for (std::size_t row = 0; row < model.parameters.rows(param.param); ++row) {
      out.push_back({{"key", param.key},
                     {"of", row_name(model, param.shape, row)},
                     {"value", plain(model.parameters.at(param.param, row, actor))}});
    }
  }
  return out;
}

Json actors_json(const Scenario& scenario) {
  const Model& model = scenario.model;
  const auto replaced = replaced_cells(scenario);
  Json out = Json::array();
  for (std::size_t i = 0; i < model.actors.size(); ++i) {
    const Actor& actor = model.actors[i];
    Json initial = Json::array();
    for (std::size_t k = 0; k < model.authorities.size(); ++k) {
      for (const auto role : all_ladders) {
        initial.push_back(model.initial_rungs[model.rung_index(k, role, i)]);
      }
    }
    const auto cells = replaced.find(actor.id);
    out.push_back({{"id", actor.id},
                   {"name", actor.name},
                   {"region", actor.region},
                   {"importance", plain(actor.importance)},
                   {"values", values_json(model, i)},
                   {"initial", std::move(initial)},
                   {"replaced", cells == replaced.end() ? Json::array() : cells->second}});
  }
  return out;
}

template <class List>
Json names_json(const List& list) {
  Json out = Json::array();
  for (const auto& item : list) out.push_back({{"id", item.id}, {"name", item.name}});
  return out;
}

Json ladders_json(const Model& model) {
  Json out = Json::array();
  for (const auto role : all_ladders) {
    const Ladder& ladder = model.ladders[index_of(role)];
    const bool recognises =
        role == LadderRole::recognition && ladder.recognises_from < ladder.size();
    out.push_back({{"role", to_string(role)},
                   {"key", ladder.key},
                   {"rungs", ladder.rungs},
                   {"recognises_from", recognises ? Json(ladder.recognises_from) : Json(nullptr)}});
  }
  return out;
}

Json time_json(const Calendar& calendar) {
  Json labels = Json::array();
  for (std::uint32_t t = 0; t < calendar.steps(); ++t) labels.push_back(calendar.label(t));
  return {{"labels", std::move(labels)},
          {"unit", to_string(calendar.unit())},
          {"start", to_string(calendar.start())}};
}

Json bodies_json(const Model& model) {
  Json out = Json::array();
  for (const auto& body : model.bodies) {
    out.push_back({{"id", body.id},
                   {"members", body.members},
                   {"ladder", index_of(body.ladder)},
                   {"rung", body.rung}});
  }
  return out;
}

/// Organisations that tell some actors from others.
Json blocs_json(const Scenario& scenario) {
  constexpr std::size_t fewest = 3;
  Json out = Json::array();
  for (const auto& [id, members] : scenario.organisations) {
    if (members.size() < fewest || members.size() == scenario.model.actors.size()) continue;
    out.push_back({{"id", id}, {"members", members}});
  }
  return out;
}

Json parameters_json() {
  Json out = Json::array();
  for (const auto& param : parameter_infos()) {
    if (!is_of_actors(param)) continue;
    out.push_back({{"key", param.key},
                   {"unit", param.unit},
                   {"meaning", param.meaning},
                   {"low", plain(param.min)},
                   {"high", plain(param.max)}});
  }
  return out;
}

Json terms_json(const Model& model) {
  Json out = Json::array();
  for (const auto& term : model.terms) {
    const TermInfo* info = builtin_terms().find(term.key);
    out.push_back({{"key", term.key}, {"meaning", info == nullptr ? "" : info->title}});
  }
  for (const auto& covariate : model.covariates) {
    const bool own = covariate.by_actor;
    out.push_back({{"key", covariate.key},
                   {"meaning", own ? "What the state does beyond what its drivers say, estimated"
                                   : "Regressor from data: " + in_words(covariate.key)}});
  }
  return out;
}

/// Rungs of one pair at the ends of steps, where they change; null: from there on nothing is known.
void add_observations(const Path& path, std::size_t authority, LadderRole ladder, std::size_t actor,
                      Json& out) {
  const auto on_record = [&](std::size_t step) {
    return step < path.steps && path.observed[path.decision(authority, ladder, step, actor)] != 0;
  };
  std::optional<Rung> last;
  for (std::size_t t = 0; t < path.steps; ++t) {
    std::optional<Rung> now;
    // Of a standing found in this step its end is known, though not what was decided.
    if (on_record(t) || on_record(t + 1)) {
      now = path.standing[path.at(authority, ladder, t + 1, actor)];
    }
    if (now == last) continue;
    last = now;
    out.push_back({{"actor", actor},
                   {"authority", authority},
                   {"ladder", index_of(ladder)},
                   {"step", t},
                   {"rung", now ? Json(*now) : Json(nullptr)}});
  }
}

Json observations_json(const Scenario& scenario) {
  Json out = Json::array();
  if (scenario.history.empty()) return out;
  const Path path = path_of(scenario.model, scenario.history);
  for (std::size_t k = 0; k < path.authorities; ++k) {
    for (const auto ladder : all_ladders) {
      for (std::size_t i = 0; i < path.actors; ++i) add_observations(path, k, ladder, i, out);
    }
  }
  return out;
}

Json authority_ladder_json(const AuthorityLadder& ladder) {
  return {{"key", ladder.key}, {"rungs", ladder.rungs}};
}

}  // namespace

Json world_document(const Scenario& scenario, const std::string& name, bool knobs) {
  const Model& model = scenario.model;
  Json states = Json::array();
  for (const auto& field : state_fields()) states.push_back(field.name);
  Json files = Json::array();
  for (const auto& file : scenario.files) files.push_back(file.name);
  return {{"scenario", name},
          {"title", model.title},
          {"question", scenario.question},
          {"time", time_json(model.calendar)},
          {"actors", actors_json(scenario)},
          {"authorities", names_json(model.authorities)},
          {"groups", names_json(model.groups)},
          {"bodies", bodies_json(model)},
          {"blocs", blocs_json(scenario)},
          {"ladders", ladders_json(model)},
          {"rights", authority_ladder_json(model.rights)},
          {"posture", authority_ladder_json(model.posture)},
          {"states", std::move(states)},
          {"parameters", parameters_json()},
          {"terms", terms_json(model)},
          {"events", events_json(model)},
          {"observations", observations_json(scenario)},
          {"knobs", knobs ? knobs_json(model) : Json::array()},
          {"files", std::move(files)}};
}

}  // namespace entente::lab
