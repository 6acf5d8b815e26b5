#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace entente::lab {

/// What stands before the body of an HTTP request, as it came over the wire. Nothing is decoded.
struct Head {
  std::string method;
  std::string path;                                         ///< of the target, up to `?`
  std::string query;                                        ///< behind it
  std::vector<std::pair<std::string, std::string>> fields;  ///< names in lower case

  /// Value of a field; null where there is none.
  [[nodiscard]] const std::string* find(std::string_view name) const;
};

/// Most bytes of a head, and most fields of one.
inline constexpr std::size_t max_head_bytes = 16 * 1024;
inline constexpr std::size_t max_head_fields = 64;

/// Length of the head that a text begins with, its empty line included; nothing while it goes on.
[[nodiscard]] std::optional<std::size_t> head_length(std::string_view text);

/// Reads a head more strictly than the standard demands: HTTP/1.1, a path as the target, lines that
/// end in CR LF, printable ASCII, no field folded over lines, and none of those that decide how a
/// request is read or whom it is from twice. Nothing where it is not so.
///
/// @param text  up to its empty line, that included
[[nodiscard]] std::optional<Head> parse_head(std::string_view text);

}  // namespace entente::lab
