#pragma once

#include <cstdint>
#include <vector>

#include "io/scenario/candidates.hpp"
#include "io/scenario/node.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

/// Candidates that a selector names, ascending: `all`, an id, a list of ids, or a mapping of ids,
/// org, region, subregion, less `except`.
[[nodiscard]] std::vector<std::uint32_t> select_candidates(const Place& place,
                                                           const Candidates& candidates,
                                                           Problems& problems);

/// Actors that a selector names, ascending. One that takes no part, named by id, and a selector
/// that names nobody are problems.
[[nodiscard]] std::vector<std::uint32_t> select_actors(const Place& place, World& world);

/// All actors where there is no selector.
[[nodiscard]] std::vector<std::uint32_t> select_actors_or_all(const Place& place, World& world);

}  // namespace entente::detail
