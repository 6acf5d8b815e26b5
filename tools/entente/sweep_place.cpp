#include "sweep_place.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "entente/core/error.hpp"
#include "entente/io/chunk_store.hpp"
#include "io/result/part_file.hpp"

namespace entente::cli {
namespace {

namespace fs = std::filesystem;

fs::path temporary_folder() {
  std::error_code error;
  std::string name = (fs::temp_directory_path(error) / "entente-sweep-XXXXXX").string();
  if (error || ::mkdtemp(name.data()) == nullptr) {
    throw FileError(fmt::format("{}: cannot make a temporary folder: {}", name,
                                std::system_category().message(errno)));
  }
  return name;
}

}  // namespace

SweepPlace::SweepPlace(const std::string& output)
    : temporary_(output.empty() ? temporary_folder() : fs::path()),
      table_(output.empty() ? temporary_ / "study.h5" : fs::path(output)),
      chunks_(table_.string() + ".parts") {}

SweepPlace::~SweepPlace() {
  std::error_code ignored;
  if (is_temporary()) fs::remove_all(temporary_, ignored);
}

void SweepPlace::require_free(bool resume, bool force) const {
  detail::require_writable_name(table_, force);
  std::error_code ignored;
  if (resume || force || !fs::exists(chunks_, ignored)) return;
  throw FileError(
      fmt::format("{}: found chunks of an unfinished sweep; allowed: --resume to go on with "
                  "them, or --force to begin anew",
                  chunks_.string()));
}

void SweepPlace::begin_anew() const {
  std::error_code ignored;
  if (fs::exists(chunks_, ignored)) remove_chunk_folder(chunks_);
}

void SweepPlace::tidy_up() const {
  try {
    remove_chunk_folder(chunks_);
  } catch (const FileError& error) {
    spdlog::warn("{}; the table is whole without it", error.what());
  }
}

}  // namespace entente::cli
