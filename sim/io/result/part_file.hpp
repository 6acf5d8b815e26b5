#pragma once

#include <filesystem>

#include "io/posix_file.hpp"

namespace entente::detail {

/// A file that appears under its name whole or not at all: it is written as `<name>.part` beside
/// it, synced and renamed. An abandoned one is removed.
class PartFile {
 public:
  /// Makes an empty `<name>.part`.
  ///
  /// @param force  replace an existing file
  /// @throws FileError  the file exists and `force` is false, or the part cannot be made or is
  ///                    being written by another process
  PartFile(std::filesystem::path target, bool force);
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  ~PartFile();

  [[nodiscard]] const std::filesystem::path& target() const noexcept { return target_; }
  /// Where to write.
  [[nodiscard]] const std::filesystem::path& part() const noexcept { return part_; }

  /// Syncs and renames; the file must have been closed.
  ///
  /// @param sync  false for what is made again in no time: syncing many small files takes long
  /// @throws FileError  what was written did not reach the disk, or the name was taken meanwhile
  void commit(bool sync = true);

 private:
  std::filesystem::path target_;
  std::filesystem::path part_;
  bool force_;
  Descriptor lock_;  ///< open as long as the part is ours
  bool committed_ = false;
};

/// Throws unless a file may be written at `target`: not a folder, and not there unless `force`.
///
/// @throws FileError  naming the file
void require_writable_name(const std::filesystem::path& target, bool force);

}  // namespace entente::detail
