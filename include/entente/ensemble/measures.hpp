#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/ensemble/outcome.hpp"
#include "entente/ensemble/value_counts.hpp"
#include "entente/model/model.hpp"

namespace entente {

namespace detail {
struct MeasuredWorld;
}

// What a study measures in every replicate. Fields are named as in files.
//
// Lists of actors and of steps ascend and name nothing twice. An empty list of steps means the last
// step; with several steps there is a value for each. States are those at the end of a step.

/// A rung of a ladder towards an authority.
struct Stand {
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::recognition;
  Rung rung = 1;
};

/// Number of actors at or above a rung [actors].
struct CountMeasure {
  Stand stand;
  std::vector<std::uint32_t> actors;  ///< among whom; empty: all
  std::vector<std::uint32_t> at;      ///< steps
};

/// Importance of the actors at or above a rung, as a share of that of all who may count [1].
struct ImportanceMeasure {
  Stand stand;
  std::vector<std::uint32_t> actors;  ///< among whom; empty: all
  std::vector<std::uint32_t> at;      ///< steps
};

/// Mean height of actors on a ladder, s_d of docs/model.md, section 2 [1].
struct HeightMeasure {
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  std::vector<std::uint32_t> actors;  ///< whose; empty: all
  std::vector<std::uint32_t> at;      ///< steps
};

/// How far two groups of actors stand apart: mean height of the first less that of the second,
/// from -1 to 1 [1].
struct PolarisationMeasure {
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  std::vector<std::uint32_t> first;   ///< actors
  std::vector<std::uint32_t> second;  ///< other actors
  std::vector<std::uint32_t> at;      ///< steps
};

/// Polarisation of actors on a ladder without naming groups [1]:
///
///     2^(1 + alpha) sum_r sum_q p_r^(1 + alpha) p_q |s_d(r) - s_d(q)|
///
/// with p_r the share of the actors on rung r. The factor makes it 1 where half of them stand at
/// height 0 and half at height 1; it is 0 where all stand at the same height. At alpha = 0 it is
/// twice the mean distance between two actors drawn with replacement; the larger alpha, the more it
/// counts that actors stand together.
///
/// @source  Esteban & Ray (1994), Econometrica 62; their alpha is above 0 and at most 1.6
struct DispersionMeasure {
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  double alpha = 1.0;                 ///< 0 to 1.6
  std::vector<std::uint32_t> actors;  ///< whose; empty: all
  std::vector<std::uint32_t> at;      ///< steps
};

/// Time from the start to the end of the first step at which so many actors at once stand at or
/// above a rung [yr]; 0 where they stand there at the start.
///
/// Where that never happens the value is the time to the end of the run, and a second value,
/// `reached`, is 0 instead of 1. The mean is thus the restricted mean time up to that end. Where m
/// of n replicates reach it, quantiles at shares up to (m - 1) / (n - 1) do not depend on the rest.
///
/// @source  Irwin (1949), Journal of Hygiene 47
struct ArrivalMeasure {
  Stand stand;
  std::uint32_t at_least = 1;         ///< actors
  std::vector<std::uint32_t> actors;  ///< among whom; empty: all
};

/// 1 where actors have reached a rung by a step, else 0 [1]: each has stood at or above it at the
/// start or at the end of any step up to then, at the same time or not, and may have left since.
struct ReachMeasure {
  Stand stand;
  std::vector<std::uint32_t> actors;  ///< at least one
  std::uint32_t at_least = 0;         ///< so many of them; 0: all
  std::vector<std::uint32_t> by;      ///< steps
};

/// Size of a cascade [actors]: of those below a rung at the end of step `after`, how many stand at
/// or above it at the end of any later step up to `by`. What an event sets in step `after` itself
/// is therefore not counted; others whom events set are to be left out by name.
struct CascadeMeasure {
  Stand stand;
  std::optional<std::uint32_t> after;    ///< step; none: the start
  std::vector<std::uint32_t> actors;     ///< among whom; empty: all
  std::vector<std::uint32_t> leave_out;  ///< actors that do not count
  std::vector<std::uint32_t> by;         ///< steps, later than `after`
};

/// A continuous state of an authority [1].
struct StateMeasure {
  std::size_t authority = 0;
  AuthorityState state = AuthorityState::control;
  std::vector<std::uint32_t> at;  ///< steps
};

/// Value of the rung on which an authority stands: q of its rights, p of its posture towards a
/// group [1].
struct PolicyMeasure {
  std::size_t authority = 0;
  std::uint32_t policy = 0;       ///< 0 = rights, 1 + g = posture to group g
  std::vector<std::uint32_t> at;  ///< steps
};

/// One of them; an `Outcome` has the value 1 where it came about, else 0 [1].
using MeasureKind = std::variant<CountMeasure, Outcome, ImportanceMeasure, HeightMeasure,
                                 PolarisationMeasure, DispersionMeasure, ArrivalMeasure,
                                 ReachMeasure, CascadeMeasure, StateMeasure, PolicyMeasure>;

/// What is measured, under the name that a study gives it.
struct Measure {
  std::string name;  ///< letters, digits, `_` and `-`
  MeasureKind kind;
};

/// What is wrong with measures of a model, as `name.field: found X; allowed: Y`; empty when they
/// can be recorded. The model itself is taken to be valid.
[[nodiscard]] std::vector<std::string> violations(const Model& model,
                                                  std::span<const Measure> measures);

/// How much a run has to record for a measure: counts serve where all actors count alike, other
/// measures need every actor's rungs.
[[nodiscard]] RecordLevel record_level(const MeasureKind& kind);

/// One number per replicate.
struct MeasureColumn {
  /// That of the measure; behind it `@` and the step's date where the measure has several steps
  /// (`recognitions@2026-12`), or `.reached`.
  std::string name;
  std::size_t measure = 0;            ///< place in the list of measures
  std::optional<std::uint32_t> step;  ///< at or by which, if any
  std::string_view unit;
};

/// Computes measures in every replicate and sums them up, in memory that does not grow with the
/// number of replicates unless values are kept. What it says is the same, to the bit, for any
/// lanes, threads and number of calls.
class MeasureRecorder final : public Recorder {
 public:
  enum class Keep : std::uint8_t { summaries, values };

