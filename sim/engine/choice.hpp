#pragma once

#include <cstddef>
#include <cstdint>

#include "core/random.hpp"

namespace entente::detail {

/// False for NaN, infinities and what is about to become one.
[[nodiscard]] inline bool is_utility(float x) { return __builtin_fabsf(x) < 1e30F; }

/// One row of decisions between the rung below, the present one and the one above.
struct ChoiceRow {
  std::size_t size = 0;
  std::size_t rungs = 0;                 ///< on this ladder
  const std::uint8_t* rung = nullptr;    ///< present
  const float* up = nullptr;             ///< V(above) - V(own) [utility]
  const float* down = nullptr;           ///< V(below) - V(own) [utility]
  const float* opportunity = nullptr;    ///< probability of reconsidering [1]
  const std::uint32_t* draws = nullptr;  ///< one word each
  float inverse_temperature = 1.0F;
  std::uint8_t* next = nullptr;
};

/// Whether decision x may be a move: the probability of moving to one side is at most that of
/// reconsidering. A little more counts, so that rounding excludes nobody.
[[nodiscard]] inline bool may_move(const ChoiceRow& row, std::size_t x) {
  constexpr float margin = 1.000001F;
  const float limit = row.opportunity[x] * margin;
  const auto top = static_cast<std::int32_t>(row.rungs) - 1;
  const std::int32_t rung = row.rung[x];
  const bool falls = (random::from_zero(row.draws[x]) < limit) & (rung > 0);
  const bool rises = (random::from_one(row.draws[x]) < limit) & (rung < top);
  return falls | rises;
}

/// The same for half a draw, in integers: it moves nobody when it is this far from 0 and from
/// INT32_MAX.
[[nodiscard]] inline std::int32_t draw_limit(float opportunity) {
  // The margin covers the rounding of half a draw to a float, too.
  const float limit = opportunity * (1.000002F * 0x1p31F);
  if (!(limit > 0.0F)) return 0;
  return limit < 0x1p31F ? static_cast<std::int32_t>(limit) + 1 : INT32_MAX;
}

/// Multinomial logit with one uniform per decision: with opportunity p the option below has
/// probability p P(below), the one above p P(above), and staying the rest; the draw picks by
/// inverse CDF in the order below, own, above.
///
/// @return  false when a utility difference of a decision that may be a move is not finite; `next`
///          is then undefined
/// @source  McFadden (1974); Train (2009), Discrete Choice Methods with Simulation, ch. 3
[[nodiscard]] bool choose(const ChoiceRow& row);

}  // namespace entente::detail
