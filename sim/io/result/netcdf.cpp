#include "io/result/netcdf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace entente::netcdf {

using std::string_view_literals::operator""sv;

namespace {

// Chunks are written whole and never again: a copy of them in memory would only cost.
constexpr std::size_t chunk_cache_bytes = 0;

// What the netCDF library writes into a dimension that has no variable.
std::string scale_name(hsize_t size) {
  return fmt::format("This is a netCDF dimension but not a netCDF variable. {:>10}", size);
}

std::string parent_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::string joined(const std::string& group, const std::string& name) {
  return group == "/" ? "/" + name : group + "/" + name;
}

/// A property list for objects that carry no times and keep the order in which things were made.
hdf5::Handle ordered(hid_t list_class) {
  hdf5::Handle list(H5Pcreate(list_class), "property list");
  constexpr unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  hdf5::check(H5Pset_obj_track_times(list.get(), false), "property list");
  hdf5::check(H5Pset_attr_creation_order(list.get(), order), "property list");
  if (list_class != H5P_DATASET_CREATE) {
    hdf5::check(H5Pset_link_creation_order(list.get(), order), "property list");
  }
  return list;
}

hdf5::Handle create_file(const std::filesystem::path& path, const hdf5::SteadyFile& steady) {
  const auto creation = ordered(H5P_FILE_CREATE);
  const hdf5::Handle access(H5Pcreate(H5P_FILE_ACCESS), "property list");
  hdf5::check(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18), "property list");
  hdf5::check(H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG), "property list");
  steady.use_in(access.get());
  return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), "file"};
}

/// The list of a scale's users as HDF5 wants it: reference and position, padded.
hdf5::Handle use_type() {
  hdf5::Handle type(H5Tcreate(H5T_COMPOUND, 16), "REFERENCE_LIST");
  hdf5::check(H5Tinsert(type.get(), "dataset", 0, H5T_STD_REF_OBJ), "REFERENCE_LIST");
  hdf5::check(H5Tinsert(type.get(), "dimension", 8, H5T_STD_I32LE), "REFERENCE_LIST");
  return type;
}

/// A bound in the type of the values that it bounds, as CF wants it.
void write_bound(hid_t dataset, const char* name, float bound) {
  const hdf5::Handle type(H5Dget_type(dataset), name);
  const hdf5::Handle space(H5Screate(H5S_SCALAR), name);
  const hdf5::Handle attribute(
      H5Acreate2(dataset, name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT), name);
  hdf5::check(H5Awrite(attribute.get(), hdf5::memory_type<float>(), &bound), name);
}

void describe(hid_t dataset, const Meta& meta) {
  if (!meta.long_name.empty()) hdf5::write_attribute(dataset, "long_name", meta.long_name);
  if (!meta.units.empty()) hdf5::write_attribute(dataset, "units", meta.units);
  if (meta.range) {
    write_bound(dataset, "valid_min", meta.range->first);
    write_bound(dataset, "valid_max", meta.range->second);
  }
}

}  // namespace

Writer::Writer(const std::filesystem::path& path) : file_(create_file(path, steady_)) {
  groups_.emplace("/", hdf5::Handle(H5Gopen2(file_.get(), "/", H5P_DEFAULT), "root group"));
}

hid_t Writer::group(const std::string& path) {
  if (const auto found = groups_.find(path); found != groups_.end()) return found->second.get();
  const hid_t parent = group(parent_of(path));
  const auto creation = ordered(H5P_GROUP_CREATE);
  hdf5::Handle made(
      H5Gcreate2(parent, name_of(path).c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT), path);
  return groups_.emplace(path, std::move(made)).first->second.get();
}

