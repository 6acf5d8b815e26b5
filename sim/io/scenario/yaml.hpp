#pragma once

#include <cstddef>
#include <cstdint>

#include "io/scenario/node.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/sources.hpp"

namespace entente::detail {

inline constexpr std::size_t max_yaml_bytes = std::size_t{4} << 20;
inline constexpr std::size_t max_yaml_depth = 64;

/// Reads the one YAML document of a source into a tree. Aliases are expanded under the depth above,
/// the number of nodes that `sources` allow, and `max_yaml_bytes` of texts and keys more than the
/// file has: these are met before memory is taken. A duplicate key, a tag, a key that is no scalar,
/// a second document, and text that is not UTF-8 are problems.
///
/// @return  the tree as far as it goes; a null node where the text is not YAML at all
[[nodiscard]] YamlNode parse_yaml(const Sources& sources, std::uint32_t file, Problems& problems);

}  // namespace entente::detail
