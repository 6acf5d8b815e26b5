#include "engine/choice.hpp"

#include "core/math.hpp"
#include "core/random.hpp"

namespace entente::detail {

bool choose(const ChoiceRow& row) {
  constexpr float largest = 1e30F;
  const auto top = static_cast<std::uint8_t>(row.rungs - 1);
  std::int32_t faults = 0;
  for (std::size_t x = 0; x < row.size; ++x) {
    const float up = row.up[x];
    const float down = row.down[x];
    // Written so that NaN counts as a fault.
    faults += (up > -largest && up < largest && down > -largest && down < largest) ? 0 : 1;
    const float above = row.rung[x] < top ? math::exp(up * row.inverse_temperature) : 0.0F;
    const float below = row.rung[x] > 0 ? math::exp(down * row.inverse_temperature) : 0.0F;
    const float share = row.opportunity[x] / (1.0F + below + above);
    const std::int32_t falls = random::from_zero(row.draws[x]) < share * below ? 1 : 0;
    const std::int32_t rises = random::from_one(row.draws[x]) < share * above ? 1 : 0;
    // At certainty rounding may let both tails meet; the order below, own, above decides.
    const std::int32_t step = falls != 0 ? -1 : rises;
    row.next[x] = static_cast<std::uint8_t>(row.rung[x] + step);
  }
  return faults == 0;
}

}  // namespace entente::detail
