#include <optional>
#include <utility>

#include "entente/ensemble/state_summary.hpp"
#include "entente/ensemble/summary.hpp"
#include "entente/io/result_file.hpp"
#include "io/result/inputs.hpp"
#include "io/result/netcdf.hpp"
#include "io/result/part_file.hpp"
#include "io/result/preamble.hpp"
#include "io/result/summaries.hpp"
#include "io/result/trajectories.hpp"

namespace entente {
namespace {

/// The axes that only decisions have.
void write_axes(netcdf::Writer& file, const Simulation& simulation, RecordLevel level) {
  if (level != RecordLevel::full) return;
  std::vector<std::string> ladders;
  for (const auto& ladder : simulation.model().ladders) ladders.push_back(ladder.key);
  file.write_coordinate("/ladder", ladders, {"ladder of the actors"});
  if (!simulation.driver_names().empty()) {
    file.write_coordinate("/driver", simulation.driver_names(), {"driver of decisions"});
  }
  if (!simulation.term_names().empty()) {
    file.write_coordinate("/term", simulation.term_names(), {"term of the utility"});
  }
  file.write_coordinate("/option", std::vector<std::string>{"below", "above"},
                        {"rung that staying is compared with"});
}

}  // namespace

struct ResultWriter::Impl {
  Impl(const std::filesystem::path& path, const Simulation& simulation, RecordLevel level,
       bool force)
      : model(simulation.model()),
        target(path, force),
        file(target.part()),
        summary(model),
        states(model) {
    detail::write_provenance(file, simulation, detail::FileKind::run, level);
    detail::write_time(file, model.calendar);
  }

  const Model& model;
  detail::PartFile target;
  netcdf::Writer file;
  Summary summary;
  StateSummary states;
  std::optional<detail::Trajectories> trajectories;
  std::size_t first_replicate = 0;
};

ResultWriter::ResultWriter(const std::filesystem::path& path, const Scenario& scenario,
                           const Simulation& simulation, RecordLevel level, bool force) {
  detail::writing(path, [&] {
    auto made = std::make_unique<Impl>(path, simulation, level, force);
    // The scenario may have been altered on its way; the numbers that count are the simulation's.
    Scenario inputs = scenario;
    inputs.model = simulation.model();
    detail::write_inputs(made->file, inputs);
    write_axes(made->file, simulation, level);
    made->trajectories.emplace(made->file, simulation, level);
    made->file.require_written();
    impl_ = std::move(made);
  });
}

ResultWriter::~ResultWriter() {
  const hdf5::Quiet quiet;
  impl_.reset();
}

void ResultWriter::record(const TileResult& tile) {
  detail::writing(impl_->target.target(), [&] {
    if (impl_->summary.replicates() == 0) impl_->first_replicate = tile.first_replicate;
    impl_->summary.record(tile);
    impl_->states.record(tile);
    impl_->trajectories->record(tile);
    impl_->file.require_written();
  });
}

void ResultWriter::finish() {
  detail::writing(impl_->target.target(), [&] {
    auto& [model, target, file, summary, states, trajectories, first] = *impl_;
    trajectories->finish();
    detail::write_summary(file, model, summary);
    detail::write_state_summary(file, model, states);
    detail::write_extent(file, first, summary.replicates());
    trajectories.reset();
    file.close();
    target.commit();
  });
}

}  // namespace entente
