#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "entente/core/calendar.hpp"

namespace entente::detail {

/// A finite decimal number that takes up the whole text; `1e3`, `.5` and `+2` are numbers, `nan`,
/// `inf` and `0x10` are not.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// A whole number; `1e3` and `1000.0` are not.
[[nodiscard]] std::optional<std::uint64_t> parse_integer(std::string_view text);

/// `true`, `false`, `yes`, `no`, also capitalised.
[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);

/// `6 months`: a whole number from 1 on and a unit.
struct Duration {
  std::uint32_t number = 0;
  StepUnit unit = StepUnit::month;
};
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);

/// The day that lies a duration after `from`; the last of the month where the day does not exist.
[[nodiscard]] Date advance(Date from, const Duration& duration);

}  // namespace entente::detail
