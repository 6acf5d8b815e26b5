#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/estimate/history.hpp"
#include "entente/model/model.hpp"

namespace entente {

/// A file that took part in a scenario, for the record.
struct SourceFile {
  std::string name;  ///< as the scenario names it; the scenario's own files by file name
  std::string text;
};

/// Cells that a table lacked and what replaced them.
struct Replacement {
  std::string column;
  std::string rule;                 ///< `mean`, `0.4`, `region mean`, ...
  std::vector<std::string> actors;  ///< ids, ascending; `A-B` for pairs
};

/// Who of the actors belongs to an organisation, as selectors (`org`) and `member` know it.
struct Organisation {
  std::string id;
  std::vector<std::uint32_t> members;  ///< actors, ascending; one at least
};

/// A scenario after reading, checking and resolving: the model, how to run it, where it came from.
struct Scenario {
  Model model;
  std::string question;
  std::size_t replicates = 256;
  RecordLevel record = RecordLevel::rungs;
  std::vector<SourceFile> files;  ///< the YAML files first (the extended ones last), then tables
  std::vector<std::string> overrides;  ///< `path=value`, as given
  std::vector<Replacement> replacements;
  History history;  ///< the table that `observed` names; empty where there is none
  std::vector<Organisation> organisations;  ///< by id; no result file keeps them
};

namespace detail {
class FileTexts;
}

/// Files as they stood when they were first read. All that is read with the same one gets the same
/// texts, whatever happens to the files meanwhile.
using KeptFiles = std::shared_ptr<detail::FileTexts>;

/// What may be read on behalf of somebody who is not trusted.
struct ReadRules {
  /// Files must stand below one of these, links followed; empty: anywhere.
  std::vector<std::filesystem::path> folders;
  std::size_t yaml_nodes = 1'000'000;  ///< most nodes of a YAML file, after aliases
  /// Most places that the changes and conditions of all events name together, those of all bodies
  /// and those of all series; and most values of all series over all steps.
  std::size_t addresses = 20'000'000;
};

/// @param rules  hold for all that is read with these; what breaks them is no such file to a reader
[[nodiscard]] KeptFiles keep_files(ReadRules rules = {});

/// Reads a scenario: a folder with `scenario.yaml`, or a YAML file (docs/scenario-format.md).
///
/// @param overrides  `path=value` settings, applied last, in order; paths of files in them start
///                   from the folder of the scenario
/// @param history    table to read instead of the one that the scenario names, if not empty; starts
///                   from the working directory (docs/history-format.md)
/// @param kept       files that were read before are taken from there; none: from the disk
/// @throws InputError  all problems of all files at once
/// @throws FileError   the scenario or `history` cannot be read
[[nodiscard]] Scenario load_scenario(const std::filesystem::path& path,
                                     const std::vector<std::string>& overrides = {},
                                     const std::filesystem::path& history = {},
                                     const KeptFiles& kept = nullptr);

/// JSON Schema (draft 2020-12) of scenario files, built from the same tables as the reader.
[[nodiscard]] std::string scenario_schema();

}  // namespace entente
