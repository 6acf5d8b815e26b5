#include "entente/io/result_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "entente/core/error.hpp"
#include "io/result/format.hpp"
#include "io/result/netcdf.hpp"

namespace entente {
namespace {

/// Opens a result file for `body(reader)`; what HDF5 objects to becomes an error that names the
/// file.
template <class Body>
auto reading(const std::filesystem::path& path, const Body& body) {
  const hdf5::Quiet quiet;
  try {
    const netcdf::Reader file(path);
    return body(file);
  } catch (const hdf5::Failure& failure) {
    throw FileError(fmt::format("{}: cannot read {}", path.string(), failure.what()));
  }
}

std::uint64_t read_number(const netcdf::Reader& file, const char* name) {
  const hdf5::Handle attribute(H5Aopen(file.root(), name, H5P_DEFAULT), name);
  std::uint64_t value = 0;
  hdf5::check(H5Aread(attribute.get(), hdf5::memory_type<std::uint64_t>(), &value), name);
  return value;
}

RecordLevel read_level(const netcdf::Reader& file) {
  const auto found = hdf5::read_text_attribute(file.root(), "record");
  const auto& names = detail::level_names;
  const auto at = std::find(names.begin(), names.end(), found);
  if (at == names.end()) throw hdf5::Failure("record: not a level: " + found);
  return static_cast<RecordLevel>(at - names.begin());
}

ResultExtent read_extent(const netcdf::Reader& file) {
  return {read_level(file), static_cast<std::size_t>(read_number(file, "first_replicate")),
          static_cast<std::size_t>(read_number(file, "replicates"))};
}

}  // namespace

ResultExtent read_result_extent(const std::filesystem::path& path) {
  return reading(path, read_extent);
}

std::vector<Rung> read_recorded_rungs(const std::filesystem::path& path, const RungQuery& query) {
  return reading(path, [&](const netcdf::Reader& file) {
    std::vector<Rung> rungs;
    if (read_extent(file).record == RecordLevel::summary) return rungs;
    const std::string name = "/" + query.ladder;
    const auto dataset = file.open(name);
    const auto shape = hdf5::extents(dataset.get(), name);
    // (replicate, time, actor), with the authority behind the replicate where there are several
    hdf5::Extents start{0, query.authority, query.step, query.actor};
    if (shape.size() == 3 && query.authority == 0) start.erase(start.begin() + 1);
    if (shape.size() != start.size() ||
        !std::equal(start.begin() + 1, start.end(), shape.begin() + 1, std::less<>())) {
      throw hdf5::Failure(name + ": it does not hold what was asked for");
    }
    hdf5::Extents count(shape.size(), 1);
    count.front() = shape.front();
    rungs.resize(shape.front());
    hdf5::read_block(dataset.get(), hdf5::memory_type<Rung>(), start, count, rungs.data(), name);
    return rungs;
  });
}

}  // namespace entente
