#include "io/study/temporary_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>  // kill is POSIX
#include <unistd.h>

#include <array>
#include <atomic>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace entente::detail {
namespace {

constexpr std::string_view mark = ".part-";

std::string host_name() {
  std::array<char, 256> buffer{};
  if (::gethostname(buffer.data(), buffer.size() - 1) != 0) return "unknown";
  std::string name(buffer.data());
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.' && c != '-') c = '_';
  }
  return name;
}

/// Tells this process from an earlier one of the same number, as the first one of every container.
/// It is in names of temporary files only, never in what they hold.
std::uint32_t run_of_process() {
  static const std::uint32_t number = std::random_device{}();
  return number;
}

std::string unique_ending() {
  static std::atomic<std::uint64_t> count = 0;
  return fmt::format("{}{}-{:08x}-{}-{}", mark, ::getpid(), run_of_process(), count++, host_name());
}

/// Takes a number and the hyphen behind it from the front of a text.
template <class T>
std::optional<T> take_number(std::string_view& text, int base) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end == text.data() + text.size() || *end != '-') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return value;
}

/// True for the name of a temporary file whose process ran here and is gone.
bool is_leftover(std::string_view name) {
  const auto at = name.rfind(mark);
  if (at == std::string_view::npos || at == 0) return false;
  name.remove_prefix(at + mark.size());
  const auto process = take_number<std::int32_t>(name, 10);
  if (!process || *process <= 0) return false;
  const auto run = take_number<std::uint32_t>(name, 16);
  const auto number = run ? take_number<std::uint64_t>(name, 10) : std::nullopt;
  if (!number || name != host_name()) return false;
  if (*process == ::getpid()) return *run != run_of_process();
  return ::kill(*process, 0) != 0 && errno == ESRCH;
}

}  // namespace

TemporaryFile::TemporaryFile(std::filesystem::path target)
    : target_(std::move(target)), name_(target_.string() + unique_ending()) {
  file_ = Descriptor(::open(name_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666));
  if (!file_.open()) fail_file("create the file", name_, errno);
}

TemporaryFile::~TemporaryFile() {
  if (!name_.empty()) ::unlink(name_.c_str());
}

void TemporaryFile::write(std::string_view bytes) { write_bytes(file_, bytes, target_); }

void TemporaryFile::finish_writing() {
  if (!file_.open()) return;
  sync_file(file_, target_);
  // Network file systems may tell of a failed write only here.
  if (::close(file_.release()) != 0 && errno != EINTR) fail_file("write the file", target_, errno);
}

bool TemporaryFile::replace() {
  finish_writing();
  if (::rename(name_.c_str(), target_.c_str()) != 0) {
    if (errno == ENOENT) return false;
    fail_file("replace the file", target_, errno);
  }
  name_.clear();
  sync_folder_of(target_);
  return true;
}

bool TemporaryFile::create() {
  finish_writing();
  // A second name for the file, since only that fails where the name is taken.
  if (::link(name_.c_str(), target_.c_str()) == 0) {
    sync_folder_of(target_);
    return true;
  }
  if (errno == EEXIST || errno == ENOENT) return false;
  const bool unsupported = errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS;
  if (!unsupported) fail_file("create the file", target_, errno);
  std::error_code ignored;
  return !std::filesystem::exists(target_, ignored) && replace();
}

void remove_leftovers(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> leftovers;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (is_leftover(entry->path().filename().string())) leftovers.push_back(entry->path());
  }
  for (const auto& path : leftovers) ::unlink(path.c_str());
}

}  // namespace entente::detail
