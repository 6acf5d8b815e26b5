#include "io/result/inputs.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <stdexcept>

#include "entente/terms/registry.hpp"
#include "io/fields.hpp"
#include "io/result/archive.hpp"
#include "io/result/event_text.hpp"
#include "io/result/format.hpp"

// The layout of the inputs, in both directions: each function below names a part of a scenario
// once, for `InputWriter` and `InputReader` alike. Described in docs/result-format.md.

namespace entente::detail {
namespace {

const std::vector<std::string> levels(level_names.begin(), level_names.end());
const std::vector<std::string> no_yes{"no", "yes"};

std::vector<std::string> names_of(auto first, std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t x = 0; x < count; ++x) {
    names.emplace_back(to_string(static_cast<decltype(first)>(x)));
  }
  return names;
}

/// One variable per row of a table of fields, over all structs of a list.
template <class Archive, class List, class Struct>
void visit_fields(Archive& ar, const std::string& folder,
                  const std::vector<std::string>& dimensions, List& list,
                  std::span<const Field<Struct>> table) {
  for (const auto& field : table) {
    ar.values(fmt::format("{}/{}", folder, field.name), dimensions,
              list.size(), [&](std::size_t i) -> auto& { return list[i].*field.member; },
              {field.meaning, field.unit});
  }
}
template <class Archive, class S, class Struct>
void visit_scalars(Archive& ar, const std::string& folder, S& object,
                   std::span<const Field<Struct>> table) {
  for (const auto& field : table) {
    ar.value(fmt::format("{}/{}", folder, field.name), object.*field.member,
             {field.meaning, field.unit});
  }
}

template <class Archive, class S>
void visit_run(Archive& ar, S& scenario) {
  auto& model = scenario.model;
  ar.value("/inputs/title", model.title, {"title of the scenario"});
  ar.value("/inputs/question", scenario.question, {"question of the scenario"});
  ar.value("/inputs/seed", model.seed, {"seed of all draws"});
  ar.value("/inputs/replicates", scenario.replicates, {"number of replicates asked for"});
  ar.flags("/inputs/record", {}, 1, [&](std::size_t) -> auto& { return scenario.record; }, levels,
           {"how much of a run is kept"});
  visit_scalars(ar, "/inputs", model, model_fields());
}

template <class Archive, class M>
void visit_calendar(Archive& ar, M& model) {
  std::array<std::string, 3> text{to_string(model.calendar.start()),
                                  to_string(model.calendar.end()),
                                  std::string(to_string(model.calendar.unit()))};
  ar.value("/inputs/calendar/start", text[0], {"first day"});
  ar.value("/inputs/calendar/end", text[1], {"last day"});
  ar.value("/inputs/calendar/step", text[2], {"length of a step"});
  if constexpr (!Archive::writing) {
    const auto start = parse_date(text[0]);
    const auto end = parse_date(text[1]);
    const auto unit = parse_step_unit(text[2]);
    if (!start || !end || !unit) throw std::invalid_argument("/inputs/calendar: not a calendar");
    model.calendar = Calendar(*start, *end, *unit);
  }
}

/// The things that numbers are about; each is a dimension of what follows.
template <class Archive, class M>
void visit_entities(Archive& ar, M& model) {
  const auto actor = [&](std::size_t i) -> auto& { return model.actors[i]; };
  ar.axis("/actor", model.actors, [&](std::size_t i) -> auto& { return actor(i).id; },
          {"identifier of the actor"});
  const std::size_t n = model.actors.size();
  ar.values("/actor_name", {"actor"}, n, [&](std::size_t i) -> auto& { return actor(i).name; },
            {"name of the actor"});
  ar.values("/inputs/actors/region", {"actor"},
            n, [&](std::size_t i) -> auto& { return actor(i).region; }, {"region of the actor"});
  ar.values("/inputs/actors/entity", {"actor"},
            n, [&](std::size_t i) -> auto& { return actor(i).entity; },
            {"address of the actor's draws"});
  ar.values("/inputs/actors/importance", {"actor"},
            n, [&](std::size_t i) -> auto& { return actor(i).importance; },
            {"share of the actor in the world's attention (omega)", "1"});

  ar.axis("/authority",
          model.authorities, [&](std::size_t k) -> auto& { return model.authorities[k].id; },
          {"identifier of the authority"});
  ar.values(
      "/authority_name", {"authority"},
      model.authorities.size(), [&](std::size_t k) -> auto& { return model.authorities[k].name; },
      {"name of the authority"});
  ar.axis("/group", model.groups, [&](std::size_t g) -> auto& { return model.groups[g].id; },
          {"identifier of the armed group"});
  ar.values("/group_name", {"group"},
            model.groups.size(), [&](std::size_t g) -> auto& { return model.groups[g].name; },
            {"name of the armed group"});
  ar.axis("/inputs/sector", model.sectors, [&](std::size_t s) -> auto& { return model.sectors[s]; },
          {"sector of the economy"});
}

template <class Archive, class L>
void visit_rungs(Archive& ar, const std::string& folder, L& ladder) {
  ar.value(folder + "/key", ladder.key, {"name of the ladder in the scenario"});
  ar.axis(fmt::format("/{}_rung", ladder.key),
          ladder.rungs, [&](std::size_t r) -> auto& { return ladder.rungs[r]; },
          {"rung, lowest first"});
}

template <class Archive, class L>
void visit_ladder(Archive& ar, const std::string& folder, L& ladder) {
  visit_rungs(ar, folder, ladder);
  const std::vector<std::string> dimensions{ladder.key + "_rung"};
  const std::size_t rungs = ladder.rungs.size();
  ar.resize(ladder.height, rungs);
  ar.values(folder + "/height", dimensions,
            rungs, [&](std::size_t r) -> auto& { return ladder.height[r]; },
            {"height of the rung (s) in units of 1/240", "1/240"});
  for (const auto& field : rung_fields()) {
    auto& list = ladder.*field.member;
    ar.resize(list, rungs);
    ar.values(fmt::format("{}/{}", folder, field.name), dimensions,
              rungs, [&](std::size_t r) -> auto& { return list[r]; }, {field.meaning, field.unit});
  }
  ar.value(folder + "/recognises_from", ladder.recognises_from,
           {"first rung that counts as recognition; 16 = none"});
  visit_scalars(ar, folder, ladder, ladder_fields());
}

template <class Archive, class L>
void visit_authority_ladder(Archive& ar, const std::string& folder, L& ladder) {
  visit_rungs(ar, folder, ladder);
  ar.resize(ladder.value, ladder.rungs.size());
  ar.values(folder + "/value", {ladder.key + "_rung"},
            ladder.rungs.size(), [&](std::size_t r) -> auto& { return ladder.value[r]; },
            {"value of the rung in formulas (q, p)", "1"});
  visit_scalars(ar, folder, ladder, authority_ladder_fields());
}

template <class Archive, class M>
void visit_ladders(Archive& ar, M& model) {
  for (const auto d : all_ladders) {
    visit_ladder(ar, fmt::format("/inputs/ladders/{}", to_string(d)), model.ladders[index_of(d)]);
  }
  visit_authority_ladder(ar, "/inputs/ladders/rights", model.rights);
  visit_authority_ladder(ar, "/inputs/ladders/posture", model.posture);
}

template <class Archive, class M>
void visit_authorities(Archive& ar, M& model) {
  const std::string folder = "/inputs/authorities/";
  const std::size_t authorities = model.authorities.size();
  const std::size_t groups = model.groups.size();
  for (const auto& field : dynamics_fields()) {
    ar.values(folder + std::string(field.name), {"authority"}, authorities,
              [&](std::size_t k) -> auto& { return model.authorities[k].dynamics.*field.member; },
              {field.meaning, field.unit});
  }
  for (const auto& field : state_fields()) {
    ar.values(fmt::format("{}initial_{}", folder, field.name), {"authority"}, authorities,
              [&](std::size_t k) -> auto& {
                return model.authorities[k].initial_state[static_cast<std::size_t>(field.state)];
              },
              {field.meaning, "1"});
  }
  ar.flags(folder + "initial_rights", {"authority"},
           authorities, [&](std::size_t k) -> auto& { return model.authorities[k].initial_rights; },
           model.rights.rungs, {"rung of the rights ladder at the start"});
  for (auto& authority : model.authorities) ar.resize(authority.initial_posture, groups);
  ar.flags(folder + "initial_posture", {"authority", "group"}, authorities * groups,
           [&](std::size_t x) -> auto& {
             return model.authorities[x / groups].initial_posture[x % groups];
           },
           model.posture.rungs, {"rung of the posture ladder at the start"});
}

template <class Archive, class M>
void visit_groups(Archive& ar, M& model) {
  visit_fields(ar, "/inputs/groups", {"group"}, model.groups, group_fields());
  ar.values("/inputs/groups/host", {"group"},
            model.groups.size(), [&](std::size_t g) -> auto& { return model.groups[g].host; },
            {"number of the authority on whose ground the group sits"});
}

std::vector<std::string> dimensions_of(Shape shape) {
  switch (shape) {
    case Shape::actor:
      return {"actor"};
    case Shape::authority_actor:
      return {"authority", "actor"};
    case Shape::group_actor:
      return {"group", "actor"};
    case Shape::sector_actor:
      return {"sector", "actor"};
    case Shape::covariate_actor:
      return {"covariate_key", "actor"};
    case Shape::authority_sector:
      return {"authority", "sector"};
    case Shape::authority:
      return {"authority"};
    case Shape::authority_group:
      return {"authority", "group"};
    case Shape::group:
      return {"group"};
  }
  return {};
}

template <class Archive, class M>
void visit_parameters(Archive& ar, M& model) {
  if constexpr (!Archive::writing) model.parameters = ParameterTable(model.extents());
  for (const auto& row : parameter_infos()) {
    const auto values = model.parameters.values(row.param);
    ar.values(fmt::format("/inputs/parameters/{}", row.key), dimensions_of(row.shape),
              values.size(), [&](std::size_t x) -> auto& { return values[x]; },
              {row.meaning, row.unit, std::pair{row.min, row.max}});
  }
}

template <class Archive, class M>
void visit_covariates(Archive& ar, M& model) {
  auto& list = model.covariates;
  ar.axis("/inputs/covariate_key", list, [&](std::size_t c) -> auto& { return list[c].key; },
          {"regressor taken from data"});
  ar.values("/inputs/covariates/coefficient", {"covariate_key"},
            list.size(), [&](std::size_t c) -> auto& { return list[c].coefficient; },
            {"coefficient of the regressor", "utility"});
  ar.flags("/inputs/covariates/profile", {"covariate_key"},
           list.size(), [&](std::size_t c) -> auto& { return list[c].profile; },
           names_of(Profile{}, profile_count), {"profile by which rungs carry the regressor"});
  ar.values("/inputs/covariates/ladders", {"covariate_key"},
            list.size(), [&](std::size_t c) -> auto& { return list[c].ladders.bits; },
            {"sum of 1 for engagement, 2 for recognition, 4 for coercion"});
}

/// Name of a term's n-th number: that of the registry, or its position for a term from elsewhere.
std::string field_name(const TermInfo* info, std::size_t n) {
  if (info == nullptr) return fmt::format("value_{}", n);
  return std::string(info->fields[n].name);
}

template <class Archive, class T>
void visit_term(Archive& ar, T& term) {
  const std::string folder = "/inputs/terms/" + term.key + "/";
  const TermInfo* info = builtin_terms().find(term.key);
  if constexpr (Archive::writing) {
    if (info != nullptr && info->fields.size() != term.values.size()) info = nullptr;
  } else {
    std::size_t count = info != nullptr ? info->fields.size() : 0;
    if (info == nullptr || (count != 0 && !ar.contains(folder + field_name(info, 0)))) {
      info = nullptr;
      for (count = 0; ar.contains(folder + field_name(nullptr, count));) ++count;
    }
    term.values.resize(count);
  }
  for (std::size_t n = 0; n < term.values.size(); ++n) {
    Meta meta;
    if (info != nullptr) meta = {info->fields[n].meaning, info->fields[n].unit};
    ar.value(folder + field_name(info, n), term.values[n], meta);
  }
}

template <class Archive, class M>
void visit_terms(Archive& ar, M& model) {
  ar.axis("/inputs/terms/term_key",
          model.terms, [&](std::size_t x) -> auto& { return model.terms[x].key; },
          {"terms that are switched on, in order"});
  for (auto& term : model.terms) visit_term(ar, term);
}

/// A relation as a list of its entries.
struct Triplets {
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> columns;
  std::vector<std::int32_t> weights;

