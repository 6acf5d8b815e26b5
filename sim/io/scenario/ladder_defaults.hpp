#pragma once

#include "entente/model/ladder.hpp"

namespace entente::detail {

/// The ladders of docs/model.md, section 2, where a scenario says nothing.
[[nodiscard]] Ladder default_ladder(LadderRole role);
[[nodiscard]] AuthorityLadder default_rights_ladder();
[[nodiscard]] AuthorityLadder default_posture_ladder();

/// s_d(r) = r / (R - 1) in units of 1/240; 0 for a ladder of one rung.
[[nodiscard]] std::vector<std::uint16_t> even_heights(std::size_t rungs);

}  // namespace entente::detail
