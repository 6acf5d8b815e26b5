#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cases.hpp"
#include "entente/estimate/design.hpp"
#include "entente/estimate/fit.hpp"
#include "entente/estimate/goodness.hpp"

namespace entente::cli {

/// How well histories that a fitted model makes look like the one on record, of one ladder.
struct LadderGoodness {
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  std::vector<GoodnessOfFit> statistics;
  std::vector<Placement> placements;  ///< most misplaced actors first
};

/// Simulates a case from its start, with all its events and the fitted coefficients. A ladder is
/// judged towards every authority for which decisions are on record.
///
/// @param coefficients  of the case's design
/// @param values        of these
/// @param fit           for the dispositions of its first history
/// @param replicates    at least 2
[[nodiscard]] std::vector<LadderGoodness> judge_fit(const Case& one,
                                                    const std::vector<Coefficient>& coefficients,
                                                    const std::vector<double>& values,
                                                    const Fit& fit, std::size_t replicates,
                                                    std::size_t threads);

/// As text, and as the JSON value of the key `goodness`.
[[nodiscard]] std::string goodness_text(const Model& model,
                                        const std::vector<LadderGoodness>& ladders,
                                        std::size_t replicates);
[[nodiscard]] nlohmann::ordered_json goodness_json(const Model& model,
                                                   const std::vector<LadderGoodness>& ladders,
                                                   std::size_t replicates);

}  // namespace entente::cli
