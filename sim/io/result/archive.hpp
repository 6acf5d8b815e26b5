#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "io/result/hdf5.hpp"
#include "io/result/inputs.hpp"
#include "io/result/netcdf.hpp"

namespace entente::detail {

using netcdf::Meta;

/// How a value stands in the file: enumerations and flags as bytes.
template <class T>
struct StoredAs {
  using Type = T;
};
template <class T>
requires std::is_enum_v<T>
struct StoredAs<T> {
  using Type = std::underlying_type_t<T>;
};
template <>
struct StoredAs<bool> {
  using Type = std::uint8_t;
};

/// What `at(0)` refers to.
template <class At>
using ValueOf = std::remove_cvref_t<std::invoke_result_t<At, std::size_t>>;

/// Writes what a visit of a scenario names. `InputReader` has the same functions, so one visit
/// serves both directions and cannot forget a number in one of them.
class InputWriter {
 public:
  static constexpr bool writing = true;

  explicit InputWriter(netcdf::Writer& file) : file_(file) {}

  /// A dimension of as many elements as `list` has, labelled by at(0), at(1), ...
  template <class List, class At>
  void axis(const std::string& path, List& list, const At& at, const Meta& meta) {
    if (!list.empty()) file_.write_coordinate(path, gather(list.size(), at), meta);
  }
  /// A dimension without labels.
  template <class List>
  void dimension(const std::string& path, List& list) {
    if (!list.empty()) file_.dimension(path, list.size());
  }
  /// `count` values over dimensions, last index fastest. Nothing where count is 0.
  template <class At>
  void values(const std::string& path, const std::vector<std::string>& dimensions,
              std::size_t count, const At& at, const Meta& meta) {
    if (count != 0) file_.write(path, dimensions, gather(count, at), meta);
  }
  /// The same for numbers that stand for names.
  template <class At>
  void flags(const std::string& path, const std::vector<std::string>& dimensions, std::size_t count,
             const At& at, const std::vector<std::string>& names, const Meta& meta) {
    if (count == 0) return;
    const auto dataset = file_.write(path, dimensions, gather(count, at), meta);
    write_flags(dataset.get(), names);
  }
  /// A single value.
  template <class T>
  void value(const std::string& path, const T& single, const Meta& meta) {
    values(
        path, {}, 1, [&](std::size_t) -> const T& { return single; }, meta);
  }
  template <class List>
  void resize(List&, std::size_t) {}

 private:
  template <class At>
  static auto gather(std::size_t count, const At& at) {
    std::vector<typename StoredAs<ValueOf<At>>::Type> stored;
    stored.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      stored.push_back(static_cast<typename StoredAs<ValueOf<At>>::Type>(at(i)));
    }
    return stored;
  }

  netcdf::Writer& file_;
};

/// Reads back what `InputWriter` wrote.
class InputReader {
 public:
  static constexpr bool writing = false;

  explicit InputReader(const netcdf::Reader& file) : file_(file) {}

  template <class List, class At>
  void axis(const std::string& path, List& list, const At& at, const Meta& meta) {
    dimension(path, list);
    values(path, {}, list.size(), at, meta);
  }
  template <class List>
  void dimension(const std::string& path, List& list) {
    list.resize(file_.size(path));
  }
  template <class At>
  void values(const std::string& path, const std::vector<std::string>&, std::size_t count,
              const At& at, const Meta&) {
    if (count == 0) return;
    const auto stored = read<At>(path, count);
    for (std::size_t i = 0; i < count; ++i) at(i) = static_cast<ValueOf<At>>(stored[i]);
  }
  template <class At>
  void flags(const std::string& path, const std::vector<std::string>& dimensions, std::size_t count,
             const At& at, const std::vector<std::string>& names, const Meta& meta) {
    if (count == 0) return;
    for (const auto number : read<At>(path, count)) {
      if (number >= names.size()) throw hdf5::Failure(path + ": a number stands for no name");
    }
    values(path, dimensions, count, at, meta);
  }
  template <class T>
  void value(const std::string& path, T& single, const Meta& meta) {
    values(
        path, {}, 1, [&](std::size_t) -> T& { return single; }, meta);
  }
  template <class List>
  void resize(List& list, std::size_t size) {
    list.resize(size);
  }
  [[nodiscard]] bool contains(const std::string& path) const { return file_.contains(path); }

 private:
  template <class At>
  [[nodiscard]] auto read(const std::string& path, std::size_t count) const {
    std::vector<typename StoredAs<ValueOf<At>>::Type> stored;
    file_.read(path, stored);
    if (stored.size() != count) throw hdf5::Failure(path + ": not as long as its dimensions");
    return stored;
  }

  const netcdf::Reader& file_;
};

}  // namespace entente::detail
