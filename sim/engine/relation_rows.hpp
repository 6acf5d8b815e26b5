#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "entente/model/relation.hpp"

namespace entente::detail {

/// A relation by row, in the layouts that whole sums are computed from.
struct RelationRows {
  struct Entry {
    std::uint32_t column;
    std::int32_t weight;  ///< in units of 2^-15
  };

  RelationRows() = default;
  explicit RelationRows(const Relation& relation);

  std::vector<std::size_t> start;  ///< (N + 1), into `entries`
  std::vector<Entry> entries;
  /// Dense, two columns to a word of two int16, rows of (N + 1) / 2 words; empty where the relation
  /// is sparse or an entry is too large for int16.
  std::vector<std::int32_t> pairs;
};

}  // namespace entente::detail
