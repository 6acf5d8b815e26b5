#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "io/posix_file.hpp"

namespace entente::lab {

/// The files of one run of the server: a folder below the temporary folder that nobody else may
/// enter, which goes with the object; where the program was killed, with the next one.
class Session {
 public:
  /// Removes folders of this user whose sessions are over, too.
  ///
  /// @throws FileError  it cannot be made
  Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

  /// A path in the folder that was never given out before.
  [[nodiscard]] std::filesystem::path fresh_path(std::string_view extension);

  /// Bounds what all files in the folder take together.
  ///
  /// @param more  bytes of a file that is about to be made
  /// @throws Refused  429 there is no room for it
  void require_room(std::uintmax_t more) const;

 private:
  std::filesystem::path folder_;
  detail::Descriptor lock_;  ///< held as long as the session lives, whatever ends it
  std::atomic<std::uint64_t> next_{0};
};

/// A file or folder that is removed with the object.
class Leftover {
 public:
  explicit Leftover(std::filesystem::path path) : path_(std::move(path)) {}
  Leftover(const Leftover&) = delete;
  Leftover& operator=(const Leftover&) = delete;
  ~Leftover();
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace entente::lab
