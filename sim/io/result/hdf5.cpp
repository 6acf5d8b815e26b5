#include "io/result/hdf5.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace entente::hdf5 {
namespace {

/// The deepest entry of the error stack and, where there is one, the system's own words.
struct Reason {
  std::string deepest;
  std::string system;
};

// HDF5 calls this from C, so nothing may be thrown through it.
herr_t collect(unsigned n, const H5E_error2_t* entry, void* data) noexcept {
  auto& reason = *static_cast<Reason*>(data);
  const std::string_view text = entry->desc != nullptr ? entry->desc : "";
  if (n == 0) reason.deepest = text;
  constexpr std::string_view mark = "error message = '";
  if (const auto at = text.find(mark); reason.system.empty() && at != std::string_view::npos) {
    const auto rest = text.substr(at + mark.size());
    reason.system = rest.substr(0, rest.find('\''));
  }
  return 0;
}

/// A simple space of these lengths, or a single value where there are none.
Handle space_of(const Extents& extents, std::string_view what) {
  if (extents.empty()) return {H5Screate(H5S_SCALAR), what};
  return {H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr), what};
}

Handle selected(hid_t dataset, const Extents& start, const Extents& count, std::string_view what) {
  Handle space(H5Dget_space(dataset), what);
  if (!count.empty()) {
    check(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(),
                              nullptr),
          what);
  }
  return space;
}

void write_simple(hid_t object, const char* name, hid_t type, hid_t memory, const Handle& space,
                  const void* value) {
  const Handle attribute(H5Acreate2(object, name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                         name);
  check(H5Awrite(attribute.get(), memory, value), name);
}

}  // namespace

Quiet::Quiet() {
  H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Quiet::~Quiet() {
  // What a thread leaves on its stack of errors when it ends keeps the library from closing.
  H5Eclear2(H5E_DEFAULT);
  H5Eset_auto2(H5E_DEFAULT, function_, data_);
}

void fail(std::string_view what) {
  Reason reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collect, &reason);
  const std::string& why = reason.system.empty() ? reason.deepest : reason.system;
  throw Failure(fmt::format("{}: {}", what, why.empty() ? "HDF5 gives no reason" : why));
}

void Handle::reset() noexcept {
  const hid_t id = std::exchange(id_, -1);
  if (id >= 0 && H5Iis_valid(id) > 0) H5Idec_ref(id);
}

Handle string_type() {
  Handle type(H5Tcopy(H5T_C_S1), "text");
  check(H5Tset_size(type.get(), H5T_VARIABLE), "text");
  check(H5Tset_cset(type.get(), H5T_CSET_UTF8), "text");
  return type;
}

hsize_t product(const Extents& extents) {
  return std::accumulate(extents.begin(), extents.end(), hsize_t{1}, std::multiplies<>());
}

void write_attribute(hid_t object, const char* name, std::string_view value) {
  const std::string text(value);  // ends in a zero byte, which an empty text needs to have a size
  const Handle type(H5Tcopy(H5T_C_S1), name);
  check(H5Tset_size(type.get(), std::max<std::size_t>(text.size(), 1)), name);
  check(H5Tset_cset(type.get(), H5T_CSET_UTF8), name);
  write_simple(object, name, type.get(), type.get(), space_of({}, name), text.data());
}

void write_attribute(hid_t object, const char* name, std::span<const std::uint8_t> values) {
  write_simple(object, name, file_type<std::uint8_t>(), memory_type<std::uint8_t>(),
               space_of({values.size()}, name), values.data());
}

void write_attribute(hid_t object, const char* name, std::int32_t value) {
  write_simple(object, name, file_type<std::int32_t>(), memory_type<std::int32_t>(),
               space_of({}, name), &value);
}

void write_attribute(hid_t object, const char* name, std::uint64_t value) {
  write_simple(object, name, file_type<std::uint64_t>(), memory_type<std::uint64_t>(),
               space_of({}, name), &value);
}

bool has_attribute(hid_t object, const char* name) { return H5Aexists(object, name) > 0; }

std::string read_text_attribute(hid_t object, const char* name) {
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), name);
  const Handle type(H5Aget_type(attribute.get()), name);
  if (H5Tget_class(type.get()) != H5T_STRING) throw Failure(fmt::format("{}: not a text", name));
  const Handle space(H5Aget_space(attribute.get()), name);
  if (H5Sget_simple_extent_npoints(space.get()) != 1) {
    throw Failure(fmt::format("{}: not a single text", name));
  }
  if (H5Tis_variable_str(type.get()) > 0) {
    char* text = nullptr;
    check(H5Aread(attribute.get(), type.get(), static_cast<void*>(&text)), name);
    std::string value = text != nullptr ? text : "";
    H5free_memory(text);
    return value;
  }
  std::string value(H5Tget_size(type.get()), '\0');
  check(H5Aread(attribute.get(), type.get(), value.data()), name);
  value.resize(std::min(value.find('\0'), value.size()));
  return value;
}

