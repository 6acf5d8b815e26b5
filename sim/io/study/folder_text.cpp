#include "io/study/folder_text.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

#include "entente/core/error.hpp"
#include "io/posix_file.hpp"
#include "io/study/temporary_file.hpp"

namespace entente::detail {
namespace {

/// The text of a file; nothing where there is none.
std::optional<std::string> read_text(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open() && errno == ENOENT) return std::nullopt;
  if (!file.open()) fail_file("open the file", path, errno);
  std::string text;
  std::array<char, 1 << 16> buffer{};
  for (;;) {
    const auto count = read_bytes(file, buffer.data(), buffer.size());
    if (count < 0) fail_file("read the file", path, static_cast<int>(-count));
    if (count == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

bool inside_character(std::string_view text, std::size_t offset) {
  return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U;
}

/// The line that begins at an offset, quoted; of a long one what is around its place `at`.
std::string quoted_line(std::string_view text, std::size_t begin, std::size_t at) {
  if (begin > text.size()) return "the end";
  std::string_view line = text.substr(begin);
  line = line.substr(0, line.find('\n'));
  constexpr std::size_t before = 30, most = 80;
  std::size_t first = line.size() > most && at > before ? at - before : 0;
  while (first > 0 && inside_character(line, first)) --first;
  std::size_t last = std::min(line.size(), first + most);
  while (last > first && inside_character(line, last)) --last;
  return fmt::format("'{}{}{}'", first > 0 ? "..." : "", line.substr(first, last - first),
                     last < line.size() ? "..." : "");
}

[[noreturn]] void fail_difference(const std::filesystem::path& path, std::string_view found,
                                  std::string_view was, const std::string& what) {
  const auto [at, unused] = std::mismatch(found.begin(), found.end(), was.begin(), was.end());
  auto same = static_cast<std::size_t>(at - found.begin());
  // Where one text ends with a line of the other, they differ in the next line.
  const bool ends = same == found.size() || same == was.size();
  const std::string_view longer = found.size() > was.size() ? found : was;
  if (ends && same < longer.size() && longer[same] == '\n') ++same;
  const std::string_view before = longer.substr(0, same);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t begin = before.rfind('\n') + 1;  // npos + 1 = 0
  const auto shown = [&](std::string_view text) { return quoted_line(text, begin, same - begin); };
  throw FileError(fmt::format(
      "{}:{}: found {}, was {}; allowed: the {} that the folder was begun with, or another folder",
      path.string(), line, shown(found), shown(was), what));
}

}  // namespace

void require_text(const std::filesystem::path& path, const std::string& text,
                  const std::string& what) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (const auto was = read_text(path)) {
      if (*was != text) fail_difference(path, text, *was, what);
      return;
    }
    TemporaryFile file(path);
    file.write(text);
    if (file.create()) return;
  }
  fail_file("create the file", path, ENOENT);
}

}  // namespace entente::detail
