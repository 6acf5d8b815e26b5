#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

#include "entente/terms/registry.hpp"
#include "io/result/layout_common.hpp"

// The layout of what the world is made of: entities, ladders, numbers, terms, relations.

namespace entente::detail::layout {

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
inline std::string field_name(const TermInfo* info, std::size_t n) {
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

}  // namespace entente::detail::layout
