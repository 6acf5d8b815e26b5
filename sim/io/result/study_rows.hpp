#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "entente/io/chunk_store.hpp"
#include "entente/io/study_file.hpp"
#include "io/result/netcdf.hpp"

namespace entente::detail {

/// Names of RowStatus, in its order.
inline const std::vector<std::string> status_names{"ok", "failed"};

/// A variable (row) or (row, width) that is written block by block. Whatever it holds in the file,
/// a double holds without loss.
class RowVariable {
 public:
  /// @param width  values of a row
  RowVariable(std::string path, hdf5::Handle dataset, std::size_t width = 1)
      : path_(std::move(path)), dataset_(std::move(dataset)), width_(width) {}

  void add(double value) { waiting_.push_back(value); }
  void add(std::span<const double> values) {
    waiting_.insert(waiting_.end(), values.begin(), values.end());
  }
  [[nodiscard]] std::size_t width() const noexcept { return width_; }
  /// Writes the values that wait as those of the rows from `first` on.
  void write(std::size_t first);

 private:
  std::string path_;
  hdf5::Handle dataset_;
  std::size_t width_;
  std::vector<double> waiting_;
};

/// Writes which rows failed and why; nothing where none did.
class FailureList {
 public:
  explicit FailureList(netcdf::Writer& file) : file_(file) {}

  void add(std::uint64_t row, std::string_view message);
  /// Writes those that wait.
  void write();

 private:
  void create();

  netcdf::Writer& file_;
  hdf5::Handle rows_, messages_;
  std::vector<double> waiting_rows_;
  std::vector<std::string> waiting_;
  std::size_t written_ = 0;
};

/// Writes what a study's file says of each row: its place in the design, values of parameters,
/// statistics of outputs, whether it failed and why. Rows wait until there is a block of them.
class StudyRows {
 public:
  /// Makes the variables; the labels of the head must be there.
  StudyRows(netcdf::Writer& file, const Study& study, const StudyHead& head);

  /// @param row  the next one, with a value for each column
  void add(const ChunkRow& row);
  /// Writes the rows that wait.
  void write();

  /// Rows that were added.
  [[nodiscard]] std::size_t size() const noexcept { return written_ + waiting_; }

 private:
  void create_places(const StudyHead& head);
  void create_points(const StudyHead& head);
  void create_statistics(const StudyHead& head);
  void add_place(std::size_t row);
  void add_point(std::size_t row);
  void add_statistics(const ChunkRow& row);
  template <class Visit>
  void for_variables(const Visit& visit);

  netcdf::Writer& file_;
  const Study& study_;
  RowVariable row_, status_;
  std::vector<RowVariable> places_;
  std::vector<RowVariable> points_;      ///< value, then point where there is one
  std::vector<RowVariable> statistics_;  ///< by statistic
  FailureList failures_;
  std::size_t block_ = 1;    ///< rows written at once
  std::size_t waiting_ = 0;  ///< rows
  std::size_t written_ = 0;  ///< rows
};

}  // namespace entente::detail
