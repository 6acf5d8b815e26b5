#pragma once

#include <filesystem>
#include <initializer_list>
#include <new>
#include <stdexcept>
#include <string_view>

#include "io/result/format.hpp"
#include "io/result/hdf5.hpp"
#include "io/result/netcdf.hpp"

// How all files with results are opened and read.

namespace entente::detail {

/// Opens a file with results.
///
/// @param allowed  what it may hold
/// @throws FileError  it cannot be read, is none of ours, of another format version, or holds
///                    something else
/// @throws hdf5::Failure  it is damaged
[[nodiscard]] netcdf::Reader open_results(const std::filesystem::path& path,
                                          std::initializer_list<FileKind> allowed);

/// Throws the FileError that says so.
///
/// @param part  of the file, in the plural
[[noreturn]] void fail_damaged(const std::filesystem::path& path, std::string_view part,
                               std::string_view why);

/// Runs `body`; whatever it finds wrong with the contents of a file is damage.
///
/// @param part  what is read, for the message
template <class Body>
auto reading(const std::filesystem::path& path, std::string_view part, const Body& body) {
  const hdf5::Quiet quiet;
  try {
    return body();
  } catch (const hdf5::Failure& failure) {
    fail_damaged(path, part, failure.what());
  } catch (const std::invalid_argument& failure) {
    fail_damaged(path, part, failure.what());
  } catch (const std::length_error&) {
    fail_damaged(path, part, "a length is out of bounds");
  } catch (const std::bad_alloc&) {
    fail_damaged(path, part, "it asks for more memory than there is");
  }
}

}  // namespace entente::detail
