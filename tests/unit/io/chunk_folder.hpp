#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "entente/io/chunk_store.hpp"
#include "result_folder.hpp"

namespace entente::test {

/// Tests with a folder of chunks whose rows are known.
class ChunkFolder : public ResultFolder {
 protected:
  static constexpr const char* identity = "title: Tiny\nseed: 7\nreplicates: 64\n";

  /// Five chunks, the last one shorter.
  static ChunkPlan plan() { return {23, 5, {"mean", "quantile 0.95"}}; }
  [[nodiscard]] ChunkStore store(const ChunkPlan& plan = ChunkFolder::plan()) const {
    return {path("out.parts"), identity, plan};
  }

  /// Every seventh row failed; what is hard to keep is among the others.
  static bool fails(std::uint64_t row) { return row % 7 == 3; }
  static std::string message(std::uint64_t row) { return "row " + std::to_string(row) + "\nüber"; }
  static double value(std::uint64_t row, std::size_t column) {
    using Limits = std::numeric_limits<double>;
    const double hard[] = {Limits::infinity(),
                           -Limits::infinity(),
                           -0.0,
                           0.0,
                           Limits::min(),
                           Limits::max(),
                           Limits::lowest(),
                           Limits::denorm_min(),
                           -Limits::denorm_min(),
                           0.1};
    return row < std::size(hard) ? hard[row] : std::sqrt(static_cast<double>(3 * row + column));
  }
  static Chunk done(std::uint64_t index, const ChunkPlan& plan = ChunkFolder::plan()) {
    Chunk chunk = plan.blank(index);
    const std::size_t columns = plan.columns.size();
    for (std::uint64_t row = chunk.first_row; row < chunk.first_row + chunk.rows; ++row) {
      for (std::size_t c = 0; c < columns && !fails(row); ++c) {
        chunk.values[(row - chunk.first_row) * columns + c] = value(row, c);
      }
      if (fails(row)) chunk.failures.push_back({row, message(row)});
    }
    return chunk;
  }
  /// Commits chunks in an order.
  void commit(const std::vector<std::uint64_t>& chunks) const {
    const ChunkStore folder = store();
    for (const auto index : chunks) folder.commit(done(index));
  }

  /// Expects what merged() shows to be what done() made, to the bit; gives the numbers of the rows.
  static std::vector<std::uint64_t> expect_rows(const ChunkStore& store, MergeScope scope) {
    std::vector<std::uint64_t> rows;
    store.merged(scope, [&](const ChunkRow& row) {
      rows.push_back(row.row);
      EXPECT_EQ(row.status, fails(row.row) ? RowStatus::failed : RowStatus::ok) << row.row;
      EXPECT_EQ(row.message, fails(row.row) ? message(row.row) : "");
      ASSERT_EQ(row.values.size(), store.plan().columns.size());
      for (std::size_t c = 0; c < row.values.size(); ++c) {
        const auto expected =
            fails(row.row) ? 0x7ff8000000000000U : std::bit_cast<std::uint64_t>(value(row.row, c));
        EXPECT_EQ(std::bit_cast<std::uint64_t>(row.values[c]), expected) << row.row;
      }
    });
    return rows;
  }
  static std::vector<std::uint64_t> numbers(std::uint64_t begin, std::uint64_t end) {
    std::vector<std::uint64_t> list(end - begin);
    std::iota(list.begin(), list.end(), begin);
    return list;
  }
  /// Names in the folder, in order.
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> list;
    for (const auto& entry : std::filesystem::directory_iterator(path("out.parts"))) {
      list.push_back(entry.path().filename().string());
    }
    std::sort(list.begin(), list.end());
    return list;
  }
};

}  // namespace entente::test
