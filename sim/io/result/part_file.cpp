#include "io/result/part_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "entente/core/error.hpp"

namespace entente::detail {
namespace {

[[noreturn]] void fail(const char* what, const std::filesystem::path& path, int error) {
  throw FileError(fmt::format("{}: cannot {}: {}", path.string(), what,
                              std::generic_category().message(error)));
}

/// An open file, closed at the end of its life.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const noexcept { return fd_; }

 private:
  int fd_;
};

}  // namespace

void require_writable_name(const std::filesystem::path& target, bool force) {
  std::error_code error;
  const auto status = std::filesystem::status(target, error);
  if (std::filesystem::is_directory(status)) fail("write the file", target, EISDIR);
  if (!force && std::filesystem::exists(status)) {
    throw FileError(fmt::format("{}: exists already; allowed: a new name, or --force to replace it",
                                target.string()));
  }
}

PartFile::PartFile(std::filesystem::path target, bool force)
    : target_(std::move(target)), part_(target_.string() + ".part"), force_(force) {
  require_writable_name(target_, force_);
  const Descriptor file(::open(part_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0666));
  if (file.get() < 0) fail("create the file", part_, errno);
}

PartFile::~PartFile() {
  if (committed_) return;
  std::error_code ignored;
  std::filesystem::remove(part_, ignored);
}

void PartFile::commit() {
  {
    const Descriptor file(::open(part_.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) fail("open the file again", part_, errno);
    if (::fsync(file.get()) != 0) fail("write the file to disk", part_, errno);
  }
  require_writable_name(target_, force_);
  if (::rename(part_.c_str(), target_.c_str()) != 0) fail("rename the finished file", part_, errno);
  committed_ = true;
  // The rename itself survives a crash only once the folder is synced; some file systems cannot.
  const auto folder = target_.has_parent_path() ? target_.parent_path() : ".";
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() >= 0) static_cast<void>(::fsync(directory.get()));
}

}  // namespace entente::detail
