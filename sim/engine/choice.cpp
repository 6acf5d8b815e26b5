#include "engine/choice.hpp"

#include "core/math.hpp"
#include "core/random.hpp"

namespace entente::detail {

bool choose(const ChoiceRow& row) {
  // Locals without aliases: `next` is written as bytes, which may alias anything else.
  const std::size_t size = row.size;
  const std::int32_t top = static_cast<std::int32_t>(row.rungs) - 1;
  const float inverse_temperature = row.inverse_temperature;
  const std::uint8_t* __restrict rung = row.rung;
  const float* __restrict up = row.up;
  const float* __restrict down = row.down;
  const float* __restrict opportunity = row.opportunity;
  const std::uint32_t* __restrict draws = row.draws;
  std::uint8_t* __restrict next = row.next;

  std::int32_t faults = 0;
  for (std::size_t x = 0; x < size; ++x) {
    const std::int32_t own = rung[x];
    faults += (is_utility(up[x]) & is_utility(down[x])) ? 0 : 1;
    const float above = own < top ? math::exp(up[x] * inverse_temperature) : 0.0F;
    const float below = own > 0 ? math::exp(down[x] * inverse_temperature) : 0.0F;
    const float share = opportunity[x] / (1.0F + below + above);
    const std::int32_t falls = random::from_zero(draws[x]) < share * below ? 1 : 0;
    const std::int32_t rises = random::from_one(draws[x]) < share * above ? 1 : 0;
    // At certainty rounding may let both tails meet; the order below, own, above decides.
    next[x] = static_cast<std::uint8_t>(own - falls + (rises & (falls ^ 1)));
  }
  return faults == 0;
}

}  // namespace entente::detail
