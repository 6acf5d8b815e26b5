#pragma once

#include <hdf5.h>

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// A thin layer over HDF5's C interface: handles that close themselves, errors as exceptions, one
/// overload set for reading and writing.
namespace entente::hdf5 {

/// A call of the HDF5 library failed. The message says what was being done and why it failed,
/// condensed from the library's error stack.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Keeps HDF5 from printing its error stack on this thread; every public entry makes one.
class Quiet {
 public:
  Quiet();
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;
  ~Quiet();

 private:
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

/// Throws Failure with the reason that HDF5 gives, `what` in front.
[[noreturn]] void fail(std::string_view what);

/// Passes on what an HDF5 call returned; a negative value is a failure of `what`.
template <class Status>
Status check(Status status, std::string_view what) {
  if (status < 0) fail(what);
  return status;
}

/// Owns an HDF5 object of any kind.
class Handle {
 public:
  Handle() = default;
  /// Takes over what an HDF5 call returned.
  Handle(hid_t id, std::string_view what) : id_(check(id, what)) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Handle() { reset(); }

  [[nodiscard]] hid_t get() const noexcept { return id_; }
  void reset() noexcept;

 private:
  hid_t id_ = -1;
};

/// Types as they stand in memory. Files hold the little-endian twins.
template <class T>
hid_t memory_type() {
  if constexpr (std::is_same_v<T, std::uint8_t>) {
    return H5T_NATIVE_UINT8;
  } else if constexpr (std::is_same_v<T, std::uint16_t>) {
    return H5T_NATIVE_UINT16;
  } else if constexpr (std::is_same_v<T, std::uint32_t>) {
    return H5T_NATIVE_UINT32;
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    return H5T_NATIVE_UINT64;
  } else if constexpr (std::is_same_v<T, std::int32_t>) {
    return H5T_NATIVE_INT32;
  } else if constexpr (std::is_same_v<T, float>) {
    return H5T_NATIVE_FLOAT;
  } else {
    static_assert(std::is_same_v<T, double>);
    return H5T_NATIVE_DOUBLE;
  }
}
template <class T>
hid_t file_type() {
  if constexpr (std::is_same_v<T, std::uint8_t>) {
    return H5T_STD_U8LE;
  } else if constexpr (std::is_same_v<T, std::uint16_t>) {
    return H5T_STD_U16LE;
  } else if constexpr (std::is_same_v<T, std::uint32_t>) {
    return H5T_STD_U32LE;
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    return H5T_STD_U64LE;
  } else if constexpr (std::is_same_v<T, std::int32_t>) {
    return H5T_STD_I32LE;
  } else if constexpr (std::is_same_v<T, float>) {
    return H5T_IEEE_F32LE;
  } else {
    static_assert(std::is_same_v<T, double>);
    return H5T_IEEE_F64LE;
  }
}
/// UTF-8 text of any length.
[[nodiscard]] Handle string_type();

/// Lengths along each dimension.
using Extents = std::vector<hsize_t>;
[[nodiscard]] hsize_t product(const Extents& extents);

// Attributes. Text has a fixed length, so that netCDF tools show it as such.
void write_attribute(hid_t object, const char* name, std::string_view value);
void write_attribute(hid_t object, const char* name, std::span<const std::uint8_t> values);
void write_attribute(hid_t object, const char* name, std::int32_t value);
void write_attribute(hid_t object, const char* name, std::uint64_t value);
[[nodiscard]] bool has_attribute(hid_t object, const char* name);
/// Text of fixed or variable length.
[[nodiscard]] std::string read_text_attribute(hid_t object, const char* name);
[[nodiscard]] std::vector<std::uint8_t> read_bytes_attribute(hid_t object, const char* name);
[[nodiscard]] std::uint64_t read_number_attribute(hid_t object, const char* name);

// Datasets, whole.
template <class T>
void write_dataset(hid_t dataset, std::span<const T> values, std::string_view what) {
  check(H5Dwrite(dataset, memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), what);
}
void write_dataset(hid_t dataset, std::span<const std::string> values, std::string_view what);

[[nodiscard]] Extents extents(hid_t dataset, std::string_view what);
template <class T>
void read_dataset(hid_t dataset, std::vector<T>& values, std::string_view what);
template <>
void read_dataset(hid_t dataset, std::vector<std::string>& values, std::string_view what);

// Datasets, the block [start, start + count).
void write_block(hid_t dataset, hid_t type, const Extents& start, const Extents& count,
                 const void* values, std::string_view what);
void write_texts(hid_t dataset, const Extents& start, const Extents& count,
                 std::span<const std::string> values, std::string_view what);
void read_block(hid_t dataset, hid_t type, const Extents& start, const Extents& count, void* values,
                std::string_view what);
[[nodiscard]] std::vector<std::string> read_texts(hid_t dataset, const Extents& start,
                                                  const Extents& count, std::string_view what);

/// Throws when a dataset claims more than a file of its size can hold, as a damaged one may.
void require_plausible_size(hid_t dataset, const Extents& extents, std::string_view what);

template <class T>
void read_dataset(hid_t dataset, std::vector<T>& values, std::string_view what) {
  const Extents shape = extents(dataset, what);
  require_plausible_size(dataset, shape, what);
  values.resize(product(shape));
  check(H5Dread(dataset, memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), what);
}

}  // namespace entente::hdf5
