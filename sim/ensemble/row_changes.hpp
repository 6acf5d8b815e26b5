#pragma once

#include <algorithm>
#include <cstddef>

#include "entente/model/model.hpp"

namespace entente::detail {

/// Whether an event or a body may change an actor's row of a relation.
///
/// @param space  Space::alignment or Space::rivalry
inline bool may_change_row(const Model& model, Space space, std::size_t row) {
  const auto alters = [&](const auto& source) {
    return std::any_of(source.changes.begin(), source.changes.end(), [&](const Change& change) {
      return change.space == space &&
             std::any_of(change.indices.begin(), change.indices.end(),
                         [&](auto index) { return index / model.actors.size() == row; });
    });
  };
  return std::any_of(model.events.begin(), model.events.end(), alters) ||
         std::any_of(model.bodies.begin(), model.bodies.end(), alters);
}

}  // namespace entente::detail
