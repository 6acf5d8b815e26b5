#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "entente/ensemble/paired.hpp"
#include "entente/io/result_tables.hpp"
#include "lab/page/parts.hpp"

// What differences are told from, whether they were simulated just now or stand in a file.

namespace entente::lab {

/// Actors at or above a rung, variant less baseline, by step.
struct CountDifferenceTable {
  std::vector<double> difference, low, high, followers;
};

struct LadderDifferenceTable {
  std::vector<CountDifferenceTable> counts;    ///< of rungs 1, 2, ...
  std::vector<std::uint8_t> forced;            ///< by actor
  std::vector<double> changed, higher, lower;  ///< by actor: share of pairs
};

struct DifferenceTable {
  std::size_t pairs = 0;
  std::optional<std::uint32_t> first_difference;
  std::vector<std::array<LadderDifferenceTable, ladder_count>> authorities;
};

[[nodiscard]] DifferenceTable table_of(const Model& model, const Comparison& comparison);

/// Those of the file of a what-if, by variant.
///
/// @throws FileError  it does not hold what it should
[[nodiscard]] std::vector<DifferenceTable> difference_tables(const Model& model,
                                                             const ResultTables& file,
                                                             std::size_t pairs,
                                                             std::size_t variants);

/// `Difference`.
[[nodiscard]] Json difference_json(const DifferenceTable& table, std::size_t outcome);

}  // namespace entente::lab
