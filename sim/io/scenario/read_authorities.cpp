// groups and authorities: the numbers that need no rules.
#include <fmt/format.h>

#include "io/fields.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

namespace {

void read_group(World& world, const Place& place, std::uint32_t g) {
  Group group;
  group.id = place.key;
  group.name = text_or(place.find("name"), group.id);
  read_fields(place, group, group_fields());
  if (const auto host = place.find("host")) {
    group.host = world.authorities.find(host, world.problems).value_or(0);
  } else if (world.authorities.size() > 1) {
    world.problems.add(place, fmt::format("found no key 'host'; allowed: one of {}",
                                          join(world.authorities.list())));
  }
  for (const auto& info : parameter_infos())
    if (info.shape == Shape::group)
      world.model.parameters.at(info.param, 0, g) = float_or(place.find(info.key), info.fallback);
  world.model.groups.push_back(std::move(group));
}

// A parameter with a number per sector or group.
void read_row(World& world, const Place& place, const ParamInfo& info, std::uint32_t k) {
  const auto& names = info.shape == Shape::authority_sector ? world.sectors : world.groups;
  for (std::size_t e = 0; place && e < place->keys.size(); ++e) {
    const auto entry = place.entry(e);
    const auto column = names.find(place->keys[e], place->key_marks[e], entry.path, world.problems);
    if (column && !entry->bad)
      world.model.parameters.at(info.param, k, *column) = float_or(entry, info.fallback);
  }
}

void read_posture(World& world, const Place& place, Authority& authority) {
  authority.initial_posture.assign(world.groups.size(), 0);
  for (std::size_t e = 0; place && e < place->keys.size(); ++e) {
    const auto entry = place.entry(e);
    const auto group =
        world.groups.find(place->keys[e], place->key_marks[e], entry.path, world.problems);
    if (entry->bad) continue;
    const auto rung = world.posture_rungs.rung(entry, world.problems);
    if (group && rung) authority.initial_posture[*group] = *rung;
  }
}

void read_authority(World& world, const Place& place, std::uint32_t k) {
  Authority authority;
  authority.id = place.key;
  authority.name = text_or(place.find("name"), authority.id);
  read_fields(place.find("dynamics"), authority.dynamics, dynamics_fields());
  if (const auto rights = place.find("rights"))
    authority.initial_rights = world.rights_rungs.rung(rights, world.problems).value_or(0);
  read_posture(world, place.find("posture"), authority);
  for (const auto& field : state_fields())
    authority.initial_state[static_cast<std::size_t>(field.state)] =
        float_or(place.find(field.name), field.fallback);
  for (const auto& info : parameter_infos()) {
    const auto value = place.find(info.key);
    if (info.shape == Shape::authority)
      world.model.parameters.at(info.param, k, 0) = float_or(value, info.fallback);
    else if (info.shape == Shape::authority_sector || info.shape == Shape::authority_group)
      read_row(world, value, info, k);
  }
  world.model.authorities.push_back(std::move(authority));
}

}  // namespace

void read_authorities(World& world) {
  world.model.parameters =
      ParameterTable({world.selected.size(), world.authorities.size(), world.groups.size(),
                      world.sectors.size(), world.covariates.size()});
  std::uint32_t g = 0;
  for (const auto& place : world.root.find("groups").entries()) read_group(world, place, g++);
  std::uint32_t k = 0;
  for (const auto& place : world.root.find("authorities").entries())
    read_authority(world, place, k++);
}

}  // namespace entente::detail
