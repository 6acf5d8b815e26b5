#pragma once

#include <string>
#include <vector>

#include "io/scenario/node.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/sources.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

/// Turns events in words, such as `2026-03 recognise CHN,UZB; 2026-06 add salience 1 isis_k RUS`
/// (docs/scenario-format.md, "Variants"), into the nodes that would stand for them in a file, so
/// that the same checks apply. Text that starts with `{` is one event in YAML.
///
/// @param world  a scenario whose ladders have been read: rungs decide what words mean
/// @return       the events that could be understood; what could not be is reported under the text
[[nodiscard]] std::vector<YamlNode> read_inline_events(const std::string& text, const World& world,
                                                       Sources& sources, Problems& problems);

}  // namespace entente::detail
