#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "entente/ensemble/paired.hpp"
#include "entente/io/variant.hpp"

namespace entente::cli {

/// A baseline and its variants, run on the same luck.
struct WhatIf {
  Scenario baseline;
  Summary summary;  ///< of the baseline
  std::vector<VariedScenario> variants;
  std::vector<Comparison> comparisons;  ///< by variant
  std::size_t requested = 0;
  std::size_t first_replicate = 0;
  bool interrupted = false;
  std::filesystem::path output;  ///< empty: no file
};

/// One actor at the end of the run, at or above a rung: beside the baseline.
struct Response {
  std::size_t actor = 0;
  double baseline = 0.0;  ///< probability [1]
  double variant = 0.0;
  double difference = 0.0;
  double changed = 0.0;  ///< share of pairs in which its path on the ladder differs [1]
  bool forced = false;   ///< the variant acts on its rung itself
  /// Whether it is not forced and its difference is beyond chance: by the sign test of its pairs,
  /// at 5 % for all who are not forced and differ in any pair together (Bonferroni).
  bool clear = false;
};

/// Every actor's response on a ladder, the largest difference first; equal ones by changed paths,
/// then in the model's order.
[[nodiscard]] std::vector<Response> responses(const Model& model, const Summary& baseline,
                                              const Comparison& comparison, std::size_t authority,
                                              LadderRole ladder, Rung rung);

/// The last step of each calendar year, and of longer runs some of these; the end is among them.
[[nodiscard]] std::vector<std::uint32_t> years_ends(const Calendar& calendar, std::size_t most);

/// @param all  list every actor whose path changed, not the first few
[[nodiscard]] std::string whatif_text(const WhatIf& answer, bool all);
/// One object, documented in docs/json.md.
[[nodiscard]] std::string whatif_json(const WhatIf& answer);

}  // namespace entente::cli
