#include "io/result/part_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
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
  int release() noexcept { return std::exchange(fd_, -1); }

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
  Descriptor file(::open(part_.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0666));
  if (file.get() < 0) fail("create the file", part_, errno);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    throw FileError(fmt::format("{}: another process is writing it", part_.string()));
  }
  // Another process may have renamed the part between the two calls; what we hold is its result.
  struct stat held {};
  struct stat named {};
  if (::fstat(file.get(), &held) != 0 || ::stat(part_.c_str(), &named) != 0 ||
      held.st_ino != named.st_ino) {
    throw FileError(fmt::format("{}: another process was writing it", part_.string()));
  }
  if (::ftruncate(file.get(), 0) != 0) fail("empty the file", part_, errno);
  lock_ = file.release();
}

PartFile::~PartFile() {
  if (!committed_) {
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
  }
  if (lock_ >= 0) ::close(lock_);
}

void PartFile::commit(bool sync) {
  if (sync && ::fsync(lock_) != 0) fail("write the file to disk", part_, errno);
  require_writable_name(target_, force_);
  if (::rename(part_.c_str(), target_.c_str()) != 0) fail("rename the finished file", part_, errno);
  committed_ = true;
  ::close(std::exchange(lock_, -1));  // the result is everybody's
  if (!sync) return;
  // The rename itself survives a crash only once the folder is synced; some file systems cannot.
  const auto folder = target_.has_parent_path() ? target_.parent_path() : ".";
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() >= 0) static_cast<void>(::fsync(directory.get()));
}

}  // namespace entente::detail
