#pragma once

#include <cstddef>

#include "entente/model/model.hpp"

namespace entente::test {

/// A small world in which everything acts: five actors (one without friends, one without rivals;
/// their entities leave gaps), two groups, two sectors, every term of the registry at its defaults,
/// one covariate, a series, events of every kind of target, a body. Monthly steps from August 2021
/// to July 2023.
///
/// | actor | stands for | region | entity |
/// |---|---|---|---|
/// | ALF | a neighbour whose enemy is sheltered | North | 2 |
/// | BRA | a rival of ALF | South | 3 |
/// | CHA | a great power in confrontation | North | 4 |
/// | DEL | a rights-minded power, half of the world's importance | West | 9 |
/// | ECH | a small state that follows DEL | West | 17 |
///
/// @param authorities  1 or more; a second one is a rival claimant, so that exclusivity acts
[[nodiscard]] Model tiny_world(std::size_t authorities = 1);

}  // namespace entente::test
