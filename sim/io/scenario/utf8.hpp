#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace entente::detail {

/// Offset of the first byte that is not part of well-formed UTF-8 text, or is a control character
/// other than tab, line feed and carriage return.
[[nodiscard]] std::optional<std::size_t> first_bad_byte(std::string_view text);

/// 1-based line and column (in characters) of a byte of well-formed text.
struct LineColumn {
  std::size_t line = 1;
  std::size_t column = 1;
};
[[nodiscard]] LineColumn line_column(std::string_view text, std::size_t offset);

}  // namespace entente::detail
