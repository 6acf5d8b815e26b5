#pragma once

#include <string>
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

}  // namespace entente::detail
