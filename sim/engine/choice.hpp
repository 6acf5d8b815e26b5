#pragma once

#include <cstddef>
#include <cstdint>

namespace entente::detail {

/// False for NaN, infinities and what is about to become one.
[[nodiscard]] inline bool is_utility(float x) { return x > -1e30F && x < 1e30F; }

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

/// Multinomial logit with one uniform per decision: with opportunity p the option below has
/// probability p P(below), the one above p P(above), and staying the rest; the draw picks by
/// inverse CDF in the order below, own, above.
///
/// @return  false when a utility difference is not finite; `next` is then undefined
/// @source  McFadden (1974); Train (2009), Discrete Choice Methods with Simulation, ch. 3
[[nodiscard]] bool choose(const ChoiceRow& row);

}  // namespace entente::detail
