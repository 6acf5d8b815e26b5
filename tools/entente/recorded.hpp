#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "decision.hpp"
#include "entente/io/scenario.hpp"

namespace entente::cli {

struct ReplicateRange {
  std::size_t first = 0;
  std::size_t count = 0;
};

/// The replicates that a result file holds; those that a scenario asks for.
[[nodiscard]] ReplicateRange replicates_in(const std::string& source, const Scenario& scenario);

/// Rung of the question's actor at the end of its step, by replicate, as a result file has it.
/// Empty for a scenario and for a file of level summary.
[[nodiscard]] std::map<std::size_t, Rung> recorded_rungs(const std::string& source,
                                                         const Model& model,
                                                         const Question& question);

}  // namespace entente::cli
