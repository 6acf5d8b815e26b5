#pragma once

#include <array>
#include <string_view>

namespace entente::detail {

/// Root attribute that makes a file a result file, and the version that this code writes. A reader
/// of version a.b reads all files of version a.c with c <= b.
inline constexpr const char* format_attribute = "entente_format";
inline constexpr std::string_view format_version = "1.0";

/// Names of RecordLevel, in its order.
inline constexpr std::array<std::string_view, 3> level_names{"summary", "rungs", "full"};

}  // namespace entente::detail
