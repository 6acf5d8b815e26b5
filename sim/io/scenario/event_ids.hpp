#pragma once

#include <string>
#include <vector>

#include "io/scenario/node.hpp"

namespace entente::detail {

/// The id of every event of a list: the one that it states, or a readable one made from its date
/// and first change (`2024-03-22 add salience`, then `2024-03-22 add salience #2`).
[[nodiscard]] std::vector<std::string> event_ids(const std::vector<YamlNode>& events);

}  // namespace entente::detail
