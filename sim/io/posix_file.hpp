#pragma once

#include <filesystem>
#include <string_view>
#include <utility>

namespace entente::detail {

/// Throws FileError: `<path>: cannot <what>: <the system's words for errno>`.
[[noreturn]] void fail_file(std::string_view what, const std::filesystem::path& path, int error);

/// An open file, closed at the end of its life.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) noexcept : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    close();
    fd_ = other.release();
    return *this;
  }
  ~Descriptor() { close(); }

  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] bool open() const noexcept { return fd_ >= 0; }
  int release() noexcept { return std::exchange(fd_, -1); }
  void close() noexcept;

 private:
  int fd_;
};

/// Writes all bytes at the end of what was written before.
///
/// @throws FileError  naming `path`
void write_bytes(const Descriptor& file, std::string_view bytes, const std::filesystem::path& path);

/// Reads up to `size` bytes into `to`, less only at the end of the file.
///
/// @return  the number read, or -errno
[[nodiscard]] std::ptrdiff_t read_bytes(const Descriptor& file, char* to, std::size_t size);

/// Waits until what was written is on the disk.
///
/// @throws FileError  naming `path`
void sync_file(const Descriptor& file, const std::filesystem::path& path);

/// Waits until the names in the folder of a file, so that of the file too, are on the disk. Where a
/// file system cannot do that for folders, it does nothing.
///
/// @throws FileError  the disk failed or is full
void sync_folder_of(const std::filesystem::path& file);

}  // namespace entente::detail
