#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "io/scenario/node.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/sources.hpp"

namespace entente::detail {

/// Reads a scenario file and all that it extends, the file itself first in `sources`, and merges
/// them: mappings key by key, `events` and `series` appended or edited, everything else replaced.
/// The `coefficients` of each are laid over it before what extends it. Every node keeps the place
/// where it was written.
///
/// @throws FileError  the file itself cannot be read; one that it extends is a problem
[[nodiscard]] YamlNode read_merged(const std::filesystem::path& path, Sources& sources,
                                   Problems& problems);

/// `edits` laid over `base`.
[[nodiscard]] YamlNode merge(YamlNode base, YamlNode edits, Problems& problems);

/// False where `root` does not state the format version that this is; reported.
[[nodiscard]] bool check_version(const YamlNode& root, Problems& problems);

/// `folder/scenario.yaml` for a folder, the path itself otherwise.
[[nodiscard]] std::filesystem::path scenario_file(const std::filesystem::path& path);

/// The folder of the scenario in whose folder `kept` a file stands, such as `variants`, as the
/// caller writes it; nothing where there is no such scenario.
[[nodiscard]] std::optional<std::filesystem::path> scenario_above(const std::filesystem::path& file,
                                                                  std::string_view kept);

/// The files `*.yaml` of a folder, sorted by name; none where there is no such folder.
[[nodiscard]] std::vector<std::filesystem::path> yaml_files(const std::filesystem::path& folder);

}  // namespace entente::detail
