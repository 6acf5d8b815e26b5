#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace entente::detail {

/// Number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`,
/// letter case left aside.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest name within a quarter of its length (at least one edit; two from five letters on).
[[nodiscard]] std::optional<std::string> nearest(std::string_view found,
                                                 std::span<const std::string> names);

/// `'x'`, cut where it is long, with control characters spelled out.
[[nodiscard]] std::string quote(std::string_view text);

/// `a, b, c`.
[[nodiscard]] std::string join(std::span<const std::string> names);

/// `found 'x'; allowed: a, b (did you mean 'a'?)`; a long list of names is replaced by `what`.
[[nodiscard]] std::string unknown_name(std::string_view found, std::span<const std::string> names,
                                       std::string_view what, std::string_view kind = {});

}  // namespace entente::detail
