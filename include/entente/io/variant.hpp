#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "entente/io/scenario.hpp"

namespace entente {

/// What a variant says of itself.
struct Variant {
  std::string name;  ///< file name without extension, or the text of an inline one
  std::string title;
  std::string question;
  std::string reasoning;  ///< why it is a case worth asking
  std::string look_at;    ///< what to look at in the answer
  std::vector<std::string> sources;
  std::string text;  ///< the YAML file, or the inline events and settings, a line each
};

/// Where a variant comes from: a YAML file, or events and settings given inline. Where there are
/// both, the inline ones come after those of the file.
struct VariantSource {
  std::filesystem::path file;         ///< empty: inline
  std::vector<std::string> events;    ///< inline events (docs/scenario-format.md, "Variants")
  std::vector<std::string> settings;  ///< `path=value`, in order
};

/// A scenario with a variant laid over it.
struct VariedScenario {
  Variant variant;
  Scenario scenario;  ///< title and question are the variant's; `files` has the variant, too
};

/// Reads a scenario and lays a variant over it: the scenario with all that it extends, then
/// `overrides`, then the variant's file, its `set`, its inline events and settings.
///
/// Events of the scenario keep their ids, and so their luck, whatever the variant takes out or
/// adds.
///
/// @param overrides  `path=value` settings that baseline and variants have in common
/// @param kept       as for load_scenario
/// @throws InputError  all problems of all files at once, also where the variant could not meet the
///                     same luck as the scenario (`mismatches`)
/// @throws FileError   the scenario or the variant cannot be read
[[nodiscard]] VariedScenario load_variant(const std::filesystem::path& scenario,
                                          const VariantSource& source,
                                          const std::vector<std::string>& overrides = {},
                                          const KeptFiles& kept = nullptr);

/// What the file of a variant says of itself; the scenario is not looked at.
///
/// @throws InputError  that part of the file is wrong
/// @throws FileError   it cannot be read
[[nodiscard]] Variant read_variant(const std::filesystem::path& file);

/// Variants that a scenario offers: the files `variants/*.yaml` in its folder, sorted by name.
[[nodiscard]] std::vector<std::filesystem::path> variants_of(const std::filesystem::path& scenario);

/// JSON Schema (draft 2020-12) of variants, built from the same tables as the reader.
[[nodiscard]] std::string variant_schema();

}  // namespace entente
