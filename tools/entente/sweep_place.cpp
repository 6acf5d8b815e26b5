#include "sweep_place.hpp"

#include <fmt/format.h>

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

void SweepPlace::prepare(bool resume, bool force) const {
  detail::require_writable_name(table_, force);
  std::error_code ignored;
  if (resume || !fs::exists(chunks_, ignored)) return;
  if (!force) {
    throw FileError(
        fmt::format("{}: found chunks of an unfinished sweep; allowed: --resume to go on with "
                    "them, or --force to begin anew",
                    chunks_.string()));
  }
  remove_chunks();
}

void SweepPlace::remove_chunks() const { remove_chunk_folder(chunks_); }

}  // namespace entente::cli
