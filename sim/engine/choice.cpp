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
    const std::uint32_t draw = row.draws[x];
    // Both are computed, then chosen from: lanes have no branches.
    const float e_above = math::exp(row.up[x] * row.inverse_temperature);
    const float e_below = math::exp(row.down[x] * row.inverse_temperature);
    const float above = own < top ? e_above : 0.0F;
    const float below = own > 0 ? e_below : 0.0F;
    const float share = row.opportunity[x] / (1.0F + below + above);
    const std::int32_t falls = random::from_zero(draw) < share * below ? 1 : 0;
    const std::int32_t rises = random::from_one(draw) < share * above ? 1 : 0;
    const bool sound = is_utility(row.up[x]) & is_utility(row.down[x]);
    // At certainty rounding may let both tails meet; the order below, own, above decides.
    const std::int32_t next = own - falls + (rises & (falls ^ 1));
    const bool faulty = !sound & may_move(row, x);
    row.next[x] = static_cast<std::uint8_t>(faulty ? fault : next);
  });
  return std::memchr(row.next, fault, row.size) == nullptr;
}

}  // namespace entente::detail
