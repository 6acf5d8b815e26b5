#include "entente/io/scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "io/scenario/check.hpp"
#include "io/scenario/form.hpp"
#include "io/scenario/limits.hpp"
#include "io/scenario/merge.hpp"
#include "io/scenario/overrides.hpp"
#include "io/scenario/world.hpp"

namespace entente {

namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is their front

// Sizes that later sections multiply are checked before memory is taken for them.
bool is_too_large(const World& world) {
  return world.selected.size() > max_actors || world.groups.size() > max_groups ||
         world.sectors.size() > max_sectors || world.authorities.size() > max_authorities ||
         world.covariates.size() > max_covariates;
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

// Lets `observed` name a file that the caller names, as seen from the working directory.
void set_history(YamlNode& tree, const std::filesystem::path& history, Sources& sources) {
  (void)sources.open(history, max_table_bytes, true);  // it is the caller's, not the scenario's
  YamlNode name;
  name.kind = YamlNode::Kind::scalar;
  name.text = history.string();
  name.mark = {sources.add(not_a_file, "", name.text), 0, 0};
  const auto at = tree.position("observed");
  if (at < tree.keys.size())
    tree.children[at] = std::move(name);
  else
    tree.insert("observed", name.mark, std::move(name));
}

// The YAML files first, then the tables, named as the scenario's folder sees them.
std::vector<SourceFile> source_files(const Sources& sources) {
  std::vector<SourceFile> list;
  const auto& own = sources[0].folder;
  for (const bool table : {false, true}) {
    for (const auto& file : sources.files()) {
      if (file.table != table || file.shown == not_a_file) continue;
      auto name = std::filesystem::path(file.shown).lexically_relative(own.lexically_normal());
      list.push_back({name.empty() ? file.shown : name.generic_string(), file.text});
    }
  }
  return list;
}

}  // namespace

Scenario load_scenario(const std::filesystem::path& path, const std::vector<std::string>& overrides,
                       const std::filesystem::path& history) {
  Sources sources;
  Problems problems(sources);
  auto tree = read_merged(scenario_file(path), sources, problems);
  if (tree.kind == YamlNode::Kind::null) problems.throw_if_any();  // nothing to go on with
  apply_overrides(tree, overrides, sources, problems);
  if (!history.empty()) set_history(tree, history, sources);
  check_form(tree, "", scenario_form(), problems);

  World world(tree, sources, problems);
  resolve(world);
  problems.throw_if_any();
  const auto broken = violations(world.model);
  for (const auto& message : broken) problems.add({}, "", message);
  problems.throw_if_any();
  world.scenario.files = source_files(sources);
  world.scenario.overrides = overrides;
  world.scenario.replacements = world.rules.replacements();
  return std::move(world.scenario);
}

}  // namespace entente
