#include "model/findings.hpp"

#include <algorithm>
#include <cstdio>

namespace entente::detail {
namespace {

std::string range_text(float min, float max) {
  if (min <= -largest_float && max >= largest_float) return "finite numbers";
  if (max >= largest_float) return text(min) + " or more";
  return text(min) + " to " + text(max);
}

}  // namespace

std::string text(float value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.9g", static_cast<double>(value));
  return buffer;
}

std::string item(std::string_view list, std::size_t i) {
  return std::string(list) + '[' + std::to_string(i) + ']';
}

void Findings::report(std::string_view path, const std::string& found, std::string_view allowed) {
  messages_.push_back(std::string(path) + ": found " + found +
                      "; allowed: " + std::string(allowed));
}

bool Findings::number(std::string_view path, float value, float min, float max) {
  const bool fits = value >= min && value <= max;  // false for NaN
  if (!fits) report(path, text(value), range_text(min, max));
  return fits;
}

bool Findings::finite(std::string_view path, float value) {
  return number(path, value, -largest_float, largest_float);
}

bool Findings::positive(std::string_view path, float value) {
  const bool fits = value > 0.0F && value <= largest_float;
  if (!fits) report(path, text(value), "above 0");
  return fits;
}

bool Findings::whole(std::string_view path, float value, float min, float max) {
  if (!number(path, value, min, max)) return false;
  const bool fits = static_cast<float>(static_cast<int>(value)) == value;
  if (!fits) report(path, text(value), "whole numbers");
  return fits;
}

bool Findings::bounds(std::string_view path, float low, float high) {
  const bool fits = low <= high;
  if (!fits) report(path, text(low) + " to " + text(high), "a range that is not empty");
  return fits;
}

bool Findings::size(std::string_view path, std::size_t found, std::size_t wanted) {
  if (found != wanted) report(path, "size " + text(found), text(wanted));
  return found == wanted;
}

bool Findings::below(std::string_view path, std::uint64_t value, std::uint64_t count) {
  if (value >= count) report(path, text(value), "below " + text(count));
  return value < count;
}

void Findings::unique_names(std::string_view path, std::vector<std::string_view> names) {
  std::sort(names.begin(), names.end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) {
      report(path, "an empty name", "a name");
    } else if (i > 0 && names[i] == names[i - 1]) {
      report(path, "'" + std::string(names[i]) + "' twice", "once");
    }
  }
}

void Findings::unique_numbers(std::string_view path, std::string_view what,
                              std::vector<std::uint32_t> numbers) {
  std::sort(numbers.begin(), numbers.end());
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i] == numbers[i - 1]) {
      report(path, std::string(what) + ' ' + text(numbers[i]) + " twice", "once");
    }
  }
}

}  // namespace entente::detail
