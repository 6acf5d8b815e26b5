#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "entente/io/chunk_store.hpp"
#include "entente/io/study.hpp"

namespace entente {

/// Writes the table of a study to HDF5 that is valid netCDF-4 (docs/result-format.md, "Studies"):
/// design, values of parameters, statistics of measures, what failed and why, and all that went in.
/// Rows come in order; memory does not grow with their number.
///
/// The file appears under its name only when `finish` succeeds; until then it stands beside it as
/// `<name>.part`, which an abandoned writer removes. The same study and rows give the same bytes.
class StudyWriter {
 public:
  /// @param study    must outlive the writer
  /// @param columns  of the rows (sweep_columns)
  /// @param force    replace an existing file
  /// @throws FileError  the file exists and `force` is false, or cannot be made
  StudyWriter(const std::filesystem::path& path, const Study& study,
              const std::vector<std::string>& columns, bool force);
  StudyWriter(const StudyWriter&) = delete;
  StudyWriter& operator=(const StudyWriter&) = delete;
  ~StudyWriter();

  /// The next row of the design.
  ///
  /// @throws FileError              it cannot be written
  /// @throws std::invalid_argument  not the next row, or not a value for each column
  void add(const ChunkRow& row);
  /// @throws FileError              the file cannot be written
  /// @throws std::invalid_argument  rows are missing
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A parameter of a finished study.
struct StudyFactor {
  std::string name;
  std::vector<std::string> paths;
  std::string distribution;  ///< as the study writes it
  std::string unit;
  std::string meaning;
  std::vector<std::string> choices;  ///< texts of 0, 1, ...; empty: a number
};

/// A column of the measures of a finished study.
struct StudyOutput {
  std::string name;  ///< `recognitions@2030-12`
  std::string unit;
  std::string measure;  ///< kind: `count`, `reach`, ...
};

/// What a study file says beside its table.
struct StudyHead {
  std::string title;
  std::string question;
  std::string design;         ///< kind: `saltelli`
  std::string design_text;    ///< as the study writes it
  std::string row_order;      ///< a sentence
  bool second_order = false;  ///< of Saltelli's design
  std::size_t rows = 0;
  std::size_t first_replicate = 0;
  std::size_t replicates = 0;
  std::vector<StudyFactor> parameters;
  std::vector<StudyOutput> outputs;
  std::vector<std::string> statistics;  ///< of each output: `mean`, `variance`, ...
  StudyAnalysis analysis;
};

/// Reads the table of a study.
class StudyFile {
 public:
  /// @throws FileError  it is no study file, damaged, or cannot be read
  explicit StudyFile(const std::filesystem::path& path);
  StudyFile(StudyFile&&) noexcept;
  StudyFile& operator=(StudyFile&&) noexcept;
  ~StudyFile();

  [[nodiscard]] const StudyHead& head() const;
  /// Values of all parameters, shape (rows, parameters); of a choice its index.
  ///
  /// @throws FileError  the file is damaged (also of the others)
  [[nodiscard]] std::vector<double> values() const;
  /// The design's points in the unit cube, shape (rows, parameters); empty where the design is
  /// written in values.
  [[nodiscard]] std::vector<double> points() const;
  /// A statistic of an output at all rows, NaN where the row failed.
  [[nodiscard]] std::vector<double> output(std::size_t output, std::size_t statistic) const;
  /// Rows that failed and why, in order.
  [[nodiscard]] std::vector<RowFailure> failures() const;

 private:
  friend void write_study_csv(const StudyFile& study, const std::filesystem::path& path,
                              bool force);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Whether a file is an HDF5 file that says that it holds a study.
[[nodiscard]] bool is_study_file(const std::filesystem::path& path);

/// Writes a study's table as one CSV, a line per row of the design: `row`, the row's place in the
/// design (`matrix`, `n`, `changed`, ... as the kind of design has them), a column per parameter,
/// `status`, `message`, and `OUTPUT.STATISTIC`. Numbers have as many digits as it takes to read the
/// same number back.
///
/// @throws FileError  the study cannot be read, or the table written, or exists and `force` is
/// false
void write_study_csv(const StudyFile& study, const std::filesystem::path& path, bool force);

}  // namespace entente
