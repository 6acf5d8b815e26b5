#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "entente/ensemble/state_summary.hpp"
#include "entente/ensemble/summary.hpp"
#include "entente/io/result_tables.hpp"
#include "entente/io/variant.hpp"
#include "lab/page/parts.hpp"

// What outcomes are told from, whether it was simulated just now or stands in a file.

namespace entente::lab {

/// A number over replicates, by step.
struct Band {
  std::vector<double> mean, low, high;
  std::vector<double> inner_low, inner_high;  ///< empty: not known
};

struct LadderTable {
  std::vector<std::uint64_t> standing;  ///< replicates with the actor on the rung, (T, N, rungs)
  std::vector<Band> counts;             ///< of rungs 1, 2, ...: actors at or above
};

struct AuthorityTable {
  std::array<LadderTable, ladder_count> ladders;
  std::vector<std::uint64_t> rights;                 ///< replicates on the rung, (T, rungs)
  std::vector<std::vector<std::uint64_t>> postures;  ///< likewise by group
  std::vector<Band> states;                          ///< by AuthorityState
};

struct OutcomeTable {
  std::size_t replicates = 0;
  bool surroundings = false;  ///< whether authorities, groups and bodies are known
  std::vector<AuthorityTable> authorities;
  std::vector<Band> activity;                      ///< by group
  std::vector<std::vector<std::uint64_t>> bodies;  ///< replicates that say yes, by body and step
};

/// @param states  null: not known
[[nodiscard]] OutcomeTable table_of(const Model& model, const Summary& summary,
                                    const StateSummary* states);

/// The baseline of a result file.
///
/// @throws FileError  it does not hold what it should
[[nodiscard]] OutcomeTable table_of(const Model& model, const ResultTables& file,
                                    std::size_t replicates);
/// The variants of the file of a what-if.
[[nodiscard]] std::vector<OutcomeTable> variant_tables(const Model& model, const ResultTables& file,
                                                       std::size_t replicates,
                                                       std::size_t variants);

/// `Outcome`.
///
/// @param events  `Event[]` of its world
[[nodiscard]] Json outcome_json(const Model& model, const OutcomeTable& table,
                                const Variant& variant, Json events);

/// What lies between mean and 1.64 standard deviations, within the range of the number: nine tenths
/// of a normal distribution. Quantiles are not in result files.
void add_step(Band& band, const Spread& spread, double least, double most);

}  // namespace entente::lab
