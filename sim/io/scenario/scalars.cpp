#include "io/scenario/scalars.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace entente::detail {

namespace {

template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number value{};
  const auto* end = text.data() + text.size();
  const auto [at, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc{} || at != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  if (text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  const auto value = parse_whole<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::uint64_t> parse_integer(std::string_view text) {
  return parse_whole<std::uint64_t>(text);
}

std::optional<bool> parse_boolean(std::string_view text) {
  constexpr std::array truths{"true", "True", "yes", "Yes"};
  constexpr std::array lies{"false", "False", "no", "No"};
  if (std::find(truths.begin(), truths.end(), text) != truths.end()) return true;
  if (std::find(lies.begin(), lies.end(), text) != lies.end()) return false;
  return std::nullopt;
}

std::optional<Duration> parse_duration(std::string_view text) {
  const auto space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto number = parse_whole<std::uint32_t>(text.substr(0, space));
  auto name = text.substr(space + 1);
  if (name.ends_with('s')) name.remove_suffix(1);
  const auto unit = parse_step_unit(name);
  constexpr std::uint32_t longest = 4'000'000;  // in days more than the calendar has
  if (!number || *number == 0 || *number > longest || !unit) return std::nullopt;
  return Duration{*number, *unit};
}

Date advance(Date from, const Duration& duration) {
  using std::chrono::days;
  using std::chrono::months;
  using std::chrono::sys_days;
  const auto n = static_cast<int>(duration.number);
  if (duration.unit == StepUnit::day) return Date{sys_days{from} + days{n}};
  if (duration.unit == StepUnit::week) return Date{sys_days{from} + days{7 * n}};
  const int per_unit = duration.unit == StepUnit::year      ? 12
                       : duration.unit == StepUnit::quarter ? 3
                                                            : 1;
  const int most = 12 * 10'000;
  const auto to = from + months{std::min(n, most) * per_unit};
  return to.ok() ? to : Date{to.year() / to.month() / std::chrono::last};
}

}  // namespace entente::detail
