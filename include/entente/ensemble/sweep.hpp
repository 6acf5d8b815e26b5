#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "entente/ensemble/measures.hpp"
#include "entente/model/model.hpp"
#include "entente/model/term.hpp"

namespace entente {

/// A point of a design after its run: what was measured, or why there is nothing.
struct PointResult {
  std::size_t row = 0;         ///< of the design
  std::string failure;         ///< message; empty: none
  std::vector<double> values;  ///< by `sweep_columns`; empty where it failed
};

/// How points are run. Only the first two change what is found.
struct SweepOptions {
  std::size_t first_replicate = 0;
  std::size_t replicates = 16;  ///< per point: the same luck for all (common random numbers)
  std::size_t threads = 0;      ///< 0 = all
  /// When true no further point is begun; those begun are finished.
  const std::atomic<bool>* stop = nullptr;
};

/// Names of what a point gives: of each column of the measures `NAME.mean`, `.variance`, `.error`
/// and its quantiles, `.q05` to `.q95` (see ValueSummary).
[[nodiscard]] std::vector<std::string> sweep_columns(const MeasureRecorder& measures);

/// The model of a row of a design; called from several threads at once.
using PointModel = std::function<Model(std::size_t row)>;

/// Which row is next; nothing at the end. Called from one thread at a time, not always the same.
using RowSource = std::function<std::optional<std::size_t>()>;

/// The rows [first, last), ascending.
[[nodiscard]] RowSource rows_between(std::size_t first, std::size_t last);

/// Runs rows of a design, several at once, and hands their results on in the order in which `next`
/// named them. A row whose model is refused or leaves the finite numbers is a result with its
/// message; the others go on. The results of a row do not depend on which rows are run with it, nor
/// on threads.
///
/// @param measures  of every point; they must fit every row's model
/// @param consume   called from one thread at a time
/// @return  number of rows done; all that `next` names, unless stopped
/// @throws whatever `next` and `consume` throw, FileError of a row's model, and std::bad_alloc
std::size_t run_points(const PointModel& model_of, const TermRegistry& registry,
                       std::span<const Measure> measures, const RowSource& next,
                       const SweepOptions& options,
                       const std::function<void(PointResult)>& consume);

}  // namespace entente
