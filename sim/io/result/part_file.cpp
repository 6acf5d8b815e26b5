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
#include "io/posix_file.hpp"

namespace entente::detail {

void require_writable_name(const std::filesystem::path& target, bool force) {
  std::error_code error;
  const auto status = std::filesystem::status(target, error);
  if (std::filesystem::is_directory(status)) fail_file("write the file", target, EISDIR);
  if (!force && std::filesystem::exists(status)) {
    throw FileError(fmt::format("{}: exists already; allowed: a new name, or --force to replace it",
                                target.string()));
  }
}

PartFile::PartFile(std::filesystem::path target, bool force)
    : target_(std::move(target)), part_(target_.string() + ".part"), force_(force) {
  require_writable_name(target_, force_);
  Descriptor file(::open(part_.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0666));
  if (!file.open()) fail_file("create the file", part_, errno);
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
  if (::ftruncate(file.get(), 0) != 0) fail_file("empty the file", part_, errno);
  lock_ = std::move(file);
}

PartFile::~PartFile() {
  if (!committed_) {
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
  }
}

void PartFile::commit(bool sync) {
  if (sync) sync_file(lock_, part_);
  require_writable_name(target_, force_);
  if (::rename(part_.c_str(), target_.c_str()) != 0)
    fail_file("rename the finished file", part_, errno);
  committed_ = true;
  lock_.close();                      // the result is everybody's
  if (sync) sync_folder_of(target_);  // the rename itself survives a crash only then
}

}  // namespace entente::detail
