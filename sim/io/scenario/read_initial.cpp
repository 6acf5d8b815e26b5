// The state of the actors at the start: rungs and salience.
#include "io/scenario/world.hpp"

namespace entente::detail {

namespace {

// Starting rungs in `place` for all authorities or one, for all actors or one.
void read_rungs(World& world, const Place& place, std::optional<std::uint32_t> authority,
                std::optional<std::uint32_t> actor) {
  for (const auto role : all_ladders) {
    const auto named = place.find(to_string(role));
    if (!named) continue;
    const auto rung = world.rungs[index_of(role)].rung(named, world.problems);
    if (!rung) continue;
    for (std::uint32_t k = 0; k < world.authorities.size(); ++k) {
      if (authority && *authority != k) continue;
      for (std::uint32_t i = 0; i < world.selected.size(); ++i)
        if (!actor || *actor == i)
          world.model.initial_rungs[world.model.rung_index(k, role, i)] = *rung;
    }
  }
}

void read_override_rungs(World& world, const Place& overrides,
                         std::optional<std::uint32_t> authority) {
  for (const auto& place : overrides.entries()) {
    const auto candidate = world.candidates.find(std::string(place.key));
    if (candidate && world.actor_of[*candidate])
      read_rungs(world, place, authority, world.actor_of[*candidate]);
  }
}

void read_salience(World& world, const Place& rules) {
  for (std::size_t e = 0; rules && e < rules->keys.size(); ++e) {
    const auto rule = rules.entry(e);
    const auto group =
        world.groups.find(rules->keys[e], rules->key_marks[e], rule.path, world.problems);
    if (!group || rule->bad) continue;
    const auto cap = static_cast<double>(world.model.groups[*group].salience_cap);
    const auto values = world.rules.over(world.selected, rule, world.scope, {0.0, cap, "1"});
    for (std::size_t i = 0; values && i < values->size(); ++i)
      world.model.initial_salience[*group * world.selected.size() + i] =
          static_cast<float>((*values)[i]);
  }
}

void read_override_salience(World& world, const Place& overrides) {
  for (const auto& place : overrides.entries()) {
    const auto candidate = world.candidates.find(std::string(place.key));
    const auto salience = place.find("salience");
    if (!candidate || !world.actor_of[*candidate] || !salience) continue;
    for (std::size_t e = 0; e < salience->keys.size(); ++e) {
      const auto value = salience.entry(e);
      const auto group =
          world.groups.find(salience->keys[e], salience->key_marks[e], value.path, world.problems);
      if (!group || value->bad) continue;
      const std::uint32_t row[] = {*candidate};
      const auto cap = static_cast<double>(world.model.groups[*group].salience_cap);
      if (const auto number = world.rules.over(row, value, world.scope, {0.0, cap, "1"}))
        world.model.initial_salience[*group * world.selected.size() + *world.actor_of[*candidate]] =
            static_cast<float>(number->front());
    }
  }
}

}  // namespace

void read_initial(World& world) {
  const auto actors = world.root.find("actors");
  const auto authorities = world.root.find("authorities").entries();
  const auto n = world.selected.size();
  world.model.initial_rungs.assign(world.authorities.size() * ladder_count * n, 0);
  world.model.initial_salience.assign(world.groups.size() * n, 0.0F);

  read_rungs(world, actors.find("initial"), std::nullopt, std::nullopt);
  for (std::uint32_t k = 0; k < authorities.size(); ++k)
    read_rungs(world, authorities[k].find("actors").find("initial"), k, std::nullopt);
  read_override_rungs(world, actors.find("override"), std::nullopt);
  for (std::uint32_t k = 0; k < authorities.size(); ++k)
    read_override_rungs(world, authorities[k].find("actors").find("override"), k);
  read_salience(world, actors.find("initial").find("salience"));
  read_override_salience(world, actors.find("override"));
}

}  // namespace entente::detail
