#include "io/result/preamble.hpp"

#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "entente/core/version.hpp"

namespace entente::detail {

void write_provenance(netcdf::Writer& file, std::string_view title, FileKind kind) {
  const hid_t root = file.group("/");
  const auto text = [&](const char* name, std::string_view value) {
    hdf5::write_attribute(root, name, value);
  };
  text("Conventions", "CF-1.10");
  text("title", title);
  text("source", fmt::format("entente {}", version()));
  text(format_attribute, format_version);
  text("entente_version", version());
  text("git_hash", git_hash());
  text("compiler", compiler());
  text(kind_attribute, text_of(kind).name);
}

void write_provenance(netcdf::Writer& file, const Simulation& simulation, FileKind kind,
                      RecordLevel level) {
  write_provenance(file, simulation.model().title, kind);
  const hid_t root = file.group("/");
  hdf5::write_attribute(root, "record", level_names[static_cast<std::size_t>(level)]);
  hdf5::write_attribute(root, "terms", fmt::format("{}", fmt::join(simulation.term_names(), " ")));
  hdf5::write_attribute(root, "seed", simulation.model().seed);
}

void write_extent(netcdf::Writer& file, std::size_t first_replicate, std::size_t replicates) {
  const hid_t root = file.group("/");
  hdf5::write_attribute(root, "replicates", static_cast<std::uint64_t>(replicates));
  hdf5::write_attribute(root, "first_replicate", static_cast<std::uint64_t>(first_replicate));
}

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

}  // namespace entente::detail
