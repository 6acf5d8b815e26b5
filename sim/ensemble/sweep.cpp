#include "entente/ensemble/sweep.hpp"

#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "engine/parallel.hpp"
#include "entente/core/error.hpp"
#include "entente/engine/simulation.hpp"

namespace entente {
namespace {

constexpr std::array statistics{".mean", ".variance", ".error", ".q05",
                                ".q25",  ".q50",      ".q75",   ".q95"};

void append(std::vector<double>& values, const ValueSummary& summary) {
  values.insert(values.end(), {summary.mean, summary.variance, summary.error});
  values.insert(values.end(), summary.quantiles.begin(), summary.quantiles.end());
}

std::vector<double> run_point(Model model, const TermRegistry& registry,
                              std::span<const Measure> measures, const SweepOptions& options) {
  const Simulation simulation(std::move(model), registry);
  MeasureRecorder recorder(simulation.model(), {measures.begin(), measures.end()});
  RunOptions run;
  run.first_replicate = options.first_replicate;
  run.replicates = options.replicates;
  run.record = recorder.level();
  simulation.run(run, recorder);
  std::vector<double> values;
  for (std::size_t c = 0; c < recorder.columns().size(); ++c) {
    append(values, recorder.summary(c));
  }
  return values;
}

/// A row's result. What the row itself is to blame for becomes its message.
std::unique_ptr<PointResult> result_of(const PointModel& model_of, const TermRegistry& registry,
                                       std::span<const Measure> measures, std::size_t row,
                                       const SweepOptions& options) {
  auto result = std::make_unique<PointResult>();
  result->row = row;
  try {
    result->values = run_point(model_of(row), registry, measures, options);
  } catch (const FileError&) {
    throw;  // the machine is to blame, not the point: done again it may well succeed
  } catch (const Error& error) {
    result->failure = error.what();
  } catch (const std::invalid_argument& error) {
    result->failure = error.what();
  }
  return result;
}

}  // namespace

std::vector<std::string> sweep_columns(const MeasureRecorder& measures) {
  std::vector<std::string> names;
  for (const auto& column : measures.columns()) {
    for (const auto* statistic : statistics) names.push_back(column.name + statistic);
  }
  return names;
}

RowSource rows_between(std::size_t first, std::size_t last) {
  return
      [next = first, last]() mutable { return next < last ? std::optional(next++) : std::nullopt; };
}

std::size_t run_points(const PointModel& model_of, const TermRegistry& registry,
                       std::span<const Measure> measures, const RowSource& next,
                       const SweepOptions& options,
                       const std::function<void(PointResult)>& consume) {
  std::size_t done = 0;
  const auto hand_on = [&](std::unique_ptr<PointResult>& result) {
    ++done;
    consume(std::move(*result));
  };
  detail::with_threads(options.threads, [&] {
    const std::size_t in_flight = 2 * detail::thread_count() + 1;
    // Rows that are alive are consecutive in the order of asking, so no two share a place.
    std::vector<std::size_t> rows(in_flight);
    const auto more = [&](std::size_t index) {
      if (options.stop != nullptr && options.stop->load(std::memory_order_relaxed)) return false;
      const auto row = next();
      if (row) rows[index % in_flight] = *row;
      return row.has_value();
    };
    const auto produce = [&](std::size_t index) {
      return result_of(model_of, registry, measures, rows[index % in_flight], options);
    };
    detail::ordered_pipeline<std::unique_ptr<PointResult>>(in_flight, more, produce, hand_on);
  });
  return done;
}

}  // namespace entente
