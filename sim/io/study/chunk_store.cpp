#include "entente/io/chunk_store.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include "entente/core/error.hpp"
#include "io/hash.hpp"
#include "io/posix_file.hpp"
#include "io/study/chunk_format.hpp"
#include "io/study/folder_text.hpp"
#include "io/study/temporary_file.hpp"

namespace entente {
namespace {

constexpr const char* identity_file = "identity.txt";
constexpr const char* plan_file = "plan.txt";

using detail::ChunkReading;
using detail::ChunkState;
using detail::read_chunk;

void require_valid(const ChunkPlan& plan) {
  if (plan.rows_per_chunk == 0) throw std::invalid_argument("chunks without rows");
  for (const auto& name : plan.columns) {
    if (name.empty() || name.find_first_of(std::string_view("\n\0", 2)) != std::string::npos) {
      throw std::invalid_argument("the name of a column is not a line");
    }
  }
}

void make_folder(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0777) == 0) {
    detail::sync_folder_of(folder);
    return;
  }
  const int problem = errno;
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) return;
  detail::fail_file("make the folder", folder, problem == EEXIST ? ENOTDIR : problem);
}

std::string plan_text(const ChunkPlan& plan) {
  std::string text = fmt::format("rows: {}\nrows per chunk: {}\n", plan.rows, plan.rows_per_chunk);
  for (const auto& name : plan.columns) text += fmt::format("column: {}\n", name);
  return text;
}

/// Adds a chunk to those missing, unless it is whole.
void note(MissingChunks& missing, std::uint64_t index, const std::filesystem::path& file,
          const ChunkReading& reading) {
  if (reading.state == ChunkState::whole) return;
  missing.chunks.push_back(index);
  if (reading.state == ChunkState::damaged)
    missing.damaged.push_back({index, file, reading.reason});
}

/// Throws unless nothing is missing.
void require_finished(const std::filesystem::path& folder, const ChunkPlan& plan,
                      const MissingChunks& missing) {
  if (missing.chunks.empty()) return;
  constexpr std::size_t shown = 5;
  const auto first = std::span(missing.chunks).first(std::min(shown, missing.chunks.size()));
  std::string text = fmt::format("{}: {} of {} chunks are missing: {}{}", folder.string(),
                                 missing.chunks.size(), plan.chunks(), fmt::join(first, ", "),
                                 missing.chunks.size() > shown ? ", ..." : "");
  for (const auto& damaged :
       std::span(missing.damaged).first(std::min(shown, missing.damaged.size()))) {
    text += fmt::format("\n{}: {}", damaged.file.string(), damaged.reason);
  }
  throw FileError(text);
}

void show_rows(const Chunk& chunk, std::size_t columns,
               const std::function<void(const ChunkRow&)>& show) {
  auto failure = chunk.failures.begin();
  for (std::uint64_t r = 0; r < chunk.rows; ++r) {
    ChunkRow row{chunk.first_row + r,
                 RowStatus::ok,
                 {},
                 std::span(chunk.values).subspan(r * columns, columns)};
    if (failure != chunk.failures.end() && failure->row == row.row) {
      row.status = RowStatus::failed;
      row.message = failure->message;
      ++failure;
    }
    show(row);
  }
}

}  // namespace

ChunkStore::ChunkStore(std::filesystem::path folder, const std::string& identity, ChunkPlan plan)
    : folder_(std::move(folder)),
      plan_(std::move(plan)),
      identity_hash_(detail::hash128(identity)) {
  require_valid(plan_);
  make_folder(folder_);
  detail::require_text(folder_ / identity_file, identity, "study");
  detail::require_text(folder_ / plan_file, plan_text(plan_), "plan");
  detail::remove_leftovers(folder_);
}

std::filesystem::path ChunkStore::file(std::uint64_t index) const {
  static_cast<void>(plan_.first_row(index));  // throws where there is no such chunk
  return folder_ / fmt::format("chunk-{:08}.bin", index);
}

MissingChunks ChunkStore::missing() const {
  std::vector<std::uint64_t> all(plan_.chunks());
  std::iota(all.begin(), all.end(), std::uint64_t{0});
  return missing(all);
}

MissingChunks ChunkStore::missing(std::span<const std::uint64_t> chunks) const {
  MissingChunks missing;
  for (const auto index : chunks) {
    note(missing, index, file(index), read_chunk(file(index), plan_, index, identity_hash_));
  }
  return missing;
}

void ChunkStore::commit(const Chunk& chunk) const {
  const std::string bytes = detail::encode_chunk(chunk, plan_, identity_hash_);
  const auto target = file(chunk.index);
  // A host that takes our process for dead may remove what we write; then we write it again.
  for (int attempt = 0; attempt < 3; ++attempt) {
    detail::TemporaryFile temporary(target);
    temporary.write(bytes);
    if (temporary.replace()) return;
  }
  detail::fail_file("write the file", target, ENOENT);
}

MissingChunks ChunkStore::merged(MergeScope scope,
                                 const std::function<void(const ChunkRow&)>& show) const {
  if (scope == MergeScope::all) require_finished(folder_, plan_, missing());
  MissingChunks missing;
  for (std::uint64_t index = 0; index < plan_.chunks(); ++index) {
    const auto reading = read_chunk(file(index), plan_, index, identity_hash_);
    note(missing, index, file(index), reading);
    if (reading.state == ChunkState::whole) {
      show_rows(reading.chunk, plan_.columns.size(), show);
    } else if (scope == MergeScope::all) {  // altered since it was found whole
      require_finished(folder_, plan_, missing);
    }
  }
  return missing;
}

void remove_chunk_folder(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<fs::path> ours;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const auto name = entry.path().filename().string();
    // Also what other hosts left unfinished.
    const bool part = name.find(".txt.part-") != std::string::npos;
    if (name.starts_with("chunk-") || part) ours.push_back(entry);
  }
  // What names the study goes last: a removal that is cut short leaves a folder that says its own.
  ours.push_back(folder / plan_file);
  ours.push_back(folder / identity_file);
  for (const auto& path : ours) {
    if (!error) fs::remove(path, error);
  }
  if (!error) fs::remove(folder, error);
  if (error) {
    throw FileError(
        fmt::format("{}: the folder cannot be removed: {}", folder.string(), error.message()));
  }
}

}  // namespace entente