std::vector<std::uint8_t> read_bytes_attribute(hid_t object, const char* name) {
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), name);
  const Handle space(H5Aget_space(attribute.get()), name);
  const auto size = check(H5Sget_simple_extent_npoints(space.get()), name);
  std::vector<std::uint8_t> values(static_cast<std::size_t>(size));
  check(H5Aread(attribute.get(), memory_type<std::uint8_t>(), values.data()), name);
  return values;
}

std::uint64_t read_number_attribute(hid_t object, const char* name) {
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), name);
  const Handle space(H5Aget_space(attribute.get()), name);
  if (H5Sget_simple_extent_npoints(space.get()) != 1) {
    throw Failure(fmt::format("{}: not a single number", name));
  }
  std::uint64_t value = 0;
  check(H5Aread(attribute.get(), memory_type<std::uint64_t>(), &value), name);
  return value;
}

void write_dataset(hid_t dataset, std::span<const std::string> values, std::string_view what) {
  const Extents shape = extents(dataset, what);
  write_texts(dataset, Extents(shape.size(), 0), shape, values, what);
}

Extents extents(hid_t dataset, std::string_view what) {
  const Handle space(H5Dget_space(dataset), what);
  const int rank = check(H5Sget_simple_extent_ndims(space.get()), what);
  Extents shape(static_cast<std::size_t>(rank));
  check(H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr), what);
  return shape;
}

template <>
void read_dataset(hid_t dataset, std::vector<std::string>& values, std::string_view what) {
  const Extents shape = extents(dataset, what);
  require_plausible_size(dataset, shape, what);
  values = read_texts(dataset, Extents(shape.size(), 0), shape, what);
}

void write_block(hid_t dataset, hid_t type, const Extents& start, const Extents& count,
                 const void* values, std::string_view what) {
  const Handle memory = space_of(count, what);
  const Handle file = selected(dataset, start, count, what);
  check(H5Dwrite(dataset, type, memory.get(), file.get(), H5P_DEFAULT, values), what);
}

void read_block(hid_t dataset, hid_t type, const Extents& start, const Extents& count, void* values,
                std::string_view what) {
  const Handle memory = space_of(count, what);
  const Handle file = selected(dataset, start, count, what);
  check(H5Dread(dataset, type, memory.get(), file.get(), H5P_DEFAULT, values), what);
}

void write_texts(hid_t dataset, const Extents& start, const Extents& count,
                 std::span<const std::string> values, std::string_view what) {
  std::vector<const char*> texts;
  texts.reserve(values.size());
  for (const auto& value : values) {
    if (value.find('\0') != std::string::npos) {
      throw Failure(fmt::format("{}: a text contains a zero byte", what));
    }
    texts.push_back(value.c_str());
  }
  write_block(dataset, string_type().get(), start, count, texts.data(), what);
}

std::vector<std::string> read_texts(hid_t dataset, const Extents& start, const Extents& count,
                                    std::string_view what) {
  const Handle stored(H5Dget_type(dataset), what);
  if (H5Tis_variable_str(stored.get()) <= 0) throw Failure(fmt::format("{}: not texts", what));
  std::vector<char*> texts(product(count), nullptr);
  const Handle type = string_type();
  read_block(dataset, type.get(), start, count, texts.data(), what);
  std::vector<std::string> values;
  values.reserve(texts.size());
  for (const char* text : texts) values.emplace_back(text != nullptr ? text : "");
  const Handle space = space_of(count, what);
  check(H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, texts.data()), what);
  return values;
}

void require_plausible_size(hid_t dataset, const Extents& extents, std::string_view what) {
  const Handle file(H5Iget_file_id(dataset), what);
  hsize_t file_size = 0;
  check(H5Fget_filesize(file.get(), &file_size), what);
  // Deflate, should someone have repacked the file, cannot do better than 1032 : 1.
  const long double most = 1032.0L * static_cast<long double>(file_size);
  long double values = 1.0L;
  for (const auto length : extents) values *= static_cast<long double>(length);
  if (values > most) throw Failure(fmt::format("{}: longer than the file can hold", what));
}

}  // namespace entente::hdf5
