#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "entente/ensemble/paired.hpp"
#include "entente/ensemble/state_summary.hpp"
#include "entente/ensemble/summary.hpp"
#include "entente/io/scenario.hpp"
#include "entente/io/variant.hpp"
#include "explanation.hpp"
#include "json.hpp"

namespace entente::lab {

/// The documents that the page is told, as tools/lab/web/src/contract.ts declares them. Each
/// function writes the type of the same name there.
using cli::Json;

/// @param name   what the engine calls the scenario
/// @param knobs  list what can be turned
[[nodiscard]] Json world_document(const Scenario& scenario, const std::string& name, bool knobs);

/// @param states   null: the document says nothing of authorities, groups and bodies
/// @param variant  what the variant says of itself; of the baseline one with name `baseline` and
///                 the scenario's title
[[nodiscard]] Json outcome_document(const Model& model, const Summary& summary,
                                    const StateSummary* states, const Variant& variant);

/// @param outcome  place of the variant among the outcomes
[[nodiscard]] Json difference_document(const Model& model, const Comparison& comparison,
                                       std::size_t outcome);

/// Of the decisions that were made from the most common rung.
[[nodiscard]] Json decision_document(const Scenario& scenario, const cli::Explanation& explanation,
                                     std::size_t outcome);

/// Who drew whom to the rung that tells most of recognition, as `entente cascade` asks; of
/// engagement where nobody can recognise: simulates `replicates` of the model. Null where events
/// alter who looks at whom, and where `stop` became true before all were simulated.
[[nodiscard]] Json cascade_document(const Model& model, std::size_t outcome, std::size_t authority,
                                    std::size_t first_replicate, std::size_t replicates,
                                    const std::atomic<bool>* stop = nullptr);

/// What a result file of a run or a what-if holds (Results); its `run` is empty.
///
/// @throws FileError   no result file, damaged, or of a study
[[nodiscard]] Json results_document(const std::filesystem::path& result);

/// All that a report shows of a result file of a run or a what-if (Bundle). What the file does not
/// hold (decisions and cascades of the baseline) is simulated again from its inputs, with at most
/// 64 replicates: decisions of all actors at the first step, at ends of years and at the last step.
///
/// @throws FileError   no result file, damaged, without replicates, or of a study
[[nodiscard]] Json bundle_document(const std::filesystem::path& result);

}  // namespace entente::lab
