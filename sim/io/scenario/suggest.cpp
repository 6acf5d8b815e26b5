#include "io/scenario/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

namespace entente::detail {

namespace {

constexpr std::size_t longest_name = 64;  // nobody mistypes a name beyond that length
constexpr std::size_t most_listed = 30;

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t k = 0; k <= b.size(); ++k) last[k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const bool same = lower(a[i - 1]) == lower(b[k - 1]);
      row[k] = std::min({last[k] + 1, row[k - 1] + 1, last[k - 1] + (same ? 0U : 1U)});
      if (i > 1 && k > 1 && lower(a[i - 1]) == lower(b[k - 2]) &&
          lower(a[i - 2]) == lower(b[k - 1]))
        row[k] = std::min(row[k], before_last[k - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::optional<std::string> nearest(std::string_view found, std::span<const std::string> names) {
  if (found.size() > longest_name) return std::nullopt;
  const std::size_t reach = std::max<std::size_t>(found.size() >= 5 ? 2 : 1, found.size() / 4);
  std::optional<std::string> best;
  std::size_t distance = reach + 1;
  for (const auto& name : names) {
    if (name.size() > found.size() + reach || found.size() > name.size() + reach) continue;
    const auto d = edit_distance(found, name);
    if (d < distance && d < std::max(found.size(), name.size())) {
      distance = d;
      best = name;
    }
  }
  return best;
}

std::string quote(std::string_view text) {
  std::string shown = "'";
  for (const char c : text.substr(0, longest_name)) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    else
      shown += c;
  }
  if (text.size() > longest_name) {
    // Never cut through a character of several bytes.
    while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0xC0U) == 0x80U)
      shown.pop_back();
    if (static_cast<unsigned char>(shown.back()) >= 0xC0U) shown.pop_back();
    shown += "...";
  }
  return shown + '\'';
}

std::string join(std::span<const std::string> names) {
  return fmt::format("{}", fmt::join(names.begin(), names.end(), ", "));
}

std::string unknown_name(std::string_view found, std::span<const std::string> names,
                         std::string_view what, std::string_view kind) {
  auto message =
      fmt::format("found {}{}{}; allowed: ", kind, kind.empty() ? "" : " ", quote(found));
  if (names.empty())
    message += fmt::format("nothing ({}: there is none)", what);
  else if (names.size() <= most_listed)
    message += join(names);
  else
    message += what;
  if (const auto name = nearest(found, names))
    message += fmt::format(" (did you mean '{}'?)", *name);
  return message;
}

}  // namespace entente::detail
