#pragma once

#include <string>

#include "entente/ensemble/outcome.hpp"

namespace entente::cli {

/// `RUNG >= NUMBER`, the rung also as `ladder.rung`; of the first authority, at the last step.
///
/// @param option  names it in errors
/// @throws UsageError  it is something else, or a rung that several ladders have
[[nodiscard]] Outcome read_outcome(const Model& model, const std::string& text,
                                   const std::string& option);

/// `at least 10 states stand on recognised`, `at least 20 states stand on mission or higher`.
[[nodiscard]] std::string outcome_text(const Model& model, const Outcome& outcome);

}  // namespace entente::cli
