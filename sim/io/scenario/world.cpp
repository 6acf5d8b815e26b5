#include "io/scenario/world.hpp"

#include <fmt/format.h>

#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"

namespace entente::detail {

World::World(const YamlNode& tree, Sources& files, Problems& list)
    : root{&tree, "", {}},
      sources(files),
      problems(list),
      model(scenario.model),
      scope(candidates),
      rules(candidates, list) {}

std::optional<std::uint32_t> World::authority(const Place& place) {
  if (const auto named = place.find("authority")) return authorities.find(named, problems);
  if (authorities.size() == 1) return 0;
  if (authorities.size() > 1)
    problems.add(place, fmt::format("found no key 'authority'; allowed: one of {}",
                                    join(authorities.list())));
  return std::nullopt;
}

std::optional<std::uint32_t> World::actor(const std::string& id, Mark mark, const std::string& path,
                                          bool lenient) {
  const auto candidate = candidates.find(id);
  if (candidate && actor_of[*candidate]) return actor_of[*candidate];
  if (candidate && !lenient)
    problems.add(
        mark, path,
        fmt::format("found {}, which actors.select leaves out; allowed: actors that take part",
                    quote(id)));
  if (!candidate && candidates.complete)
    problems.add(mark, path,
                 unknown_name(id, candidates.ids, "ids of data.actors and actors.define"));
  return std::nullopt;
}

double number_or(const Place& place, double fallback) {
  if (!place || !place->is_scalar()) return fallback;
  return parse_number(place.text()).value_or(fallback);
}

float float_or(const Place& place, float fallback) {
  return static_cast<float>(number_or(place, static_cast<double>(fallback)));
}

std::string text_or(const Place& place, const std::string& fallback) {
  return place && place->is_scalar() ? place.text() : fallback;
}

}  // namespace entente::detail
