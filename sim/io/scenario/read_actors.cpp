// actors: tables, definitions and the selection of those that take part.
#include <fmt/format.h>

#include <utility>
#include <vector>

#include "io/scenario/limits.hpp"
#include "io/scenario/selector.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

namespace {

std::vector<std::uint32_t> all_candidates(const World& world) {
  std::vector<std::uint32_t> rows(world.candidates.size());
  for (std::uint32_t i = 0; i < rows.size(); ++i) rows[i] = i;
  return rows;
}

// `where` decides over the rows of the tables; defined actors take part unless `except` names them.
void choose(World& world, std::vector<char>& chosen) {
  const auto actors = world.root.find("actors");
  const auto select = actors.find("select");
  const auto defined = actors.find("define");
  const auto is_defined = [&](std::uint32_t i) {
    return defined && defined->position(world.candidates.ids[i]) < defined->keys.size();
  };
  const auto where = select.find("where");
  if (where) {
    auto rows = all_candidates(world);
    std::erase_if(rows, is_defined);
    const auto values = world.rules.over(rows, select, world.scope, {-1e300, 1e300, ""});
    for (std::size_t k = 0; values && k < rows.size(); ++k)
      chosen[rows[k]] = (*values)[k] != 0.0 ? 1 : 0;
    for (std::uint32_t i = 0; i < chosen.size(); ++i)
      if (is_defined(i)) chosen[i] = 1;
    if (!values) world.candidates.complete = false;  // reported; what follows from it is not
  } else {
    chosen.assign(chosen.size(), 1);
  }
  if (const auto also = select.find("also"))
    for (const auto i : select_candidates(also, world.candidates, world.problems)) chosen[i] = 1;
  if (const auto except = select.find("except"))
    for (const auto i : select_candidates(except, world.candidates, world.problems)) chosen[i] = 0;
}

// Members that take part.
std::vector<Organisation> organisations(const World& world) {
  std::vector<Organisation> list;
  for (const auto& [id, members] : world.candidates.members) {
    Organisation organisation{id, {}};
    for (const auto i : members)
      if (world.actor_of[i]) organisation.members.push_back(*world.actor_of[i]);
    if (!organisation.members.empty()) list.push_back(std::move(organisation));
  }
  return list;
}

}  // namespace

void read_actors(World& world) {
  world.candidates = read_candidates(world.root, world.sources, world.problems);
  auto& candidates = world.candidates;
  const auto actors = world.root.find("actors");
  if (world.root.node->find("data") != nullptr && world.root.find("data")->tainted)
    candidates.complete = false;
  const auto define = actors.find("define");
  if (!actors || (define && define->tainted)) candidates.complete = false;

  std::vector<char> chosen(candidates.size(), 0);
  choose(world, chosen);
  world.actor_of.resize(candidates.size());
  for (std::uint32_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i] == 0) continue;
    world.actor_of[i] = static_cast<std::uint32_t>(world.selected.size());
    world.selected.push_back(i);
    world.model.actors.push_back(
        {candidates.ids[i], candidates.names[i], candidates.regions[i], i, 0.0F});
  }
  world.scenario.organisations = organisations(world);
  if (world.selected.empty() && candidates.complete)
    world.problems.add(actors,
                       "found no actor; allowed: data.actors with rows that actors.select takes, "
                       "or actors.define");
  if (world.selected.size() > max_actors)
    world.problems.add(actors, fmt::format("found {} actors; allowed: at most {}",
                                           world.selected.size(), max_actors));
}

}  // namespace entente::detail
