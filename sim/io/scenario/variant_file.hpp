#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "entente/io/variant.hpp"
#include "io/scenario/node.hpp"
#include "io/scenario/overrides.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/sources.hpp"

namespace entente::detail {

/// The parts of a variant's file.
struct VariantFile {
  Variant about;
  YamlNode edits;  ///< to be merged as if the file extended the scenario
  std::vector<Setting> settings;
  Mark mark;
};

/// Reads a variant's file. Keys that a variant may not have are reported and left out; what is
/// inside the others is checked once it is merged.
///
/// @throws FileError  the file cannot be read
[[nodiscard]] VariantFile read_variant_file(const std::filesystem::path& path, Sources& sources,
                                            Problems& problems);

/// Whether a variant may set what a path names; reported where it may not.
[[nodiscard]] bool check_variant_path(const Setting& setting, Problems& problems);

}  // namespace entente::detail
