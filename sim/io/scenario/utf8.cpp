#include "io/scenario/utf8.hpp"

#include <cstdint>

namespace entente::detail {

namespace {

std::uint8_t byte(std::string_view text, std::size_t k) {
  return static_cast<std::uint8_t>(text[k]);
}

// Length of the well-formed character that starts at `k`; 0 where there is none (RFC 3629).
std::size_t character_length(std::string_view text, std::size_t k) {
  const auto first = byte(text, k);
  if (first < 0x80U) return first >= 0x20U || first == '\t' || first == '\n' || first == '\r';
  const std::size_t length = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
  if (first < 0xC2U || first > 0xF4U || k + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(text, k + i) & 0xC0U) != 0x80U) return 0;
  const auto second = byte(text, k + 1);
  const bool overlong = (first == 0xE0U && second < 0xA0U) || (first == 0xF0U && second < 0x90U);
  const bool surrogate = first == 0xEDU && second > 0x9FU;
  const bool too_large = first == 0xF4U && second > 0x8FU;
  return overlong || surrogate || too_large ? 0 : length;
}

}  // namespace

std::optional<std::size_t> first_bad_byte(std::string_view text) {
  for (std::size_t k = 0; k < text.size();) {
    const auto length = character_length(text, k);
    if (length == 0) return k;
    k += length;
  }
  return std::nullopt;
}

LineColumn line_column(std::string_view text, std::size_t offset) {
  LineColumn place;
  for (std::size_t k = 0; k < offset && k < text.size(); ++k) {
    if (text[k] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((byte(text, k) & 0xC0U) != 0x80U) {
      ++place.column;
    }
  }
  return place;
}

}  // namespace entente::detail
