#pragma once

namespace entente::detail {

/// The double with the fewest digits that becomes this float again: 0.1, not 0.10000000149011612.
[[nodiscard]] double shortest(float value);

}  // namespace entente::detail
