#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace entente::detail {

/// Root attribute that makes a file a result file, and the version that this code writes. A reader
/// of version a.b reads all files of version a.c with c <= b.
inline constexpr const char* format_attribute = "entente_format";
inline constexpr std::string_view format_version = "1.0";

/// Names of RecordLevel, in its order.
inline constexpr std::array<std::string_view, 3> level_names{"summary", "rungs", "full"};

/// Root attribute that says what a file holds.
inline constexpr const char* kind_attribute = "kind";

/// What a file holds.
enum class FileKind : std::uint8_t { run, whatif, study };

struct KindText {
  std::string_view name;     ///< in the file
  std::string_view command;  ///< that writes it
  std::string_view meaning;
  std::string_view readers;  ///< commands for it
};

/// In the order of FileKind.
inline constexpr std::array<KindText, 3> kind_texts{
    {{"run", "run", "a run", "`entente run`, `explain`, `cascade` and `export`"},
     {"whatif", "whatif", "a what-if", "`entente run`, `explain`, `cascade` and `export`"},
     {"study", "sweep", "the points of a study", "`entente analyse` and `export`"}}};

[[nodiscard]] constexpr const KindText& text_of(FileKind kind) {
  return kind_texts[static_cast<std::size_t>(kind)];
}

}  // namespace entente::detail
