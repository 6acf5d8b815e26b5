#include "io/scenario/sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

#include "entente/core/error.hpp"

namespace entente::detail {

namespace {

std::string read_whole(const std::filesystem::path& path, std::size_t limit) {
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status))
    throw FileError(fmt::format("{}: found no such file", path.string()));
  if (std::filesystem::is_directory(status))
    throw FileError(fmt::format("{}: found a folder; allowed: a file", path.string()));
  if (!std::filesystem::is_regular_file(status))
    throw FileError(fmt::format("{}: found a device or pipe; allowed: a file", path.string()));
  std::ifstream in(path, std::ios::binary);
  if (!in) throw FileError(fmt::format("{}: cannot be opened for reading", path.string()));
  // The size that the file system states may change or lie: never read beyond the limit.
  std::string text;
  std::string chunk(1 << 16, '\0');
  while (in && text.size() <= limit) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    text.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) throw FileError(fmt::format("{}: cannot be read to its end", path.string()));
  if (text.size() > limit)
    throw FileError(fmt::format("{}: found a file of more than {} MiB; allowed: at most {} MiB",
                                path.string(), limit >> 20, limit >> 20));
  return text;
}

}  // namespace

void FileTexts::require_allowed(const std::string& path) const {
  namespace fs = std::filesystem;
  if (rules_.folders.empty()) return;
  std::error_code failure;
  const auto file = fs::weakly_canonical(path, failure);
  const auto holds = [&](const fs::path& folder) {
    std::error_code none;
    const auto whole = fs::canonical(folder, none);
    return !none &&
           std::mismatch(whole.begin(), whole.end(), file.begin(), file.end()).first == whole.end();
  };
  if (!failure && std::any_of(rules_.folders.begin(), rules_.folders.end(), holds)) return;
  throw FileError(fmt::format("{}: found no such file where files may be read", path));
}

std::string FileTexts::of(const std::string& path, std::size_t limit) {
  require_allowed(path);
  const std::lock_guard guard(mutex_);
  auto known = texts_.find(path);
  if (known == texts_.end()) known = texts_.emplace(path, read_whole(path, limit)).first;
  return known->second;
}

std::uint32_t Sources::open(const std::filesystem::path& path, std::size_t limit, bool table) {
  const auto shown = path.lexically_normal().string();
  const auto known = std::find_if(files_.begin(), files_.end(),
                                  [&](const File& file) { return file.shown == shown; });
  if (known != files_.end()) return static_cast<std::uint32_t>(known - files_.begin());
  auto text = kept_ != nullptr ? kept_->of(shown, limit) : read_whole(shown, limit);
  files_.push_back({shown, path.parent_path(), std::move(text), table, false});
  return static_cast<std::uint32_t>(files_.size() - 1);
}

std::uint32_t Sources::add(std::string shown, const std::filesystem::path& folder,
                           std::string text) {
  files_.push_back({std::move(shown), folder, std::move(text), false, true});
  return static_cast<std::uint32_t>(files_.size() - 1);
}

}  // namespace entente::detail
