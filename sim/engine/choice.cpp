#include "engine/choice.hpp"

#include <cstring>

#include "core/lanes.hpp"
#include "core/math.hpp"
#include "entente/model/ladder.hpp"

namespace entente::detail {
namespace {

/// What `choose` writes where a utility is not finite.
constexpr std::uint8_t fault = 255;
static_assert(fault >= max_rungs);

}  // namespace

bool choose(const ChoiceRow& row) {
  const auto top = static_cast<std::int32_t>(row.rungs) - 1;
  lanes::each(row.size, [=](std::size_t x) {
    const std::int32_t own = row.rung[x];
    const float up = row.up[x];
    const float down = row.down[x];
    // Both are computed, then chosen from: lanes have no branches.
    const float e_above = math::exp(up * row.inverse_temperature);
    const float e_below = math::exp(down * row.inverse_temperature);
    const float above = own < top ? e_above : 0.0F;
    const float below = own > 0 ? e_below : 0.0F;
    const float share = row.opportunity[x] / (1.0F + below + above);
    const std::int32_t falls = random::from_zero(row.draws[x]) < share * below ? 1 : 0;
    const std::int32_t rises = random::from_one(row.draws[x]) < share * above ? 1 : 0;
    // At certainty rounding may let both tails meet; the order below, own, above decides.
    const std::int32_t next = own - falls + (rises & (falls ^ 1));
    row.next[x] = static_cast<std::uint8_t>(is_utility(up) & is_utility(down) ? next : fault);
  });
  // Draws that move nobody need no utility.
  for (std::size_t x = 0; x < row.size; ++x) {
    const void* found = std::memchr(row.next + x, fault, row.size - x);
    if (found == nullptr) break;
    x = static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - row.next);
    if (may_move(row, x)) return false;
    row.next[x] = row.rung[x];
  }
  return true;
}

}  // namespace entente::detail
