#include "io/posix_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "entente/core/error.hpp"

namespace entente::detail {

void fail_file(std::string_view what, const std::filesystem::path& path, int error) {
  throw FileError(fmt::format("{}: cannot {}: {}", path.string(), what,
                              std::generic_category().message(error)));
}

void Descriptor::close() noexcept {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

void write_bytes(const Descriptor& file, std::string_view bytes,
                 const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const auto count = ::write(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail_file("write the file", path, count < 0 ? errno : ENOSPC);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::ptrdiff_t read_bytes(const Descriptor& file, char* to, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const auto count = ::read(file.get(), to + done, size - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -errno;
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return static_cast<std::ptrdiff_t>(done);
}

void sync_file(const Descriptor& file, const std::filesystem::path& path) {
  if (::fsync(file.get()) != 0) fail_file("write the file to disk", path, errno);
}

void sync_folder_of(const std::filesystem::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : ".";
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.open() || ::fsync(directory.get()) == 0) return;
  if (errno == EIO || errno == ENOSPC || errno == EDQUOT) {
    fail_file("write the names in the folder to disk", folder, errno);
  }
}

}  // namespace entente::detail
