#pragma once

#include <filesystem>
#include <memory>

#include "io/result/hdf5.hpp"

namespace entente::hdf5 {

/// Makes HDF5 write a file through our own driver, which never reports that a write failed.
///
/// HDF5 1.10 does not survive a full disk: objects that cannot be flushed are half closed, and the
/// program crashes when it ends. This driver remembers the first error, drops what is written after
/// it and lets HDF5 close in peace; whoever writes asks `error` whether all went well.
class SteadyFile {
 public:
  SteadyFile() : error_(std::make_unique<int>(0)) {}

  /// Makes a list of file access properties use the driver. The object must outlive the file.
  void use_in(hid_t access) const;
  /// The first `errno` of a write that failed; 0 = all is on its way to the disk.
  [[nodiscard]] int error() const noexcept { return *error_; }
  /// Throws Failure with the system's words where a write has failed.
  void require_written() const;

 private:
  std::unique_ptr<int> error_;
};

}  // namespace entente::hdf5
