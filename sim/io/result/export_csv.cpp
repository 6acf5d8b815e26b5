#include <fmt/format.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <variant>

#include "entente/core/error.hpp"
#include "entente/io/result_file.hpp"
#include "entente/io/study_file.hpp"
#include "io/csv_cell.hpp"
#include "io/result/hdf5.hpp"
#include "io/result/part_file.hpp"

namespace entente {
namespace {

constexpr hsize_t values_at_once = hsize_t{1} << 18;
/// The table of a study that has all of a row in a line.
constexpr const char* points = "/points";

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> list;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    list.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return list;
}

std::string path_of(hid_t object) {
  const auto size = hdf5::check(H5Iget_name(object, nullptr, 0), "name");
  std::string path(static_cast<std::size_t>(size), '\0');
  H5Iget_name(object, path.data(), path.size() + 1);
  return path;
}

/// Paths of everything in a file, in the order in which it was written.
std::vector<std::string> paths_in(hid_t file) {
  std::vector<std::string> paths;
  const auto visit = [](hid_t, const char* name, const H5O_info_t* info, void* data) -> herr_t {
    if (info->type == H5O_TYPE_DATASET) {
      static_cast<std::vector<std::string>*>(data)->push_back(std::string("/") + name);
    }
    return 0;
  };
  hdf5::check(H5Ovisit2(file, H5_INDEX_CRT_ORDER, H5_ITER_INC, visit, &paths, H5O_INFO_BASIC),
              "list of variables");
  return paths;
}

/// Values of a block as cells of a table, whatever their type.
std::vector<std::string> texts_of(hid_t dataset, const hdf5::Extents& start,
                                  const hdf5::Extents& count, const std::string& path) {
  const auto read = [&]<class T>(T) {
    std::vector<T> values(hdf5::product(count));
    hdf5::read_block(dataset, hdf5::memory_type<T>(), start, count, values.data(), path);
    std::vector<std::string> texts;
    texts.reserve(values.size());
    for (const auto value : values) texts.push_back(fmt::format("{}", value));
    return texts;
  };
  const hdf5::Handle type(H5Dget_type(dataset), path);
  if (H5Tget_class(type.get()) == H5T_FLOAT) {
    return H5Tget_size(type.get()) > 4 ? read(double{}) : read(float{});
  }
  if (H5Tget_class(type.get()) == H5T_INTEGER) {
    return H5Tget_sign(type.get()) == H5T_SGN_NONE ? read(std::uint64_t{}) : read(std::int32_t{});
  }
  auto texts = hdf5::read_texts(dataset, start, count, path);
  for (auto& text : texts) text = detail::csv_cell(text);
  return texts;
}

/// A dimension: its name and what stands in its column.
struct Column {
  std::string name;
  std::vector<std::string> labels;  ///< as cells, quoted where need be
};

class Exporter {
 public:
  Exporter(const std::filesystem::path& result, std::filesystem::path folder, bool force)
      : file_(H5Fopen(result.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "file"),
        result_(result),
        is_study_(is_study_file(result)),
        folder_(std::move(folder)),
        force_(force) {}

  std::vector<std::filesystem::path> run() {
    std::vector<std::string> variables;
    for (const auto& path : paths_in(file_.get())) {
      const hdf5::Handle dataset(H5Dopen2(file_.get(), path.c_str(), H5P_DEFAULT), path);
      if (!hdf5::has_attribute(dataset.get(), "CLASS")) variables.push_back(path);
    }
    // Before anything is written: a folder is not left with half of its tables replaced.
    for (const auto& path : variables) detail::require_writable_name(target(path), force_);
    if (is_study_) detail::require_writable_name(target(points), force_);
    std::vector<std::filesystem::path> written;
    for (const auto& path : variables) {
      export_variable(path);
      written.push_back(target(path));
    }
    if (is_study_) {
      write_study_csv(StudyFile(result_), target(points), force_);
      written.push_back(target(points));
    }
    return written;
  }

 private:
  [[nodiscard]] std::filesystem::path target(const std::string& path) const {
    return folder_ / (path.substr(1) + ".csv");
  }

  const Column& column_of(hid_t scale) {
    const std::string path = path_of(scale);
    if (const auto found = columns_.find(path); found != columns_.end()) return found->second;
    Column column{path.substr(path.rfind('/') + 1), {}};
    const auto size = hdf5::extents(scale, path);
    const auto name = hdf5::read_text_attribute(scale, "NAME");
    if (path == "/time") {
      const hdf5::Handle labels(H5Dopen2(file_.get(), "/time_label", H5P_DEFAULT), path);
      column.labels = texts_of(labels.get(), {0}, size, path);
    } else if (name == column.name) {
      column.labels = texts_of(scale, {0}, size, path);
    } else {
      for (hsize_t x = 0; x < size.front(); ++x) column.labels.push_back(fmt::format("{}", x));
    }
    return columns_.emplace(path, std::move(column)).first->second;
  }

  std::vector<const Column*> columns_of(hid_t dataset, std::size_t rank, const std::string& path) {
    std::vector<const Column*> columns;
    if (rank == 0) return columns;
    const hdf5::Handle attribute(H5Aopen(dataset, "DIMENSION_LIST", H5P_DEFAULT), path);
    const hdf5::Handle type(H5Tvlen_create(H5T_STD_REF_OBJ), path);
    const hdf5::Handle space(H5Aget_space(attribute.get()), path);
    if (H5Sget_simple_extent_npoints(space.get()) != static_cast<hssize_t>(rank)) {
      throw hdf5::Failure(path + ": its dimensions are not named");
    }
    std::vector<hvl_t> lists(rank);
    hdf5::check(H5Aread(attribute.get(), type.get(), lists.data()), path);
    std::vector<hobj_ref_t> references;
    references.reserve(rank);
    for (const auto& list : lists) {
      references.push_back(list.len != 0 ? *static_cast<const hobj_ref_t*>(list.p) : 0);
    }
    H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, lists.data());
    for (const auto& reference : references) {
      const hdf5::Handle scale(H5Rdereference2(dataset, H5P_DEFAULT, H5R_OBJECT, &reference), path);
      columns.push_back(&column_of(scale.get()));
    }
    return columns;
  }

