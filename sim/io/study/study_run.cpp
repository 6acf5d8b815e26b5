#include "entente/io/study_run.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "entente/ensemble/sweep.hpp"
#include "entente/terms/registry.hpp"

namespace entente {
namespace {

constexpr std::size_t replicates_per_chunk = 1024;

/// Turns chunks into rows and rows into chunks again. Rows are begun before the chunk in front of
/// them is whole, so that no thread waits at the border between two.
class Assembly {
 public:
  Assembly(const ChunkStore& store, const ChunkSource& next) : store_(store), next_(next) {}

  /// The next row to begin.
  std::optional<std::size_t> row() {
    if (begun_ == end_) {
      const auto chunk = next_();
      if (!chunk) return std::nullopt;
      begun_ = static_cast<std::size_t>(store_.plan().first_row(*chunk));
      end_ = begun_ + static_cast<std::size_t>(store_.plan().rows_in(*chunk));
    }
    return begun_++;
  }

  /// Takes the result of a row, in the order of `row`; commits the chunk that it completes.
  void take(const PointResult& result) {
    const auto& plan = store_.plan();
    if (filled_ == 0) chunk_ = plan.blank(result.row / plan.rows_per_chunk);
    const std::size_t columns = plan.columns.size();
    const std::size_t place = result.row - static_cast<std::size_t>(chunk_.first_row);
    if (result.failure.empty()) {
      std::copy(result.values.begin(), result.values.end(),
                chunk_.values.begin() + static_cast<std::ptrdiff_t>(place * columns));
    } else {
      chunk_.failures.push_back({result.row, result.failure});
    }
    if (++filled_ < chunk_.rows) return;
    store_.commit(chunk_);
    filled_ = 0;
    ++committed_;
  }

  [[nodiscard]] std::uint64_t committed() const { return committed_; }

 private:
  const ChunkStore& store_;
  const ChunkSource& next_;
  // Of `row` and of `take`, which different threads call at the same time.
  std::size_t begun_ = 0, end_ = 0;  // rows of the chunk that is being handed out
  Chunk chunk_;                      // that is being filled
  std::uint64_t filled_ = 0;         // its rows
  std::uint64_t committed_ = 0;
};

}  // namespace

ChunkPlan chunk_plan(const Study& study) {
  const MeasureRecorder measures(study.base.model, study.measures);
  ChunkPlan plan;
  plan.rows = study.design.rows();
  plan.rows_per_chunk = std::max<std::size_t>(1, replicates_per_chunk / study.replicates);
  plan.columns = sweep_columns(measures);
  return plan;
}

std::uint64_t run_chunks(const Study& study, const StudyModels& models, const ChunkStore& store,
                         const ChunkSource& next, const StudyRunOptions& options) {
  Assembly assembly(store, next);
  SweepOptions sweep;
  sweep.first_replicate = study.first_replicate;
  sweep.replicates = study.replicates;
  sweep.threads = options.threads;
  sweep.stop = options.stop;
  std::size_t rows = 0;
  std::size_t failed = 0;
  run_points([&](std::size_t row) { return models.at(row); }, builtin_terms(), study.measures,
             [&] { return assembly.row(); }, sweep,
             [&](const PointResult& result) {
               assembly.take(result);
               ++rows;
               if (!result.failure.empty()) ++failed;
               if (options.progress) options.progress(rows, failed);
             });
  return assembly.committed();
}

}  // namespace entente
