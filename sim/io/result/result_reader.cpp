#include <fmt/format.h>

#include <array>
#include <fstream>
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

[[noreturn]] void damaged(const std::filesystem::path& path, std::string_view why) {
  throw FileError(fmt::format("{}: the inputs are damaged: {}", path.string(), why));
}

}  // namespace

Scenario load_result_inputs(const std::filesystem::path& path) {
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
    auto scenario = detail::read_inputs(file);
    if (const auto problems = violations(scenario.model); !problems.empty()) {
      damaged(path, problems.front());
    }
    return scenario;
  } catch (const hdf5::Failure& failure) {
    damaged(path, failure.what());
  } catch (const std::invalid_argument& failure) {
    damaged(path, failure.what());
  } catch (const std::length_error&) {
    damaged(path, "a length is out of bounds");
  } catch (const std::bad_alloc&) {
    damaged(path, "it asks for more memory than there is");
  }
}

bool is_result_file(const std::filesystem::path& path) {
  constexpr std::array<char, 8> signature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  std::array<char, 8> found{};
  std::ifstream file(path, std::ios::binary);
  return file.read(found.data(), found.size()) && found == signature;
}

}  // namespace entente
