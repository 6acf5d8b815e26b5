#pragma once

#include <filesystem>
#include <string>

namespace entente::cli {

/// Where a sweep keeps its chunks until they are a table: `FILE.parts` beside the file, or without
/// one a temporary folder, which goes with this object.
class SweepPlace {
 public:
  /// @param output  file of the table; empty: temporary
  /// @throws FileError  no temporary folder can be made
  explicit SweepPlace(const std::string& output);
  SweepPlace(const SweepPlace&) = delete;
  SweepPlace& operator=(const SweepPlace&) = delete;
  ~SweepPlace();

  [[nodiscard]] const std::filesystem::path& table() const noexcept { return table_; }
  [[nodiscard]] const std::filesystem::path& chunks() const noexcept { return chunks_; }
  [[nodiscard]] bool is_temporary() const noexcept { return !temporary_.empty(); }

  /// Whether a sweep may begin here, or go on.
  ///
  /// @param resume  go on with chunks that are there
  /// @param force   replace the table; unless resumed, chunks that are there are removed
  /// @throws FileError  the table exists and `force` is false, or there are chunks of an unfinished
  ///                    sweep and neither is asked for
  void require_free(bool resume, bool force) const;
  /// Removes the chunks of an earlier sweep, if there are any.
  ///
  /// @throws FileError  something cannot be removed
  void begin_anew() const;
  /// Removes the chunks, once the table is whole. What cannot be removed is named by a warning: it
  /// is of no more use, and the table is what counts.
  void tidy_up() const;

 private:
  std::filesystem::path temporary_;
  std::filesystem::path table_;
  std::filesystem::path chunks_;
};

}  // namespace entente::cli
