#pragma once

#include <cstddef>
#include <cstdint>

#include "entente/model/model.hpp"

namespace entente::bench {

/// What it costs to climb or descend the whole ladder [utility]: with the first of them 59 % of the
/// decisions of the reference workload are changes, with the second 1.7 %.
inline constexpr float lively = 0.8F;
inline constexpr float sticky = 23.0F;

/// The reference workload's agents in a world of any size: each looks at 50 others, chosen at
/// random, instead of at all. One ladder of six rungs, where everyone starts on a random one.
[[nodiscard]] Model sparse_world(std::size_t actors, std::uint32_t steps, float switching);

}  // namespace entente::bench
