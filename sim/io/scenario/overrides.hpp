#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/scenario/node.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/sources.hpp"

namespace entente::detail {

/// Applies `path=value` settings to a merged tree, in order. A path is keys and positions, such as
/// `events[2].probability`; an event may also be named by its id: `events.crocus-city.probability`.
/// Keys that are missing on the way are made. A value is YAML.
void apply_overrides(YamlNode& root, const std::vector<std::string>& overrides, Sources& sources,
                     Problems& problems);

/// A value and where in a tree it belongs.
struct Setting {
  std::vector<std::string> parts;  ///< `events[2].probability`: events, 2, probability
  YamlNode value;
  Mark mark;  ///< where it was written
};

/// The parts of a path; nothing where it is not one.
[[nodiscard]] std::optional<std::vector<std::string>> split_path(std::string_view path);

/// Reads `path=value`; reports what is no setting, under the name `shown`.
[[nodiscard]] std::optional<Setting> parse_setting(const std::string& text, std::string shown,
                                                   Sources& sources, Problems& problems);

/// Puts the value in its place.
void apply_setting(YamlNode& root, Setting setting, Problems& problems);

/// The same for a setting of the command line: `coefficients` lays its file over everything before.
void apply_override(YamlNode& root, Setting setting, Sources& sources, Problems& problems);

/// Lines and columns of what the caller typed help nobody: keeps the name of the source only.
void forget_places(YamlNode& node);

/// Says of a node, and of all in it, that it stands in `mark`.
void place_at(YamlNode& node, Mark mark);

}  // namespace entente::detail
