#include "lab/server/session.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "entente/core/error.hpp"
#include "lab/server/answer.hpp"

namespace entente::lab {
namespace {

namespace fs = std::filesystem;
using detail::Descriptor;

constexpr std::string_view prefix = "entente-lab-";
constexpr const char* lock_name = "lock";
constexpr std::uintmax_t most_bytes = std::uintmax_t{2} << 30;

// A folder of this user that no link leads to, with a lock that nobody holds: closed where not so.
Descriptor lock_of_the_dead(const fs::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat about {};
  if (!opened.open() || ::fstat(opened.get(), &about) != 0) return Descriptor();
  if (about.st_uid != ::geteuid() || (about.st_mode & 0077) != 0) return Descriptor();
  Descriptor lock(::openat(opened.get(), lock_name, O_RDWR | O_NOFOLLOW | O_CLOEXEC));
  if (!lock.open() || ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return Descriptor();
  return lock;
}

// A folder without a lock is left: it may be just about to get one.
void clear_up(const fs::path& temporary) {
  std::error_code failure;
  for (fs::directory_iterator entry(temporary, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (!entry->path().filename().string().starts_with(prefix)) continue;
    const auto lock = lock_of_the_dead(entry->path());
    std::error_code ignored;
    if (lock.open()) fs::remove_all(entry->path(), ignored);
  }
}

// Locked before it has its name, so that whoever finds it finds it locked.
Descriptor make_lock(const fs::path& folder) {
  const auto fresh = folder / "new-lock";
  Descriptor lock(::open(fresh.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!lock.open() || ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0 ||
      ::rename(fresh.c_str(), (folder / lock_name).c_str()) != 0) {
    detail::fail_file("lock", folder, errno);
  }
  return lock;
}

}  // namespace

Session::Session() {
  std::error_code failure;
  const auto temporary = fs::temp_directory_path(failure);
  if (failure) throw FileError("the temporary folder: " + failure.message());
  clear_up(temporary);
  std::string name = (temporary / fmt::format("{}XXXXXX", prefix)).string();
  if (::mkdtemp(name.data()) == nullptr) detail::fail_file("make", name, errno);
  folder_ = name;
  lock_ = make_lock(folder_);
}

Session::~Session() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void Session::require_room(std::uintmax_t more) const {
  std::uintmax_t bytes = more;
  std::error_code failure;
  for (fs::directory_iterator entry(folder_, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    std::error_code gone;
    const auto size = entry->file_size(gone);
    if (!gone) bytes += size;
  }
  if (bytes <= most_bytes) return;
  throw Refused(429,
                fmt::format("found files of {} MiB that are still open or being sent; allowed: "
                            "{} MiB with the next one, try again",
                            (bytes - more) >> 20, most_bytes >> 20));
}

std::filesystem::path Session::fresh_path(std::string_view extension) {
  return folder_ / fmt::format("{}{}", next_++, extension);
}

Leftover::~Leftover() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace entente::lab
