#include "io/result/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "entente/core/error.hpp"
#include "entente/io/result_file.hpp"

namespace entente::detail {
namespace {

/// Throws unless the file says that it is ours and of a version that can be read.
void require_format(const std::filesystem::path& path, const netcdf::Reader& file) {
  if (!hdf5::has_attribute(file.root(), format_attribute)) {
    throw FileError(fmt::format("{}: not a result file of entente: found no attribute '{}'",
                                path.string(), format_attribute));
  }
  const auto found = hdf5::read_text_attribute(file.root(), format_attribute);
  if (found != format_version) {
    throw FileError(fmt::format("{}: found result format '{}'; allowed: {}", path.string(), found,
                                format_version));
  }
}

void require_kind(const std::filesystem::path& path, const netcdf::Reader& file,
                  std::initializer_list<FileKind> allowed) {
  const auto found = hdf5::read_text_attribute(file.root(), kind_attribute);
  std::string commands;
  for (const auto kind : allowed) {
    const auto& text = text_of(kind);
    if (found == text.name) return;
    commands += fmt::format("{}`entente {} -o`", commands.empty() ? "" : " or ", text.command);
  }
  const auto* known = std::find_if(kind_texts.begin(), kind_texts.end(),
                                   [&](const KindText& text) { return text.name == found; });
  if (known == kind_texts.end()) {
    throw FileError(
        fmt::format("{}: found kind '{}'; allowed: a file of {}", path.string(), found, commands));
  }
  throw FileError(fmt::format("{}: found {}, which is for {}; allowed: a file of {}", path.string(),
                              known->meaning, known->readers, commands));
}

}  // namespace

netcdf::Reader open_results(const std::filesystem::path& path,
                            std::initializer_list<FileKind> allowed) {
  if (!std::ifstream(path)) {
    throw FileError(fmt::format("{}: cannot be read", path.string()));
  }
  if (!is_result_file(path)) {
    throw FileError(fmt::format("{}: not a result file: not HDF5", path.string()));
  }
  netcdf::Reader file(path);
  require_format(path, file);
  require_kind(path, file, allowed);
  return file;
}

void fail_damaged(const std::filesystem::path& path, std::string_view part, std::string_view why) {
  throw FileError(fmt::format("{}: the {} are damaged: {}", path.string(), part, why));
}

}  // namespace entente::detail
