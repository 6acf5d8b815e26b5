#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// A row of a design that could not be computed.
struct RowFailure {
  std::uint64_t row = 0;  ///< of the design
  std::string message;

  bool operator==(const RowFailure&) const = default;
};

/// Finished rows of a design: `rows` of them from `first_row` on.
struct Chunk {
  std::uint64_t index = 0;
  std::uint64_t first_row = 0;
  std::uint64_t rows = 0;
  std::vector<double> values;        ///< shape (rows, columns), also of failed rows
  std::vector<RowFailure> failures;  ///< in the order of rows; the other rows are in order
};

/// How a design is cut into chunks: each of `rows_per_chunk` rows, the last one of what is left.
struct ChunkPlan {
  std::uint64_t rows = 0;            ///< of the design
  std::uint64_t rows_per_chunk = 1;  ///< at least 1
  std::vector<std::string> columns;  ///< names of the values of a row; one line each, not empty

  [[nodiscard]] std::uint64_t chunks() const noexcept;
  /// @throws std::invalid_argument  there is no such chunk (also of the next two)
  [[nodiscard]] std::uint64_t first_row(std::uint64_t index) const;
  [[nodiscard]] std::uint64_t rows_in(std::uint64_t index) const;
  /// A chunk without failures, its values NaN, to be filled.
  [[nodiscard]] Chunk blank(std::uint64_t index) const;

  bool operator==(const ChunkPlan&) const = default;
};

/// A chunk whose file is there but cannot be used.
struct DamagedChunk {
  std::uint64_t index = 0;
  std::filesystem::path file;
  std::string reason;  ///< such as `cut off: 100 bytes of 464`
};

/// What is still to be done.
struct MissingChunks {
  std::vector<std::uint64_t> chunks;  ///< in order; the damaged ones too
  std::vector<DamagedChunk> damaged;  ///< in order
};

enum class RowStatus : std::uint8_t { ok, failed };

/// A row as ChunkStore::merged() shows it; the views last for the call.
struct ChunkRow {
  std::uint64_t row = 0;  ///< of the design
  RowStatus status = RowStatus::ok;
  std::string_view message;        ///< why it failed; empty where it did not
  std::span<const double> values;  ///< shape (columns)
};

/// Which rows ChunkStore::merged() shows.
enum class MergeScope {
  all,      ///< every row of the design, or none
  finished  ///< those of chunks that are there and whole
};

/// A folder of finished chunks, from which nothing that was committed is lost when the program is
/// killed, the disk is full or the machine stops (docs/result-format.md, "Chunks of a study").
///
/// The folder belongs to one study, by a text, and to one plan. Several processes may use it at
/// once, also from several hosts on a shared file system, and several threads may use one object:
/// a chunk appears whole or not at all, and whoever commits it again writes the same bytes.
class ChunkStore {
 public:
  /// Opens a folder, or begins it with `identity` and `plan`, and removes the temporary files that
  /// killed processes of this host left there. A folder already begun need not be writable.
  ///
  /// @param identity  every input that decides a number, one to a line
  /// @throws FileError  the folder cannot be made or read, is a file, or was begun with another
  ///                    identity or plan; the message names the first line that differs
  /// @throws std::invalid_argument  no rows per chunk, or a name of a column that is no line
  ChunkStore(std::filesystem::path folder, const std::string& identity, ChunkPlan plan);

  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }
  [[nodiscard]] const ChunkPlan& plan() const noexcept { return plan_; }
  /// The file of a chunk: `chunk-00000012.bin` in the folder.
  ///
  /// @throws std::invalid_argument  there is no such chunk
  [[nodiscard]] std::filesystem::path file(std::uint64_t index) const;

  /// Which chunks are still to be done: those without a file, and those whose file is cut off,
  /// altered, or of another chunk, study or format. Reads every byte of the others.
  ///
  /// @throws FileError  a file cannot be read for a reason that doing it again would not cure
  [[nodiscard]] MissingChunks missing() const;
  /// The same of some chunks, such as those of one process, in the order given.
  ///
  /// @throws std::invalid_argument  there is no such chunk
  [[nodiscard]] MissingChunks missing(std::span<const std::uint64_t> chunks) const;

  /// Writes a chunk; when this returns, the chunk is on the disk. Values come back bit for bit, but
  /// every NaN as the same one.
  ///
  /// @throws FileError  the chunk cannot be written, such as on a full disk; other chunks stay
  ///                    whole, and the file of this one as it was
  /// @throws std::invalid_argument  the chunk is not one of the plan
  void commit(const Chunk& chunk) const;

  /// Shows rows in the order of the design, holding one chunk in memory.
  ///
  /// @return  what was left out; nothing with MergeScope::all
  /// @throws FileError  with MergeScope::all, before any row is shown: a chunk is missing
  MissingChunks merged(MergeScope scope, const std::function<void(const ChunkRow&)>& show) const;

 private:
  std::filesystem::path folder_;
  ChunkPlan plan_;
  std::string identity_hash_;
};

/// Removes a folder of chunks, but nothing else that lies in it.
///
/// @throws FileError  something cannot be removed, or other files are there
void remove_chunk_folder(const std::filesystem::path& folder);

}  // namespace entente
