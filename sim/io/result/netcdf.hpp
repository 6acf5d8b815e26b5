#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/result/hdf5.hpp"
#include "io/result/steady_file.hpp"

namespace entente::netcdf {

/// What a reader should know of a variable.
struct Meta {
  std::string_view long_name = {};
  std::string_view units = {};
  std::optional<std::pair<float, float>> range = {};  ///< of a variable of numbers
};

/// How a variable is stored.
struct Storage {
  /// Shape of the pieces it is stored in, needed where a dimension is unlimited; empty = in one.
  hdf5::Extents chunk = {};
  /// Pieces get their place in the file when dimensions grow, not when values arrive: the order of
  /// arrival then leaves no trace.
  bool in_advance = false;
};

/// Length of a dimension that grows.
inline constexpr hsize_t unlimited = H5S_UNLIMITED;

/// Writes a netCDF-4 file with nothing but HDF5: groups, dimensions (as dimension scales),
/// variables.
///
/// Names are paths such as `/inputs/parameters/trade`; groups are made on the way. A dimension is
/// named without a path and looked up as netCDF does, in the variable's group and then outwards.
/// The same calls give the same bytes: no times, no padding left to chance.
///
/// @source  NetCDF-4 format specification; HDF5 dimension scale specification 1.0
class Writer {
 public:
  /// @param path  an existing file is emptied
  explicit Writer(const std::filesystem::path& path);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// The group of this path, made if need be; "/" is the root.
  [[nodiscard]] hid_t group(const std::string& path);

  /// A dimension that no variable describes.
  void dimension(const std::string& path, hsize_t size);
  /// A dimension and the variable of the same name that labels it.
  hdf5::Handle coordinate(const std::string& path, hid_t type, hsize_t size, const Meta& meta);
  /// A variable over dimensions that exist.
  hdf5::Handle variable(const std::string& path, hid_t type,
                        const std::vector<std::string>& dimensions, const Meta& meta,
                        const Storage& storage = {});

  /// A variable with its values at once.
  template <class T>
  hdf5::Handle write(const std::string& path, const std::vector<std::string>& dimensions,
                     const std::vector<T>& values, const Meta& meta) {
    auto dataset = variable(path, type_of<T>().get(), dimensions, meta);
    hdf5::write_dataset(dataset.get(), std::span<const T>(values), path);
    return dataset;
  }
  template <class T>
  hdf5::Handle write_coordinate(const std::string& path, const std::vector<T>& values,
                                const Meta& meta) {
    auto dataset = coordinate(path, type_of<T>().get(), values.size(), meta);
    hdf5::write_dataset(dataset.get(), std::span<const T>(values), path);
    return dataset;
  }

  /// Completes the dimensions and closes the file.
  void close();
  /// Throws Failure where something could not be written. HDF5 writes late, so ask now and then.
  void require_written() const { steady_.require_written(); }

 private:
  struct Use {
    hobj_ref_t variable;
    int position;
  };
  struct Dimension {
    hdf5::Handle dataset;
    hsize_t size = 0;
    std::vector<Use> uses;
  };

  template <class T>
  static hdf5::Handle type_of() {
    if constexpr (std::is_same_v<T, std::string>) {
      return hdf5::string_type();
    } else {
      return {H5Tcopy(hdf5::file_type<T>()), "type"};
    }
  }
  hdf5::Handle create(const std::string& path, hid_t type, const hdf5::Extents& size,
                      const Storage& storage);
  void make_scale(const std::string& path, hid_t dataset, hsize_t size, std::string_view name);
  Dimension& find(const std::string& variable_path, const std::string& name);
  void attach(const std::string& path, hid_t dataset, const std::vector<Dimension*>& dimensions);
  void list_uses(const std::string& path, Dimension& dimension);

  hdf5::SteadyFile steady_;
  hdf5::Handle file_;
  std::map<std::string, hdf5::Handle> groups_;
  std::map<std::string, Dimension> dimensions_;
  std::int32_t next_id_ = 0;
};

/// Reads variables of a netCDF-4 file by path.
class Reader {
 public:
  explicit Reader(const std::filesystem::path& path);

  [[nodiscard]] hid_t root() const noexcept { return root_.get(); }
  [[nodiscard]] bool contains(const std::string& path) const;
  [[nodiscard]] hdf5::Handle open(const std::string& path) const;
  /// Length of a dimension, 0 where it is absent: netCDF has none of length zero.
  [[nodiscard]] hsize_t size(const std::string& path) const;

  template <class T>
  void read(const std::string& path, std::vector<T>& values) const {
    const auto dataset = open(path);
    hdf5::read_dataset(dataset.get(), values, path);
  }

 private:
  hdf5::Handle file_;
  hdf5::Handle root_;
};

/// Shape of the pieces in which a variable is stored: as many of the slowest index as fit into
/// `limit` bytes, or where not even one does, pieces of the next.
[[nodiscard]] hdf5::Extents chunk_shape(hdf5::Extents shape, std::size_t element_size,
                                        std::size_t limit);

}  // namespace entente::netcdf