hdf5::Handle Writer::create(const std::string& path, hid_t type, const hdf5::Extents& size,
                            const Storage& storage) {
  hdf5::Extents now = size;
  for (auto& length : now) {
    if (length == unlimited) length = 0;
  }
  const auto rank = static_cast<int>(size.size());
  const hdf5::Handle space(
      size.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, now.data(), size.data()), path);
  const auto creation = ordered(H5P_DATASET_CREATE);
  const hdf5::Handle access(H5Pcreate(H5P_DATASET_ACCESS), path);
  if (!storage.chunk.empty()) {
    hdf5::check(H5Pset_chunk(creation.get(), rank, storage.chunk.data()), path);
    hdf5::check(H5Pset_chunk_cache(access.get(), 521, chunk_cache_bytes, 1.0), path);
  }
  if (storage.in_advance) {
    hdf5::check(H5Pset_alloc_time(creation.get(), H5D_ALLOC_TIME_EARLY), path);
  }
  return {H5Dcreate2(group(parent_of(path)), name_of(path).c_str(), type, space.get(), H5P_DEFAULT,
                     creation.get(), access.get()),
          path};
}

void Writer::make_scale(const std::string& path, hid_t dataset, hsize_t size,
                        std::string_view name) {
  // Fixed-length text with its final zero, as H5DSset_scale writes it.
  hdf5::write_attribute(dataset, "CLASS", "DIMENSION_SCALE\0"sv);
  hdf5::write_attribute(dataset, "NAME", std::string(name) + '\0');
  hdf5::write_attribute(dataset, "_Netcdf4Dimid", next_id_++);
  auto& dimension = dimensions_[path];
  hdf5::check(H5Iinc_ref(dataset), path);
  dimension.dataset = hdf5::Handle(dataset, path);
  dimension.size = size;
}

void Writer::dimension(const std::string& path, hsize_t size) {
  const auto dataset = create(path, H5T_IEEE_F32BE, {size}, {});
  make_scale(path, dataset.get(), size, scale_name(size));
}

hdf5::Handle Writer::coordinate(const std::string& path, hid_t type, hsize_t size,
                                const Meta& meta) {
  constexpr hsize_t labels_per_chunk = 1024;
  Storage storage;
  if (size == unlimited) storage.chunk = {labels_per_chunk};
  auto dataset = create(path, type, {size}, storage);
  make_scale(path, dataset.get(), size, name_of(path));
  describe(dataset.get(), meta);
  return dataset;
}

hdf5::Handle Writer::variable(const std::string& path, hid_t type,
                              const std::vector<std::string>& dimensions, const Meta& meta,
                              const Storage& storage) {
  std::vector<Dimension*> found;
  hdf5::Extents size;
  for (const auto& name : dimensions) {
    found.push_back(&find(path, name));
    size.push_back(found.back()->size);
  }
  auto dataset = create(path, type, size, storage);
  attach(path, dataset.get(), found);
  describe(dataset.get(), meta);
  return dataset;
}

Writer::Dimension& Writer::find(const std::string& variable_path, const std::string& name) {
  std::string folder = parent_of(variable_path);
  while (true) {
    if (const auto found = dimensions_.find(joined(folder, name)); found != dimensions_.end()) {
      return found->second;
    }
    if (folder == "/")
      throw std::logic_error(fmt::format("{} has no dimension {}", variable_path, name));
    folder = parent_of(folder);
  }
}

void Writer::attach(const std::string& path, hid_t dataset,
                    const std::vector<Dimension*>& dimensions) {
  if (dimensions.empty()) return;
  hobj_ref_t self{};
  hdf5::check(H5Rcreate(&self, file_.get(), path.c_str(), H5R_OBJECT, -1), path);
  std::vector<hobj_ref_t> scales(dimensions.size());
  std::vector<hvl_t> lists(dimensions.size());
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    hdf5::check(H5Rcreate(&scales[d], dimensions[d]->dataset.get(), ".", H5R_OBJECT, -1), path);
    lists[d] = {1, &scales[d]};
    dimensions[d]->uses.push_back({self, static_cast<int>(d)});
  }
  const hdf5::Handle type(H5Tvlen_create(H5T_STD_REF_OBJ), path);
  const hsize_t rank = dimensions.size();
  const hdf5::Handle space(H5Screate_simple(1, &rank, nullptr), path);
  const hdf5::Handle attribute(
      H5Acreate2(dataset, "DIMENSION_LIST", type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
      path);
  hdf5::check(H5Awrite(attribute.get(), type.get(), lists.data()), path);
}

