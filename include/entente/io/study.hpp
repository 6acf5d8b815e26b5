#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "entente/ensemble/design.hpp"
#include "entente/ensemble/factor.hpp"
#include "entente/ensemble/measures.hpp"
#include "entente/io/knobs.hpp"
#include "entente/io/scenario.hpp"
#include "entente/io/variant.hpp"

namespace entente {

/// What a study varies, beside the factor's distribution.
struct StudyParameter {
  std::string name;                ///< of the factor
  std::vector<std::string> paths;  ///< of `--set`, all set to the value; none: it is the variant
  /// The value is how far the baseline of a rung lies above that of the rung below (as fits
  /// estimate it); `paths` are the baselines of this rung and those above, which move together.
  bool is_gap = false;
  std::vector<KnobValue> choices;  ///< what stands for 0, 1, ... of a Choice; empty: a number
  std::string unit;                ///< as the study says; may be empty, as the next
  std::string meaning;
};

/// What scenario discovery looks for: points at which a statistic of a measure lies within limits.
struct Interest {
  std::string column;              ///< name of a column of the measures: `recognitions@2030-12`
  std::string statistic = "mean";  ///< `mean`, `q95`, ... (see sweep_columns)
  /// Without limits the statistic itself is the output of a case; it must then be in [0, 1].
  std::optional<double> at_least, at_most;
  bool operator==(const Interest&) const = default;
};

/// What is to be said of the finished table.
struct StudyAnalysis {
  std::vector<std::string> columns;  ///< of the measures; empty: all
  std::vector<Interest> discover;
  std::size_t resamples = 1000;  ///< of the bootstrap
  bool operator==(const StudyAnalysis&) const = default;
};

/// A study, ready to be carried out (docs/study-format.md): a scenario, what varies in it, at which
/// points, and what is measured there.
struct Study {
  std::string title;
  std::string question;
  std::string note;
  std::vector<std::string> sources;
  std::filesystem::path file;
  std::filesystem::path scenario;      ///< folder or file
  std::vector<std::string> overrides;  ///< `path=value`: the study's `set`, then further ones
  /// What each choice of the parameter `variant` lays over the scenario; one that is empty lays
  /// nothing. A study without that parameter has one.
  std::vector<VariantSource> variants;
  std::optional<std::size_t> variant_parameter;
  std::vector<StudyParameter> parameters;  ///< by factor of the space
  FactorSpace space;
  StudyDesign design;
  std::vector<Measure> measures;
  std::size_t first_replicate = 0;
  std::size_t replicates = 16;  ///< per point, the same luck for all
  StudyAnalysis analysis;
  Scenario base;                  ///< with the overrides, before variants and parameters
  std::vector<SourceFile> files;  ///< the study's own first, then all others that took part
  /// Names of those files that decide no number: the history, and a table of points, whose numbers
  /// the design has.
  std::vector<std::string> files_aside{};
  std::vector<std::string> warnings;  ///< what is allowed but seldom wise, a sentence each
  KeptFiles kept;                     ///< the files as they were read
};

/// What a command line may say over a study.
struct StudyChanges {
  std::vector<std::string> overrides;  ///< `path=value`, after the study's own
  std::optional<std::size_t> replicates;
  std::optional<std::size_t> first_replicate;
};

/// Reads a study.
///
/// @throws InputError  all problems of all its files at once
/// @throws FileError   a file cannot be read
[[nodiscard]] Study load_study(const std::filesystem::path& file, const StudyChanges& changes = {});

/// Studies that a scenario offers: the files `studies/*.yaml` in its folder, sorted by name.
[[nodiscard]] std::vector<std::filesystem::path> studies_of(const std::filesystem::path& scenario);

/// Whether a YAML file is meant to be a study: it stands in a folder `studies`, or has a design.
[[nodiscard]] bool is_study(const std::filesystem::path& file);

/// JSON Schema (draft 2020-12) of studies, built from the same tables as the reader.
[[nodiscard]] std::string study_schema();

/// Every input that decides a number of the study's table, one to a line: version, hashes of files,
/// settings, parameters, design, measures, replicates, seed. Two studies of the same identity have
/// the same table. Titles, notes and the analysis are no part of it.
[[nodiscard]] std::string study_identity(const Study& study);

/// A distribution as a study writes it: `uniform: [0, 1]`; of a choice, `choice` alone.
[[nodiscard]] std::string text_of(const Distribution& distribution);
/// The same of a factor; one of a block is `fitted: [mean, sd]`.
[[nodiscard]] std::string text_of(const FactorSpace& space, std::size_t factor);
/// A design as a study writes it, with all its fields, in one line; of a list, how many values.
[[nodiscard]] std::string text_of(const DesignKind& kind);

/// The row's parameters but the variant as `path=value`, which give the row's model when the
/// scenario is read with the study's overrides, then these, under the row's variant.
///
/// @throws std::out_of_range  no such row
[[nodiscard]] std::vector<std::string> settings_at(const Study& study, std::size_t row);
/// The variant of a row: its place in `Study::variants`.
///
/// @throws std::out_of_range  no such row
[[nodiscard]] std::size_t variant_at(const Study& study, std::size_t row);

/// Models at the points of a study.
class StudyModels {
 public:
  /// Reads the scenario some times for every parameter.
  ///
  /// @param study    is copied from
  /// @param threads  that read; 0 = all
  /// @throws InputError  a variant or a parameter within its usual range is wrong
  explicit StudyModels(const Study& study, std::size_t threads = 0);
  StudyModels(StudyModels&&) noexcept;
  StudyModels& operator=(StudyModels&&) noexcept;
  ~StudyModels();

  /// The model at a row of the design. Safe from several threads.
  ///
  /// @throws InputError         a value is not allowed there
  /// @throws std::out_of_range  no such row
  [[nodiscard]] Model at(std::size_t row) const;
  /// Whether the parameter is written to the model directly, or the scenario read anew for each
  /// point (see Knobs), in any variant.
  [[nodiscard]] bool is_direct(std::size_t parameter) const;
  /// Parameters without any effect on the model, in any variant: by index.
  [[nodiscard]] std::vector<std::size_t> without_effect() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente
