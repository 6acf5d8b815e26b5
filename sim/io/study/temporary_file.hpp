#pragma once

#include <filesystem>
#include <string_view>

#include "io/posix_file.hpp"

namespace entente::detail {

/// A file under a name that no other process or thread uses, which gets its real name when it is
/// complete and on the disk. An abandoned one is removed; one of a process that was killed stays
/// until remove_leftovers() is called.
///
/// Unlike PartFile it lets several processes prepare the same file at once: the last one stands.
class TemporaryFile {
 public:
  /// @throws FileError  the file cannot be made
  explicit TemporaryFile(std::filesystem::path target);
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();

  /// `<target>.part-<process>-<run of the process>-<number>-<host>`, beside the target.
  [[nodiscard]] const std::filesystem::path& name() const noexcept { return name_; }

  /// @throws FileError  such as: the disk is full
  void write(std::string_view bytes);

  /// Syncs, then gives the file its name, replacing what has it.
  ///
  /// @return  false: somebody removed the file, and nothing was done
  /// @throws FileError  what was written did not reach the disk, or the name cannot be had
  [[nodiscard]] bool replace();

  /// As replace(), but leaves alone what has the name already.
  ///
  /// @return  false: the name is taken, or somebody removed the file
  [[nodiscard]] bool create();

 private:
  void finish_writing();

  std::filesystem::path target_;
  std::filesystem::path name_;
  Descriptor file_;
};

/// Removes the temporary files in a folder whose processes ran on this host and are gone. Whatever
/// cannot be removed stays.
void remove_leftovers(const std::filesystem::path& folder);

}  // namespace entente::detail
