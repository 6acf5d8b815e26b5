#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "entente/io/study_file.hpp"
#include "io/result/netcdf.hpp"

namespace entente {
namespace detail {

/// An open file of a study.
class StudyTable {
 public:
  /// @throws FileError  see StudyFile
  explicit StudyTable(const std::filesystem::path& path);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] const StudyHead& head() const noexcept { return head_; }

  // What is wrong with these throws hdf5::Failure.

  /// Whether there are points in the unit cube.
  [[nodiscard]] bool has_points() const { return file_.contains("/point"); }
  /// All columns of a variable at some rows, shape (count, width of the variable).
  [[nodiscard]] std::vector<double> rows(const std::string& variable, std::size_t first,
                                         std::size_t count) const;
  /// One column of a variable at all rows.
  [[nodiscard]] std::vector<double> column(const std::string& variable, std::size_t number) const;
  /// Values of parameters at all rows.
  [[nodiscard]] std::vector<double> values() const;
  [[nodiscard]] std::vector<RowFailure> failures() const;

 private:
  void check_shape(const std::string& variable, hsize_t width) const;
  void check_shapes() const;

  std::filesystem::path path_;
  netcdf::Reader file_;
  StudyHead head_;
};

}  // namespace detail

struct StudyFile::Impl : detail::StudyTable {
  using StudyTable::StudyTable;
};

}  // namespace entente
