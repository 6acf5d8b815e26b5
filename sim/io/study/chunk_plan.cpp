#include <algorithm>
#include <limits>
#include <stdexcept>

#include "entente/io/chunk_store.hpp"

namespace entente {

std::uint64_t ChunkPlan::chunks() const noexcept {
  return rows / rows_per_chunk + (rows % rows_per_chunk != 0 ? 1 : 0);
}

std::uint64_t ChunkPlan::first_row(std::uint64_t index) const {
  if (index >= chunks()) throw std::invalid_argument("there is no such chunk");
  return index * rows_per_chunk;
}

std::uint64_t ChunkPlan::rows_in(std::uint64_t index) const {
  return std::min(rows_per_chunk, rows - first_row(index));
}

Chunk ChunkPlan::blank(std::uint64_t index) const {
  Chunk chunk{index, first_row(index), rows_in(index), {}, {}};
  chunk.values.assign(chunk.rows * columns.size(), std::numeric_limits<double>::quiet_NaN());
  return chunk;
}

}  // namespace entente
