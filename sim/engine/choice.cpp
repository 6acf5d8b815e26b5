#include "engine/choice.hpp"

#include "core/lanes.hpp"
#include "core/math.hpp"
#include "core/random.hpp"

namespace entente::detail {

bool choose(const ChoiceRow& row) {
  const auto top = static_cast<std::int32_t>(row.rungs) - 1;
  lanes::each(row.size, [=](std::size_t x) {
    const std::int32_t own = row.rung[x];
    // Both are computed, then chosen from: lanes have no branches.
    const float e_above = math::exp(row.up[x] * row.inverse_temperature);
    const float e_below = math::exp(row.down[x] * row.inverse_temperature);
    const float above = own < top ? e_above : 0.0F;
    const float below = own > 0 ? e_below : 0.0F;
    const float share = row.opportunity[x] / (1.0F + below + above);
    const std::int32_t falls = random::from_zero(row.draws[x]) < share * below ? 1 : 0;
    const std::int32_t rises = random::from_one(row.draws[x]) < share * above ? 1 : 0;
    // At certainty rounding may let both tails meet; the order below, own, above decides.
    row.next[x] = static_cast<std::uint8_t>(own - falls + (rises & (falls ^ 1)));
  });
  std::int32_t faults = 0;
  for (std::size_t x = 0; x < row.size; ++x) {
    faults += is_utility(row.up[x]) ? 0 : 1;
    faults += is_utility(row.down[x]) ? 0 : 1;
  }
  return faults == 0;
}

}  // namespace entente::detail