  Triplets() = default;
  explicit Triplets(const Relation& relation) {
    for (std::uint32_t j = 0; j < relation.actors(); ++j) {
      for (const auto& entry : relation.column(j)) {
        rows.push_back(entry.row);
        columns.push_back(j);
        weights.push_back(entry.weight);
      }
    }
  }
};

template <class Archive, class R>
void visit_relation(Archive& ar, const std::string& name, std::size_t actors, R& relation) {
  const std::string folder = "/inputs/relations/" + name;
  const std::vector<std::string> dimensions{name + "_entry"};
  Triplets entries(relation);
  ar.dimension(folder + "_entry", entries.weights);
  const std::size_t count = entries.weights.size();
  ar.resize(entries.rows, count);
  ar.resize(entries.columns, count);
  ar.values(folder + "_row", dimensions,
            count, [&](std::size_t x) -> auto& { return entries.rows[x]; },
            {"number of the actor who looks"});
  ar.values(folder + "_column", dimensions,
            count, [&](std::size_t x) -> auto& { return entries.columns[x]; },
            {"number of the actor who is looked at"});
  ar.values(folder + "_weight", dimensions,
            count, [&](std::size_t x) -> auto& { return entries.weights[x]; },
            {"weight in units of 2^-15"});
  if constexpr (!Archive::writing) {
    for (std::size_t x = 0; x < count; ++x) {
      if (entries.rows[x] >= actors || entries.columns[x] >= actors) {
        throw hdf5::Failure(folder + "_row: names an actor that does not exist");
      }
    }
    relation = Relation::from_triplets(actors, entries.rows, entries.columns, entries.weights);
  }
}

/// One slot that a series moves, by name.
struct SeriesTarget {
  std::uint32_t series;
  std::string parameter;
  std::uint32_t index;  ///< position inside the parameter's values
};

template <class Archive, class M>
void visit_series_targets(Archive& ar, M& model) {
  std::vector<SeriesTarget> targets;
  if constexpr (Archive::writing) {
    for (std::size_t s = 0; s < model.series.size(); ++s) {
      for (const auto slot : model.series[s].slots) {
        const Param param = model.parameters.param_of(slot);
        targets.push_back({static_cast<std::uint32_t>(s), std::string(info(param).key),
                           static_cast<std::uint32_t>(slot - model.parameters.slot(param, 0, 0))});
      }
    }
  }
  ar.dimension("/inputs/series/target", targets);
  ar.values("/inputs/series/target_series", {"target"},
            targets.size(), [&](std::size_t x) -> auto& { return targets[x].series; },
            {"number of the series"});
  ar.values("/inputs/series/target_parameter", {"target"},
            targets.size(), [&](std::size_t x) -> auto& { return targets[x].parameter; },
            {"parameter that the series moves"});
  ar.values("/inputs/series/target_index", {"target"},
            targets.size(), [&](std::size_t x) -> auto& { return targets[x].index; },
            {"position inside the parameter's values, last index fastest"});
  if constexpr (!Archive::writing) {
    for (const auto& target : targets) {
      const auto param = find_parameter(target.parameter);
      if (!param || target.index >= model.parameters.values(*param).size() ||
          target.series >= model.series.size()) {
        throw hdf5::Failure("/inputs/series: a target does not exist");
      }
      model.series[target.series].slots.push_back(model.parameters.slot(*param, 0, 0) +
                                                  target.index);
    }
  }
}

template <class Archive, class M>
void visit_series(Archive& ar, M& model) {
  const std::size_t steps = model.calendar.steps();
  ar.dimension("/inputs/series/series", model.series);
  for (auto& series : model.series) ar.resize(series.values, steps);
  ar.values("/inputs/series/value", {"series", "time"}, model.series.size() * steps,
            [&](std::size_t x) -> auto& { return model.series[x / steps].values[x % steps]; },
            {"base value of the targets at each step"});
  visit_series_targets(ar, model);
}

/// A list of things that are kept as one line of text each, with their ids as labels.
template <class Archive, class List, class FromText>
void visit_texts(Archive& ar, const std::string& axis_path, const std::string& text_path,
                 const Meta& axis_meta, const Meta& meta, List& list,
                 const ParameterTable& parameters, const FromText& from_text) {
  std::vector<std::string> ids;
  std::vector<std::string> texts;
  if constexpr (Archive::writing) {
    for (const auto& item : list) {
      ids.push_back(item.id);
      texts.push_back(to_text(item, parameters));
    }
  }
  ar.axis(
      axis_path, ids, [&](std::size_t x) -> auto& { return ids[x]; }, axis_meta);
  ar.resize(texts, ids.size());
  ar.values(
      text_path, {axis_path.substr(axis_path.rfind('/') + 1)},
      texts.size(), [&](std::size_t x) -> auto& { return texts[x]; }, meta);
  if constexpr (!Archive::writing) {
    for (const auto& text : texts) list.push_back(from_text(text, parameters));
  }
}

template <class Archive, class M>
void visit_happenings(Archive& ar, M& model) {
  visit_texts(ar, "/inputs/events/event", "/inputs/events/definition", {"identifier of the event"},
              {"the event in JSON"}, model.events, model.parameters, event_from_text);
  visit_texts(ar, "/body", "/inputs/bodies/definition", {"identifier of the body"},
              {"the body in JSON"}, model.bodies, model.parameters, body_from_text);
}

template <class Archive, class M>
void visit_start(Archive& ar, M& model) {
  const std::size_t actors = model.actors.size();
  const std::size_t pairs = model.authorities.size() * actors;
  ar.resize(model.initial_rungs, pairs * ladder_count);
  for (const auto d : all_ladders) {
    ar.flags(fmt::format("/inputs/initial/{}", to_string(d)), {"authority", "actor"}, pairs,
             [&](std::size_t x) -> auto& {
               return model.initial_rungs[model.rung_index(x / actors, d, x % actors)];
             },
             model.ladders[index_of(d)].rungs, {"rung at the start"});
  }
  ar.resize(model.initial_salience, model.groups.size() * actors);
  ar.values("/inputs/initial/salience", {"group", "actor"}, model.initial_salience.size(),
            [&](std::size_t x) -> auto& { return model.initial_salience[x]; },
            {"salience of the group's attacks at the start (h)", "1"});
}

template <class Archive, class S>
void visit_replacements(Archive& ar, S& scenario) {
  const std::string folder = "/inputs/scenario/replacement";
  auto& list = scenario.replacements;
  std::vector<std::string> actors;
  if constexpr (Archive::writing) {
    for (const auto& row : list) actors.push_back(fmt::format("{}", fmt::join(row.actors, "\n")));
  }
  ar.dimension(folder, list);
  ar.resize(actors, list.size());
  ar.values(folder + "_column", {"replacement"},
            list.size(), [&](std::size_t x) -> auto& { return list[x].column; },
            {"column of a table in which cells were missing"});
  ar.values(folder + "_rule", {"replacement"},
            list.size(), [&](std::size_t x) -> auto& { return list[x].rule; },
            {"what replaced them"});
  ar.values(folder + "_actors", {"replacement"},
            list.size(), [&](std::size_t x) -> auto& { return actors[x]; },
            {"where they were replaced, one identifier per line"});
  if constexpr (!Archive::writing) {
    for (std::size_t x = 0; x < list.size(); ++x) {
      for (std::size_t at = 0; at < actors[x].size();) {
        const std::size_t end = std::min(actors[x].find('\n', at), actors[x].size());
        list[x].actors.push_back(actors[x].substr(at, end - at));
        at = end + 1;
      }
    }
  }
}

template <class Archive, class S>
void visit_observed(Archive& ar, S& scenario) {
  const std::string folder = "/inputs/scenario/observation";
  const std::vector<std::string> dimensions{"observation"};
  auto& list = scenario.observed;
  ar.dimension(folder, list);
  const std::size_t count = list.size();
  ar.values(folder + "_actor", dimensions,
            count, [&](std::size_t x) -> auto& { return list[x].actor; }, {"number of the actor"});
  ar.values(folder + "_authority", dimensions,
            count, [&](std::size_t x) -> auto& { return list[x].authority; },
            {"number of the authority"});
  ar.flags(folder + "_ladder", dimensions,
           count, [&](std::size_t x) -> auto& { return list[x].ladder; },
           names_of(LadderRole{}, ladder_count), {"ladder"});
  ar.values(folder + "_step", dimensions,
            count, [&](std::size_t x) -> auto& { return list[x].step; }, {"number of the step"});
  ar.values(folder + "_rung", dimensions,
            count, [&](std::size_t x) -> auto& { return list[x].rung; }, {"number of the rung"});
  ar.flags(folder + "_inherited", dimensions,
           count, [&](std::size_t x) -> auto& { return list[x].inherited; }, no_yes,
           {"whether the rung was taken over from before"});
}

template <class Archive, class S>
void visit_sources(Archive& ar, S& scenario) {
  const std::string folder = "/inputs/scenario/";
  auto& files = scenario.files;
  ar.axis(folder + "file", files, [&](std::size_t x) -> auto& { return files[x].name; },
          {"file that took part in the scenario"});
  ar.values(folder + "text", {"file"},
            files.size(), [&](std::size_t x) -> auto& { return files[x].text; },
            {"text of the file"});
  auto& overrides = scenario.overrides;
  ar.axis(folder + "override", overrides, [&](std::size_t x) -> auto& { return overrides[x]; },
          {"setting applied last, path=value"});
  visit_replacements(ar, scenario);
  visit_observed(ar, scenario);
}

template <class Archive, class S>
void visit_scenario(Archive& ar, S& scenario) {
  auto& model = scenario.model;
  visit_entities(ar, model);
  visit_run(ar, scenario);
  visit_calendar(ar, model);
  visit_ladders(ar, model);
  visit_authorities(ar, model);
  visit_groups(ar, model);
  visit_covariates(ar, model);
  visit_parameters(ar, model);
  visit_terms(ar, model);
  visit_relation(ar, "alignment", model.actors.size(), model.alignment);
  visit_relation(ar, "rivalry", model.actors.size(), model.rivalry);
  visit_series(ar, model);
  visit_happenings(ar, model);
  visit_start(ar, model);
  visit_sources(ar, scenario);
}

}  // namespace

void write_flags(hid_t dataset, const std::vector<std::string>& names) {
  std::vector<std::uint8_t> values(names.size());
  for (std::size_t x = 0; x < values.size(); ++x) values[x] = static_cast<std::uint8_t>(x);
  std::string meanings;
  for (auto name : names) {
    std::replace(name.begin(), name.end(), ' ', '_');  // CF separates the meanings by blanks
    if (!meanings.empty()) meanings += ' ';
    meanings += name;
  }
  hdf5::write_attribute(dataset, "flag_values", std::span<const std::uint8_t>(values));
  hdf5::write_attribute(dataset, "flag_meanings", meanings);
}

void write_inputs(netcdf::Writer& file, const Scenario& scenario) {
  InputWriter writer(file);
  visit_scenario(writer, scenario);
}

Scenario read_inputs(const netcdf::Reader& file) {
  Scenario scenario;
  InputReader reader(file);
  visit_scenario(reader, scenario);
  return scenario;
}

}  // namespace entente::detail
