#include "engine/relation_rows.hpp"

#include <algorithm>

namespace entente::detail {
namespace {

/// Zeros cost a dense sum as much as other entries; below one in eight the sparse sum is faster.
constexpr std::size_t least_density = 8;

}  // namespace

RelationRows::RelationRows(const Relation& relation) {
  const std::size_t n = relation.actors();
  start.assign(n + 1, 0);
  std::int32_t largest = 0;
  for (std::size_t j = 0; j < n; ++j) {
    for (const auto& entry : relation.column(j)) {
      ++start[entry.row + 1];
      largest = std::max(largest, entry.weight);
    }
  }
  for (std::size_t i = 0; i < n; ++i) start[i + 1] += start[i];
  entries.resize(relation.nonzeros());
  auto next = start;
  for (std::size_t j = 0; j < n; ++j) {
    for (const auto& entry : relation.column(j)) {
      entries[next[entry.row]++] = {static_cast<std::uint32_t>(j), entry.weight};
    }
  }
  if (relation.nonzeros() * least_density < n * n || largest > INT16_MAX) return;
  const std::size_t words = (n + 1) / 2;
  pairs.assign(n * words, 0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t e = start[i]; e < start[i + 1]; ++e) {
      const auto [column, weight] = entries[e];
      pairs[i * words + column / 2] |= weight << (column % 2 * 16);
    }
  }
}

}  // namespace entente::detail