  /// @throws std::invalid_argument  the measures violate something; the message holds all of it
  MeasureRecorder(const Model& model, std::vector<Measure> measures, Keep keep = Keep::summaries);

  /// That runs need at least.
  [[nodiscard]] RecordLevel level() const noexcept { return level_; }
  [[nodiscard]] const std::vector<Measure>& measures() const noexcept { return measures_; }
  /// Values per replicate: measures in order, each with its steps in order.
  [[nodiscard]] const std::vector<MeasureColumn>& columns() const noexcept { return columns_; }

  /// Tiles of one run or several, each beginning with the replicate after the last one recorded.
  ///
  /// @throws std::invalid_argument  another model's tile, a lower level, or other replicates
  void record(const TileResult& tile) override;
  /// Adds the replicates of another recorder of the same measures, which follow those recorded.
  ///
  /// @throws std::invalid_argument  other columns, other replicates, or `next` kept no values
  void append(const MeasureRecorder& next);

  [[nodiscard]] std::size_t first_replicate() const noexcept { return first_; }
  [[nodiscard]] std::size_t replicates() const noexcept { return replicates_; }
  /// How often each value of a column came up.
  [[nodiscard]] const ValueCounts& counts(std::size_t column) const { return counts_.at(column); }
  [[nodiscard]] ValueSummary summary(std::size_t column) const { return counts(column).summary(); }
  /// One value per replicate; empty unless values are kept.
  [[nodiscard]] std::span<const double> values(std::size_t column) const;

 private:
  void follow(std::size_t first, std::size_t replicates);

  std::shared_ptr<const detail::MeasuredWorld> world_;
  std::vector<Measure> measures_;
  std::vector<MeasureColumn> columns_;
  Keep keep_;
  RecordLevel level_ = RecordLevel::summary;
  std::size_t first_ = 0, replicates_ = 0;
  std::vector<ValueCounts> counts_;          ///< shape (columns)
  std::vector<std::vector<double>> values_;  ///< shape (columns, replicates), if kept
};

}  // namespace entente
