#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "entente/model/ladder.hpp"

namespace entente::detail {

/// One number per rung, to be captured by a kernel.
using RungTable = std::array<float, max_rungs>;

/// table[rung] for a ladder of at most `rungs` rungs, of 32-bit values. In bits, from the bottom
/// up: each rung that is reached changes what the rung below gave. No branches and no addresses,
/// which lanes do not have each for itself.
///
/// @param table  `rungs` values, those beyond the ladder's own of no account
template <std::size_t rungs, class T>
[[nodiscard]] inline T look_up(const T* table, std::int32_t rung) {
  const auto bits = [&](std::size_t r) { return std::bit_cast<std::int32_t>(table[r]); };
  std::int32_t value = bits(0);
#pragma GCC unroll 16
  for (std::size_t r = 1; r < rungs; ++r) {
    const std::int32_t reached = -static_cast<std::int32_t>(rung >= static_cast<std::int32_t>(r));
    value ^= (bits(r) ^ bits(r - 1)) & reached;
  }
  return std::bit_cast<T>(value);
}

template <std::size_t rungs, class T>
[[nodiscard]] inline T look_up(const std::array<T, max_rungs>& table, std::int32_t rung) {
  return look_up<rungs>(table.data(), rung);
}

/// Calls body(std::integral_constant) with the smallest size of ladder for which there is code and
/// that holds `rungs`.
template <class Body>
void with_rungs(std::size_t rungs, const Body& body) {
  switch (rungs) {
    case 1:
    case 2:
      return body(std::integral_constant<std::size_t, 2>{});
    case 3:
      return body(std::integral_constant<std::size_t, 3>{});
    case 4:
      return body(std::integral_constant<std::size_t, 4>{});
    case 5:
      return body(std::integral_constant<std::size_t, 5>{});
    case 6:
      return body(std::integral_constant<std::size_t, 6>{});
    case 7:
    case 8:
      return body(std::integral_constant<std::size_t, 8>{});
    default:
      return body(std::integral_constant<std::size_t, max_rungs>{});
  }
}

}  // namespace entente::detail
