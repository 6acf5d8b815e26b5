#include "checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "io/scenario/suggest.hpp"

namespace entente::cli {
namespace {

std::optional<std::uint64_t> parse_whole(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Check whole_number(std::uint64_t least, std::uint64_t most, std::uint64_t factor) {
  return [=](const std::string& text) -> std::string {
    const auto value = parse_whole(text);
    if (value && *value >= least && *value <= most && *value % factor == 0) return "";
    const std::string kind =
        factor == 1 ? "a whole number" : fmt::format("a multiple of {}", factor);
    return fmt::format("found {}; allowed: {} from {} to {}", detail::quote(text), kind, least,
                       most);
  };
}

Check one_of(std::vector<std::string> names) {
  return [names = std::move(names)](const std::string& text) -> std::string {
    if (std::find(names.begin(), names.end(), text) != names.end()) return "";
    return detail::unknown_name(text, names, detail::join(names));
  };
}

}  // namespace entente::cli
