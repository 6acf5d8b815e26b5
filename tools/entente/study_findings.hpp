#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "entente/ensemble/discovery.hpp"
#include "entente/ensemble/sensitivity.hpp"
#include "entente/io/study_file.hpp"

namespace entente::cli {

/// The table of a study, wherever it is.
struct StudyTable {
  StudyHead head;
  std::vector<double> values;  ///< shape (rows, parameters); of a choice its index
  std::vector<double> points;  ///< in the unit cube, the same shape; may be empty
  std::vector<RowFailure> failures;
  /// A statistic of an output at all rows, NaN where the row failed.
  std::function<std::vector<double>(std::size_t output, std::size_t statistic)> column;
};

/// @param file  must outlive the table
/// @throws FileError  the file is damaged
[[nodiscard]] StudyTable table_of(const StudyFile& file);

/// What is asked of a study.
struct FindingOptions {
  std::vector<std::string> outputs{};  ///< names; empty: the study's own, else all
  std::string statistic = "mean";      ///< of the outputs
  /// As `COLUMN[.STATISTIC] >= NUMBER`, with `<=`, or without limits; none: the study's own.
  std::vector<std::string> discover{};
  std::optional<std::size_t> box{};  ///< of the boxes that peeling goes through; none: the knee
  std::optional<std::size_t> resamples{};  ///< none: the study's own
};

/// Rows that share a value of a parameter.
struct LevelMean {
  double value = 0.0;  ///< of the parameter; of a choice its index; else the quantile
  std::string text;
  std::size_t rows = 0;
  double mean = 0.0;
  double error = 0.0;  ///< standard deviation between the rows / sqrt(rows); NaN for one
};

/// Means by value of a parameter: of a category, or a level of a grid.
struct Levels {
  std::size_t parameter = 0;
  /// Share of the variance between all rows that lies between the means of the values, the square
  /// of the correlation ratio [1]; NaN where the output does not vary. In a whole grid it is the
  /// first-order index of the parameter over the grid.
  double share = 0.0;
  /// What the share would be, on average, if the output had nothing to do with the parameter:
  /// (values - 1) / (rows - 1).
  double by_chance = 0.0;
  std::vector<LevelMean> means;
};

/// A step of a parameter away from the base.
struct StepChange {
  double value = 0.0;  ///< of the parameter
  std::string text;
  double output = 0.0;
  double change = 0.0;  ///< of the output, against the base
  /// Of the change, if the luck of both were independent; NaN unless the output is a mean.
  double error = 0.0;
};

struct ParameterSteps {
  std::size_t parameter = 0;
  double largest = 0.0;  ///< absolute change; NaN where no step has one
  std::vector<StepChange> steps;
};

struct OneAtATime {
  double base = 0.0;
  double base_error = std::numeric_limits<double>::quiet_NaN();
  std::vector<ParameterSteps> parameters;  ///< those of the largest change first
};

struct SampleRegression {
  std::vector<std::size_t> parameters;  ///< that take part, by factor of the regression
  Regression regression;
};

/// What the design allows to say of one output.
struct OutputFindings {
  std::size_t output = 0;  ///< of the head
  std::size_t rows = 0;    ///< with a value, of those that stand for the space: see `sample_rows`
  double mean = 0.0;       ///< over these, as the next
  double deviation = 0.0;  ///< standard deviation, divided by (rows - 1)
  double smallest = 0.0, largest = 0.0;
  std::optional<ChanceShare> chance;
  std::optional<SobolIndices> sobol;
  std::optional<MorrisScreening> morris;
  std::optional<SampleRegression> regression;
  std::vector<Levels> levels;  ///< the largest share first
  std::optional<OneAtATime> one_at_a_time;
  std::vector<std::string> notes;  ///< a sentence each, without its point
};

/// Where an output has what one looks for.
struct Discovery {
  Interest interest;
  std::string refusal;  ///< why nothing can be said; all below is then empty
  bool shares = false;  ///< cases are shares of replicates, not 0 or 1
  PrimTrajectory trajectory;
  std::size_t knee = 0;
  std::size_t chosen = 0;  ///< of the boxes
  /// The chosen box without limits that may be chance: as long as a limit has a quasi-p above 0.05,
  /// the one with the largest is lifted (Bryant & Lempert 2010). None where quasi-p is not defined.
  std::optional<Box> clear;
  std::vector<bool> category;  ///< by parameter
  std::vector<bool> whole;     ///< by parameter: all values are whole numbers
  std::vector<std::string> notes;
};

/// What a study shows.
struct Findings {
  StudyHead head;
  std::string statistic;
  ResampleOptions resampling;
  std::vector<std::string> notes;  ///< that concern all outputs
  std::vector<OutputFindings> outputs;
  std::vector<Discovery> discoveries;
  std::vector<RowFailure> failures;
};

/// Says what a study shows: which analyses, its design decides.
///
/// @throws UsageError  the study has no such output, statistic or box, or discovery that the
///                     options ask for is refused
/// @throws FileError   the file is damaged
[[nodiscard]] Findings findings_of(const StudyTable& table, const FindingOptions& options);
[[nodiscard]] Findings findings_of(const StudyFile& file, const FindingOptions& options);

/// Rows that are points of the whole space, in order: all; of Saltelli's design those of A and B;
/// none of designs that go step by step.
[[nodiscard]] std::vector<std::size_t> sample_rows(const StudyHead& head);

/// Whether the values of a parameter have no order.
[[nodiscard]] bool is_category(const StudyFactor& parameter);
/// A value as a reader wants it: the text of a choice, else four digits.
[[nodiscard]] std::string value_text(const StudyFactor& parameter, double value);
/// Names of all parameters.
[[nodiscard]] std::vector<std::string> parameter_names(const StudyHead& head);

/// Rows of a table that a screen has room for.
inline constexpr std::size_t usual_rows = 10;

/// What is said of the numbers, for a screen of at most 100 columns.
///
/// @param top  rows of a table at most
[[nodiscard]] std::string findings_text(const Findings& findings, std::size_t top);
/// One object, documented in docs/json.md.
///
/// @param source  the file
[[nodiscard]] std::string findings_json(const Findings& findings, const std::string& source,
                                        const std::vector<std::string>& written);

/// A table of the findings, every number with all its digits.
struct FindingTable {
  std::string name;  ///< of its file: `sobol.csv`
  std::string text;
};
/// Those that have rows.
[[nodiscard]] std::vector<FindingTable> findings_csv(const Findings& findings);

}  // namespace entente::cli
