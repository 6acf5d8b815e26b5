#pragma once

#include <cstdint>
#include <optional>

#include "engine/tile.hpp"

namespace entente::detail {

/// Brings the peer sums and the recognition share up to date with a move of one actor on one
/// ladder, in place: `after` replaces its rungs (lanes). Exact integer arithmetic.
void move_rungs(const CompiledModel& m, Tile& tile, std::size_t authority, LadderRole ladder,
                std::size_t actor, const Rung* after);

/// How peer sums come up to date after a step. All ways give the same integers.
enum class PeerWay : std::uint8_t {
  incremental,  ///< each mover changes the sums of those who look at it
  sparse,       ///< every sum from the entries of its row
  dense         ///< a matrix product; where the relation is dense
};

/// Takes over all of `next_rungs` at once (the end of a synchronous step).
///
/// @param way  for tests; chosen by the share of changes if absent, or not possible
void commit_rungs(const CompiledModel& m, Tile& tile, std::optional<PeerWay> way = {});

}  // namespace entente::detail
