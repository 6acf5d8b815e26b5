// actors.derive and what belongs to it: variables, covariates, importance, overrides.
#include <fmt/format.h>

#include <algorithm>

#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

namespace {

Limits limits_of(const ParamInfo& info) {
  return {static_cast<double>(info.min), static_cast<double>(info.max), std::string(info.unit)};
}

// Makes the values of a rule known to later ones, and its failure: who uses it is not to blame.
void publish(World& world, const std::string& name,
             const std::optional<std::vector<double>>& values) {
  Column column(world.candidates.size());
  for (std::size_t i = 0; i < world.selected.size(); ++i)
    column[world.selected[i]] =
        values ? Cell{Cell::State::number, (*values)[i]} : Cell{Cell::State::failed, 0.0};
  world.scope.add(name, std::move(column));
}

// Values of a rule for all actors; nothing where its form or its meaning is wrong.
std::optional<std::vector<double>> evaluate(World& world, const Place& rule, const Limits& limits) {
  if (rule->bad) return std::nullopt;
  return world.rules.over(world.selected, rule, world.scope, limits);
}

void set_row(World& world, Param param, std::size_t row, const std::vector<double>& values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    world.model.parameters.at(param, row, i) = static_cast<float>(values[i]);
}

void read_variables(World& world) {
  const auto variables = world.root.find("variables");
  for (std::size_t e = 0; variables && e < variables->keys.size(); ++e) {
    const auto rule = variables.entry(e);
    const auto& name = variables->keys[e];
    if (world.candidates.columns.contains(name) || find_parameter(name)) {
      world.problems.add(variables->key_marks[e], rule.path,
                         fmt::format("found {}, which is a {} already; allowed: another name",
                                     quote(name), find_parameter(name) ? "parameter" : "column"));
      continue;
    }
    publish(world, name, evaluate(world, rule, {-1e300, 1e300, ""}));
  }
}

// Rules of a parameter with a row per group or sector.
void derive_rows(World& world, const Place& rules, const ParamInfo& info) {
  const auto& names = info.shape == Shape::group_actor ? world.groups : world.sectors;
  for (std::size_t e = 0; e < rules->keys.size(); ++e) {
    const auto rule = rules.entry(e);
    const auto row = names.find(rules->keys[e], rules->key_marks[e], rule.path, world.problems);
    if (!row) continue;
    const auto values = evaluate(world, rule, limits_of(info));
    if (values) set_row(world, info.param, *row, *values);
    publish(world, fmt::format("{}_{}", info.key, rules->keys[e]), values);
  }
}

// Rules for all authorities, or for one of them.
void derive(World& world, const Place& rules, std::optional<std::uint32_t> authority) {
  for (std::size_t e = 0; rules && e < rules->keys.size(); ++e) {
    const auto rule = rules.entry(e);
    const auto param = find_parameter(rules->keys[e]);
    if (!param) continue;
    const auto& about = info(*param);
    if (about.shape == Shape::group_actor || about.shape == Shape::sector_actor) {
      derive_rows(world, rule, about);
      continue;
    }
    const auto values = evaluate(world, rule, limits_of(about));
    if (values && about.shape == Shape::actor) set_row(world, *param, 0, *values);
    if (values && about.shape == Shape::authority_actor)
      for (std::uint32_t k = 0; k < world.authorities.size(); ++k)
        if (!authority || *authority == k) set_row(world, *param, k, *values);
    if (!authority) publish(world, rules->keys[e], values);
  }
}

void read_covariates(World& world) {
  std::uint32_t row = 0;
  for (const auto& place : world.root.find("covariates").entries()) {
    CovariateChoice choice;
    choice.key = place.key;
    choice.coefficient = float_or(place.find("coefficient"), 0.0F);
    const auto profile = text_or(place.find("profile"), "height");
    for (std::size_t p = 0; p < profile_count; ++p)
      if (to_string(static_cast<Profile>(p)) == profile) choice.profile = static_cast<Profile>(p);
    choice.ladders = {LadderRole::engagement, LadderRole::recognition};
    if (const auto ladders = place.find("ladders")) {
      choice.ladders = {};
      for (const auto& ladder : ladders.one_or_list())
        for (const auto role : all_ladders)
          if (ladder.text() == to_string(role)) choice.ladders.bits |= LadderSet{role}.bits;
    }
    if (place.find("value")) {
      const auto values =
          world.rules.over(world.selected, place, world.scope, limits_of(info(Param::covariate)));
      if (values) set_row(world, Param::covariate, row, *values);
    }
    if (const auto flag = place.find("by_actor"); flag && !flag->bad)
      choice.by_actor = parse_boolean(flag.text()).value_or(false);
    const auto& before = world.model.covariates;
    if (choice.by_actor &&
        std::any_of(before.begin(), before.end(), [](const auto& other) { return other.by_actor; }))
      world.problems.add(place.find("by_actor"),
                         "found a second covariate by actor; allowed: one, since data cannot tell "
                         "two of them apart");
    for (const auto& value : place.find("values").entries()) {
      const auto actor = world.actor(std::string(value.key), value->mark, value.path, true);
      if (actor && !value->bad)
        world.model.parameters.at(Param::covariate, row, *actor) = float_or(value, 0.0F);
    }
    world.model.covariates.push_back(std::move(choice));
    ++row;
  }
}

void read_importance(World& world) {
  const auto rule = world.root.find("actors").find("importance");
  std::vector<double> values(world.selected.size(), 1.0);
  if (rule) {
    const auto given = world.rules.over(world.selected, rule, world.scope, {0.0, 1e300, ""});
    if (!given) return;
    values = *given;
  }
  double total = 0.0;
  for (const double value : values) total += value;
  if (!(total > 0.0) || total > 1e300) {
    if (!values.empty() && rule)
      world.problems.add(rule,
                         fmt::format("found a sum of {}; allowed: more than 0 and finite", total));
    return;
  }
  for (std::size_t i = 0; i < values.size(); ++i)
    world.model.actors[i].importance = static_cast<float>(values[i] / total);
}

// The numbers of one actor in `override`, for all authorities or for one of them.
void override_actor(World& world, const Place& place, std::uint32_t actor,
                    std::optional<std::uint32_t> authority) {
  auto& parameters = world.model.parameters;
  for (const auto& entry : place.entries()) {
    const auto param = find_parameter(entry.key);
    if (!param) continue;
    const auto shape = info(*param).shape;
    if (shape == Shape::actor) {
      parameters.at(*param, 0, actor) = float_or(entry, 0.0F);
    } else if (shape == Shape::authority_actor) {
      for (std::uint32_t k = 0; k < world.authorities.size(); ++k)
        if (!authority || *authority == k) parameters.at(*param, k, actor) = float_or(entry, 0.0F);
    } else {
      const auto& names = shape == Shape::group_actor    ? world.groups
                          : shape == Shape::sector_actor ? world.sectors
                                                         : world.covariates;
      for (std::size_t e = 0; e < entry->keys.size(); ++e) {
        const auto value = entry.entry(e);
        const auto row =
            names.find(entry->keys[e], entry->key_marks[e], value.path, world.problems);
        if (row && !value->bad) parameters.at(*param, *row, actor) = float_or(value, 0.0F);
      }
    }
  }
}

void read_overrides(World& world, const Place& overrides, std::optional<std::uint32_t> authority) {
  for (std::size_t e = 0; overrides && e < overrides->keys.size(); ++e) {
    const auto place = overrides.entry(e);
    const auto actor = world.actor(overrides->keys[e], overrides->key_marks[e], place.path, true);
    if (actor) override_actor(world, place, *actor, authority);
  }
}

}  // namespace

void read_parameters(World& world) {
  const auto actors = world.root.find("actors");
  const auto authorities = world.root.find("authorities").entries();
  read_variables(world);
  derive(world, actors.find("derive"), std::nullopt);
  for (std::uint32_t k = 0; k < authorities.size(); ++k)
    derive(world, authorities[k].find("actors").find("derive"), k);
  read_covariates(world);
  read_importance(world);
  read_overrides(world, actors.find("override"), std::nullopt);
  for (std::uint32_t k = 0; k < authorities.size(); ++k)
    read_overrides(world, authorities[k].find("actors").find("override"), k);
}

}  // namespace entente::detail
