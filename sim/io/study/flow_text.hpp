#pragma once

#include <string>
#include <string_view>

#include "io/scenario/node.hpp"

namespace entente::detail {

/// A node as YAML in one line, such as `{a: [1, two], b: "3"}`, that reads as the same node.
[[nodiscard]] std::string flow_text(const YamlNode& node);

/// A text as YAML that reads as this text, quoted where it has to be.
[[nodiscard]] std::string flow_text(std::string_view text);

}  // namespace entente::detail
