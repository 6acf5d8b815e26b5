#pragma once

#include <vector>

#include "ensemble/replicate_view.hpp"
#include "entente/ensemble/measures.hpp"

namespace entente::detail {

/// Appends the values of a measure, one per column.
void append_values(const MeasureKind& kind, const ReplicateView& replicate,
                   std::vector<double>& values);

}  // namespace entente::detail
