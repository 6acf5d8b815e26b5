#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "entente/io/scenario.hpp"
#include "io/scenario/candidates.hpp"
#include "io/scenario/names.hpp"
#include "io/scenario/node.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/rules.hpp"
#include "io/scenario/scope.hpp"
#include "io/scenario/sources.hpp"

namespace entente::detail {

/// What is known while a scenario is resolved, section after section, into `scenario.model`.
/// A section reads the parts of the tree that are of the right form, reports what is wrong in their
/// meaning, and leaves defaults where it cannot go on: nothing that follows from a problem is
/// reported again, and no scenario with a problem is returned.
struct World {
  World(const YamlNode& tree, Sources& files, Problems& list);

  Place root;
  Sources& sources;
  Problems& problems;
  Scenario scenario;
  Model& model;
  bool has_calendar = false;

  Names authorities{"authorities of the scenario"};
  Names groups{"groups of the scenario"};
  Names sectors{"sectors of the scenario"};
  Names covariates{"covariates of the scenario"};
  std::array<Names, ladder_count> rungs;
  Names rights_rungs;
  Names posture_rungs;

  Candidates candidates;
  CandidateScope scope;
  RuleEvaluator rules;
  std::vector<std::uint32_t> selected;                 ///< candidate of each actor, ascending
  std::vector<std::optional<std::uint32_t>> actor_of;  ///< actor of each candidate

  /// The authority that `place.authority` names, or the only one; reports where neither is given.
  std::optional<std::uint32_t> authority(const Place& place);
  /// Actor of an id; reports an unknown one, and one that does not take part unless `lenient`.
  std::optional<std::uint32_t> actor(const std::string& id, Mark mark, const std::string& path,
                                     bool lenient);
  std::optional<std::uint32_t> actor(const Place& place) {
    return actor(place.text(), place->mark, place.path, false);
  }
};

/// Number in a place of the right form, or `fallback` where the place is empty.
[[nodiscard]] double number_or(const Place& place, double fallback);
[[nodiscard]] float float_or(const Place& place, float fallback);
[[nodiscard]] std::string text_or(const Place& place, const std::string& fallback);

/// Reads every number that a table of fields lists.
template <class Struct, class Fields>
void read_fields(const Place& place, Struct& target, const Fields& fields) {
  for (const auto& field : fields)
    target.*field.member = float_or(place.find(field.name), target.*field.member);
}

// The sections, in the order in which they are read.
void read_run(World& world);
void read_calendar(World& world);
void read_ladders(World& world);
void read_names(World& world);        ///< of sectors, groups, authorities, covariates
void read_actors(World& world);       ///< tables, selection, definition
void read_authorities(World& world);  ///< and groups: numbers that need no rules
void read_terms(World& world);
void read_parameters(World& world);  ///< variables, rules, covariates, importance, overrides
void read_initial(World& world);     ///< starting rungs and salience
void read_relations(World& world);
void read_series(World& world);
void read_events(World& world);
void read_bodies(World& world);
void read_history(World& world);

}  // namespace entente::detail
