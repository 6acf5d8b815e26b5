#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "entente/core/calendar.hpp"
#include "entente/core/error.hpp"
#include "entente/engine/recorder.hpp"
#include "entente/engine/simulation.hpp"
#include "io/result/format.hpp"
#include "io/result/hdf5.hpp"
#include "io/result/netcdf.hpp"

// What all files with results have in common.

namespace entente::detail {

/// Writes the root attributes that say what the file is and what made it.
void write_provenance(netcdf::Writer& file, std::string_view title, FileKind kind);
/// The same of a file that holds runs of one model, and how that was run.
void write_provenance(netcdf::Writer& file, const Simulation& simulation, FileKind kind,
                      RecordLevel level);

/// Writes the root attributes that say which replicates the file holds.
void write_extent(netcdf::Writer& file, std::size_t first_replicate, std::size_t replicates);

/// Writes the time axis: days since the start, on which each step begins.
void write_time(netcdf::Writer& file, const Calendar& calendar);

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

}  // namespace entente::detail
