#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "entente/engine/recorder.hpp"
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

/// One dated, observed rung.
struct Observation {
  std::uint32_t actor = 0;
  std::uint32_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  std::uint32_t step = 0;
  Rung rung = 0;
  bool inherited = false;
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
  std::vector<Observation> observed;  ///< ordered by actor, ladder, step; empty where unknown
};

/// Reads a scenario: a folder with `scenario.yaml`, or a YAML file (docs/scenario-format.md).
///
/// @param overrides  `path=value` settings, applied last, in order
/// @throws InputError  all problems of all files at once
/// @throws FileError   a file cannot be read
[[nodiscard]] Scenario load_scenario(const std::filesystem::path& path,
                                     const std::vector<std::string>& overrides = {});

/// JSON Schema (draft 2020-12) of scenario files, built from the same tables as the reader.
[[nodiscard]] std::string scenario_schema();

}  // namespace entente