void Writer::list_uses(const std::string& path, Dimension& dimension) {
  if (dimension.uses.empty()) return;
  // Laid out by hand: the compiler's padding would carry whatever the memory held.
  std::vector<std::array<std::byte, 16>> uses(dimension.uses.size());
  for (std::size_t x = 0; x < uses.size(); ++x) {
    std::memcpy(uses[x].data(), &dimension.uses[x].variable, sizeof(hobj_ref_t));
    std::memcpy(uses[x].data() + 8, &dimension.uses[x].position, sizeof(int));
  }
  const auto type = use_type();
  const hsize_t count = uses.size();
  const hdf5::Handle space(H5Screate_simple(1, &count, nullptr), path);
  const hdf5::Handle attribute(H5Acreate2(dimension.dataset.get(), "REFERENCE_LIST", type.get(),
                                          space.get(), H5P_DEFAULT, H5P_DEFAULT),
                               path);
  hdf5::check(H5Awrite(attribute.get(), type.get(), uses.data()), path);
}

void Writer::close() {
  for (auto& [path, dimension] : dimensions_) list_uses(path, dimension);
  dimensions_.clear();
  groups_.clear();
  file_.reset();
  require_written();
}

namespace {

// Parts that stand in other files: whoever made this one could have any file read through them.
void require_own(hid_t group, const std::string& link) {
  H5L_info_t info{};
  hdf5::check(H5Lget_info(group, link.c_str(), &info, H5P_DEFAULT), link);
  if (info.type != H5L_TYPE_HARD) throw hdf5::Failure(link + ": a link, which no result file has");
}

void require_own_data(hid_t dataset, const std::string& path) {
  const hdf5::Handle made(H5Dget_create_plist(dataset), path);
  if (H5Pget_external_count(made.get()) == 0 && H5Pget_layout(made.get()) != H5D_VIRTUAL) return;
  throw hdf5::Failure(path + ": data in another file, which no result file has");
}

}  // namespace

Reader::Reader(const std::filesystem::path& path)
    : file_(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "file"),
      root_(H5Gopen2(file_.get(), "/", H5P_DEFAULT), "root group") {}

bool Reader::contains(const std::string& path) const {
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    if (H5Lexists(root_.get(), part.c_str(), H5P_DEFAULT) <= 0) return false;
    require_own(root_.get(), part);
    if (end == std::string::npos) return true;
  }
}

hdf5::Handle Reader::open(const std::string& path) const {
  if (!contains(path)) throw hdf5::Failure(path + ": missing");
  hdf5::Handle dataset(H5Dopen2(root_.get(), path.c_str(), H5P_DEFAULT), path);
  require_own_data(dataset.get(), path);
  return dataset;
}

hsize_t Reader::size(const std::string& path) const {
  if (!contains(path)) return 0;
  const auto dataset = open(path);
  const auto extents = hdf5::extents(dataset.get(), path);
  if (extents.size() != 1) throw hdf5::Failure(path + ": not a dimension");
  return extents.front();
}

hdf5::Extents chunk_shape(hdf5::Extents shape, std::size_t element_size, std::size_t limit) {
  for (std::size_t d = 0; d < shape.size(); ++d) {
    hsize_t row = element_size;  // bytes for one step of index d
    for (std::size_t e = d + 1; e < shape.size(); ++e) row *= shape[e];
    shape[d] = std::clamp<hsize_t>(limit / row, 1, shape[d]);
    if (shape[d] > 1) break;
  }
  return shape;
}

}  // namespace entente::netcdf
