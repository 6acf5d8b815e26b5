#include "io/scenario/resolve.hpp"

#include <filesystem>
#include <utility>

#include "io/scenario/limits.hpp"

namespace entente::detail {

namespace {

// Sizes that later sections multiply are checked before memory is taken for them.
bool is_too_large(const World& world) {
  return world.selected.size() > max_actors || world.groups.size() > max_groups ||
         world.sectors.size() > max_sectors || world.authorities.size() > max_authorities ||
         world.covariates.size() > max_covariates;
}

}  // namespace

std::vector<SourceFile> source_files(const Sources& sources) {
  std::vector<SourceFile> list;
  const auto& own = sources[0].folder;
  for (const bool table : {false, true}) {
    for (const auto& file : sources.files()) {
      if (file.table != table || file.typed) continue;
      auto name = std::filesystem::path(file.shown).lexically_relative(own.lexically_normal());
      list.push_back({name.empty() ? file.shown : name.generic_string(), file.text});
    }
  }
  return list;
}

void resolve(World& world) {
  read_run(world);
  read_calendar(world);
  read_ladders(world);
  read_names(world);
  read_terms(world);
  read_actors(world);
  if (is_too_large(world)) world.problems.throw_if_any();
  read_authorities(world);
  read_parameters(world);
  read_initial(world);
  read_relations(world);
  read_series(world);
  read_events(world);
  read_bodies(world);
  read_history(world);
}

Scenario finish(World& world, const std::vector<std::string>& overrides) {
  auto& problems = world.problems;
  problems.throw_if_any();
  for (const auto& message : violations(world.model)) problems.add({}, "", message);
  problems.throw_if_any();
  world.scenario.files = source_files(world.sources);
  world.scenario.overrides = overrides;
  world.scenario.replacements = world.rules.replacements();
  return std::move(world.scenario);
}

}  // namespace entente::detail
