#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <new>
#include <stdexcept>

#include "entente/core/error.hpp"
#include "entente/io/result_file.hpp"
#include "io/result/format.hpp"
#include "io/result/inputs.hpp"
#include "io/result/netcdf.hpp"

namespace entente {
namespace {

/// Throws unless the file says that it is a result file of a version that can be read.
void require_format(const std::filesystem::path& path, const netcdf::Reader& file) {
  if (!hdf5::has_attribute(file.root(), detail::format_attribute)) {
    throw FileError(fmt::format("{}: not a result file of entente: found no attribute '{}'",
                                path.string(), detail::format_attribute));
  }
  const auto found = hdf5::read_text_attribute(file.root(), detail::format_attribute);
  if (found != detail::format_version) {
    throw FileError(fmt::format("{}: found result format '{}'; allowed: {}", path.string(), found,
                                detail::format_version));
  }
}

[[noreturn]] void damaged(const std::filesystem::path& path, std::string_view part,
                          std::string_view why) {
  throw FileError(fmt::format("{}: the {} are damaged: {}", path.string(), part, why));
}

/// Opens a result file for `body(reader)`; whatever is wrong with its contents is damage.
///
/// @param part  what is read, for the message
template <class Body>
auto reading(const std::filesystem::path& path, std::string_view part, const Body& body) {
  const hdf5::Quiet quiet;
  if (!std::ifstream(path)) {
    throw FileError(fmt::format("{}: cannot be read", path.string()));
  }
  if (!is_result_file(path)) {
    throw FileError(fmt::format("{}: not a result file: not HDF5", path.string()));
  }
  try {
    const netcdf::Reader file(path);
    require_format(path, file);
    return body(file);
  } catch (const hdf5::Failure& failure) {
    damaged(path, part, failure.what());
  } catch (const std::invalid_argument& failure) {
    damaged(path, part, failure.what());
  } catch (const std::length_error&) {
    damaged(path, part, "a length is out of bounds");
  } catch (const std::bad_alloc&) {
    damaged(path, part, "it asks for more memory than there is");
  }
}

std::size_t read_number(const netcdf::Reader& file, const char* name) {
  const hdf5::Handle attribute(H5Aopen(file.root(), name, H5P_DEFAULT), name);
  std::uint64_t value = 0;
  hdf5::check(H5Aread(attribute.get(), hdf5::memory_type<std::uint64_t>(), &value), name);
  return value;
}

ResultExtent read_extent(const netcdf::Reader& file) {
  const auto level = hdf5::read_text_attribute(file.root(), "record");
  const auto at = std::find(detail::level_names.begin(), detail::level_names.end(), level);
  if (at == detail::level_names.end()) throw hdf5::Failure("record: found '" + level + "'");
  return {static_cast<RecordLevel>(at - detail::level_names.begin()),
          read_number(file, "first_replicate"), read_number(file, "replicates")};
}

}  // namespace

Scenario load_result_inputs(const std::filesystem::path& path) {
  return reading(path, "inputs", [&](const netcdf::Reader& file) {
    auto scenario = detail::read_inputs(file);
    if (const auto problems = violations(scenario.model); !problems.empty()) {
      damaged(path, "inputs", problems.front());
    }
    return scenario;
  });
}

ResultExtent read_result_extent(const std::filesystem::path& path) {
  return reading(path, "results", read_extent);
}

std::vector<Rung> read_recorded_rungs(const std::filesystem::path& path, const RungQuery& query) {
  return reading(path, "results", [&](const netcdf::Reader& file) {
    std::vector<Rung> rungs;
    if (read_extent(file).record == RecordLevel::summary) return rungs;
    const std::string name = "/" + query.ladder;
    const auto dataset = file.open(name);
    const auto shape = hdf5::extents(dataset.get(), name);
    hdf5::require_plausible_size(dataset.get(), shape, name);
    // (replicate, time, actor), with the authority behind the replicate where there are several
    hdf5::Extents start{0, query.authority, query.step, query.actor};
    if (shape.size() == 3 && query.authority == 0) start.erase(start.begin() + 1);
    if (shape.size() != start.size() ||
        !std::equal(start.begin() + 1, start.end(), shape.begin() + 1, std::less<>())) {
      throw hdf5::Failure(name + ": it does not hold what is asked for");
    }
    hdf5::Extents count(shape.size(), 1);
    count.front() = shape.front();
    rungs.resize(shape.front());
    hdf5::read_block(dataset.get(), hdf5::memory_type<Rung>(), start, count, rungs.data(), name);
    return rungs;
  });
}

bool is_result_file(const std::filesystem::path& path) {
  constexpr std::array<char, 8> signature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  std::array<char, 8> found{};
  std::ifstream file(path, std::ios::binary);
  return file.read(found.data(), found.size()) && found == signature;
}

}  // namespace entente
