#pragma once

#include <cstddef>
#include <optional>

#include "entente/ensemble/genealogy.hpp"
#include "lab/page/parts.hpp"

namespace entente::lab {

/// What the page asks of who tipped whom: the rung that tells most of recognition, or of engagement
/// where nobody can recognise. Nothing where events alter who looks at whom.
[[nodiscard]] std::optional<CascadeTarget> cascade_target(const Simulation& simulation,
                                                          std::size_t authority);

/// `Cascade`.
[[nodiscard]] Json cascade_json(const Genealogy& genealogy, const CascadeTarget& target,
                                std::size_t outcome);

}  // namespace entente::lab