  void export_variable(const std::string& path) {
    const hdf5::Handle dataset(H5Dopen2(file_.get(), path.c_str(), H5P_DEFAULT), path);
    const auto size = hdf5::extents(dataset.get(), path);
    const auto columns = columns_of(dataset.get(), size.size(), path);
    std::vector<std::string> meanings;
    if (hdf5::has_attribute(dataset.get(), "flag_meanings")) {
      meanings = words(hdf5::read_text_attribute(dataset.get(), "flag_meanings"));
      for (auto& meaning : meanings) meaning = detail::csv_cell(meaning);
    }

    std::error_code error;
    std::filesystem::create_directories(target(path).parent_path(), error);
    detail::PartFile part(target(path), force_);
    std::ofstream out(part.part(), std::ios::binary);
    for (const auto* column : columns) out << column->name << ',';
    out << "value\n";
    if (!size.empty() && hdf5::product(size) != 0) {
      const hsize_t rows =
          std::max<hsize_t>(1, values_at_once / (hdf5::product(size) / size.front()));
      for (hsize_t first = 0; first < size.front(); first += rows) {
        hdf5::Extents start(size.size(), 0);
        hdf5::Extents count = size;
        start.front() = first;
        count.front() = std::min(rows, size.front() - first);
        write_rows(out, columns, meanings, start, count,
                   texts_of(dataset.get(), start, count, path));
      }
    } else if (size.empty()) {
      write_rows(out, columns, meanings, {}, {}, texts_of(dataset.get(), {}, {}, path));
    }
    out.close();
    if (!out) throw FileError(fmt::format("{}: cannot write the table", part.part().string()));
    part.commit(false);
  }

  static void write_rows(std::ofstream& out, const std::vector<const Column*>& columns,
                         const std::vector<std::string>& meanings, const hdf5::Extents& start,
                         const hdf5::Extents& count, const std::vector<std::string>& values) {
    hdf5::Extents at = start;
    fmt::memory_buffer text;
    for (const auto& value : values) {
      for (std::size_t d = 0; d < columns.size(); ++d) {
        fmt::format_to(std::back_inserter(text), "{},", columns[d]->labels.at(at[d]));
      }
      const auto number = meanings.empty() ? 0 : std::stoull(value);
      const auto& word = number < meanings.size() ? meanings[number] : value;
      fmt::format_to(std::back_inserter(text), "{}\n", word);
      for (std::size_t d = at.size(); d-- > 0;) {
        if (++at[d] < start[d] + count[d]) break;
        at[d] = start[d];
      }
    }
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
  }

  hdf5::Handle file_;
  std::filesystem::path result_;
  bool is_study_;
  std::filesystem::path folder_;
  bool force_;
  std::map<std::string, Column> columns_;
};

}  // namespace

std::vector<std::filesystem::path> export_csv(const std::filesystem::path& result,
                                              const std::filesystem::path& folder, bool force) {
  const hdf5::Quiet quiet;
  if (!std::ifstream(result)) {
    throw FileError(fmt::format("{}: cannot be read", result.string()));
  }
  try {
    return Exporter(result, folder, force).run();
  } catch (const hdf5::Failure& failure) {
    throw FileError(fmt::format("{}: cannot export {}", result.string(), failure.what()));
  }
}

}  // namespace entente
