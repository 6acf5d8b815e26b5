#include <fmt/format.h>
#include <fmt/ranges.h>

#include <exception>
#include <new>
#include <optional>
#include <utility>

#include "entente/core/error.hpp"
#include "entente/core/version.hpp"
#include "entente/ensemble/summary.hpp"
#include "entente/io/result_file.hpp"
#include "io/result/format.hpp"
#include "io/result/inputs.hpp"
#include "io/result/netcdf.hpp"
#include "io/result/part_file.hpp"
#include "io/result/summaries.hpp"
#include "io/result/trajectories.hpp"

namespace entente {
namespace {

/// Runs `body`; what HDF5 objects to becomes an error that names the file.
template <class Body>
auto writing(const std::filesystem::path& path, const Body& body) {
  const hdf5::Quiet quiet;
  try {
    return body();
  } catch (const hdf5::Failure& failure) {
    throw FileError(fmt::format("{}: cannot write {}", path.string(), failure.what()));
  }
}

/// The time axis: days since the start, on which each step begins.
void write_time(netcdf::Writer& file, const Calendar& calendar) {
  const auto day = [&](std::uint32_t t) {
    const auto elapsed =
        std::chrono::sys_days(calendar.date(t)) - std::chrono::sys_days(calendar.start());
    return static_cast<std::int32_t>(elapsed.count());
  };
  std::vector<std::int32_t> days;
  std::vector<std::int32_t> bounds;
  std::vector<std::string> labels;
  for (std::uint32_t t = 0; t < calendar.steps(); ++t) {
    days.push_back(day(t));
    bounds.insert(bounds.end(), {day(t), day(t + 1)});
    labels.push_back(calendar.label(t));
  }
  const auto units = fmt::format("days since {}", to_string(calendar.start()));
  const auto time = file.write_coordinate(
      "/time", days, {"first day of the step; values are those at its end", units});
  hdf5::write_attribute(time.get(), "calendar", "proleptic_gregorian");
  hdf5::write_attribute(time.get(), "standard_name", "time");
  hdf5::write_attribute(time.get(), "axis", "T");
  hdf5::write_attribute(time.get(), "bounds", "time_bounds");
  file.dimension("/bound", 2);
  const auto limits = file.write("/time_bounds", {"time", "bound"}, bounds, {});
  hdf5::write_attribute(limits.get(), "units", units);
  hdf5::write_attribute(limits.get(), "calendar", "proleptic_gregorian");
  file.write("/time_label", {"time"}, labels, {"the step in words"});
}

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

void write_provenance(hid_t root, const Simulation& simulation, RecordLevel level) {
  const auto text = [&](const char* name, std::string_view value) {
    hdf5::write_attribute(root, name, value);
  };
  text("Conventions", "CF-1.10");
  text("title", simulation.model().title);
  text("source", fmt::format("entente {}", version()));
  text(detail::format_attribute, detail::format_version);
  text("entente_version", version());
  text("git_hash", git_hash());
  text("compiler", compiler());
  text("record", detail::level_names[static_cast<std::size_t>(level)]);
  text("terms", fmt::format("{}", fmt::join(simulation.term_names(), " ")));
  hdf5::write_attribute(root, "seed", simulation.model().seed);
}

}  // namespace

struct ResultWriter::Impl {
  Impl(const std::filesystem::path& path, const Simulation& simulation, RecordLevel level,
       bool force)
      : model(simulation.model()),
        target(path, force),
        file(target.part()),
        summary(model),
        surroundings(model) {
    write_provenance(file.group("/"), simulation, level);
    write_time(file, model.calendar);
  }

  const Model& model;
  detail::PartFile target;
  netcdf::Writer file;
  Summary summary;
  detail::Surroundings surroundings;
  std::optional<detail::Trajectories> trajectories;
  std::size_t first_replicate = 0;
};

ResultWriter::ResultWriter(const std::filesystem::path& path, const Scenario& scenario,
                           const Simulation& simulation, RecordLevel level, bool force) {
  writing(path, [&] {
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
  writing(impl_->target.target(), [&] {
    if (impl_->summary.replicates() == 0) impl_->first_replicate = tile.first_replicate;
    impl_->summary.record(tile);
    impl_->surroundings.record(tile);
    impl_->trajectories->record(tile);
    impl_->file.require_written();
  });
}

void ResultWriter::finish() {
  writing(impl_->target.target(), [&] {
    auto& [model, target, file, summary, surroundings, trajectories, first] = *impl_;
    trajectories->finish();
    detail::write_summary(file, model, summary);
    surroundings.write(file, model, summary.replicates());
    hdf5::write_attribute(file.group("/"), "replicates",
                          static_cast<std::uint64_t>(summary.replicates()));
    hdf5::write_attribute(file.group("/"), "first_replicate", static_cast<std::uint64_t>(first));
    trajectories.reset();
    file.close();
    target.commit();
  });
}

}  // namespace entente
