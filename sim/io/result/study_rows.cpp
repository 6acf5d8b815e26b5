#include "io/result/study_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "io/result/inputs.hpp"
#include "io/result/study_places.hpp"

namespace entente::detail {
namespace {

constexpr std::size_t most_rows_at_once = 1024;
constexpr std::size_t most_bytes_at_once = std::size_t{8} << 20;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// `mean`, `variance`, `error`, `q05`, ... in words.
std::string meaning_of(const std::string& statistic) {
  const bool is_quantile = statistic.size() == 3 && statistic.front() == 'q';
  const std::string words = is_quantile            ? "quantile 0." + statistic.substr(1)
                            : statistic == "error" ? "standard error of the mean"
                                                   : statistic;
  return fmt::format("{} of the output over the replicates of the row", words);
}

RowVariable labels_of_rows(netcdf::Writer& file, const StudyHead& head) {
  return {"/row", file.coordinate("/row", hdf5::file_type<std::uint32_t>(), head.rows,
                                  {"number of the row in the design"})};
}

RowVariable create_status(netcdf::Writer& file) {
  auto dataset = file.variable("/status", hdf5::file_type<std::uint8_t>(), {"row"},
                               {"whether the row could be computed"});
  write_flags(dataset.get(), status_names);
  return {"/status", std::move(dataset)};
}

}  // namespace

void RowVariable::write(std::size_t first) {
  hdf5::Extents start{first};
  hdf5::Extents count{waiting_.size() / width_};
  if (hdf5::extents(dataset_.get(), path_).size() == 2) {
    start.push_back(0);
    count.push_back(width_);
  }
  hdf5::write_block(dataset_.get(), hdf5::memory_type<double>(), start, count, waiting_.data(),
                    path_);
  waiting_.clear();
}

void FailureList::add(std::uint64_t row, std::string_view message) {
  waiting_rows_.push_back(static_cast<double>(row));
  waiting_.emplace_back(message);
}

void FailureList::create() {
  rows_ = file_.coordinate("/failed_row", hdf5::file_type<std::uint32_t>(), netcdf::unlimited,
                           {"number of a row that failed"});
  netcdf::Storage storage;
  storage.chunk = {1024};
  messages_ = file_.variable("/failure_message", hdf5::string_type().get(), {"failed_row"},
                             {"why the row failed"}, storage);
}

void FailureList::write() {
  if (waiting_.empty()) return;
  if (written_ == 0) create();
  const hsize_t length = written_ + waiting_.size();
  hdf5::check(H5Dset_extent(rows_.get(), &length), "/failed_row");
  hdf5::check(H5Dset_extent(messages_.get(), &length), "/failure_message");
  const hdf5::Extents start{written_};
  const hdf5::Extents count{waiting_.size()};
  hdf5::write_block(rows_.get(), hdf5::memory_type<double>(), start, count, waiting_rows_.data(),
                    "/failed_row");
  hdf5::write_texts(messages_.get(), start, count, waiting_, "/failure_message");
  written_ = length;
  waiting_rows_.clear();
  waiting_.clear();
}

StudyRows::StudyRows(netcdf::Writer& file, const Study& study, const StudyHead& head)
    : file_(file),
      study_(study),
      row_(labels_of_rows(file, head)),
      status_(create_status(file)),
      failures_(file) {
  create_places(head);
  create_points(head);
  create_statistics(head);
  std::size_t bytes = 0;
  for_variables([&](const RowVariable& variable) { bytes += variable.width() * sizeof(double); });
  block_ = std::clamp<std::size_t>(most_bytes_at_once / bytes, 1, most_rows_at_once);
}

void StudyRows::create_places(const StudyHead& head) {
  for (const auto& place : place_variables(head.design)) {
    const std::size_t width = place.type == PlaceType::levels ? head.parameters.size() : 1;
    places_.emplace_back(fmt::format("/{}", place.name), create_place(file_, place), width);
  }
}

void StudyRows::create_points(const StudyHead& head) {
  const auto create = [&](const std::string& path, std::string_view meaning) {
    points_.emplace_back(
        path, file_.variable(path, hdf5::file_type<double>(), {"row", "parameter"}, {meaning}),
        head.parameters.size());
  };
  create("/value", "value of the parameter; of a choice its number");
  if (study_.design.coordinates() == Coordinates::cube) {
    create("/point", "the design's point in the unit cube");
  }
}

void StudyRows::create_statistics(const StudyHead& head) {
  for (const auto& name : head.statistics) {
    const std::string path = fmt::format("/{}", name);
    statistics_.emplace_back(
        path,
        file_.variable(path, hdf5::file_type<double>(), {"row", "output"}, {meaning_of(name)}),
        head.outputs.size());
  }
}

template <class Visit>
void StudyRows::for_variables(const Visit& visit) {
  visit(row_);
  visit(status_);
  for (auto* list : {&places_, &points_, &statistics_}) {
    for (auto& variable : *list) visit(variable);
  }
}

void StudyRows::add(const ChunkRow& row) {
  row_.add(static_cast<double>(row.row));
  status_.add(static_cast<double>(row.status));
  add_place(row.row);
  add_point(row.row);
  add_statistics(row);
  if (row.status == RowStatus::failed) failures_.add(row.row, row.message);
  if (++waiting_ == block_) write();
}

void StudyRows::add_place(std::size_t row) {
  const auto numbers = numbers_of(study_.design.place(row));
  std::size_t at = 0;
  for (auto& place : places_) {
    place.add(std::span(numbers).subspan(at, place.width()));
    at += place.width();
  }
}

void StudyRows::add_point(std::size_t row) {
  const auto point = study_.design.point(row);
  const bool is_cube = points_.size() > 1;
  points_[0].add(is_cube ? study_.space.values(point) : point);
  if (is_cube) points_[1].add(point);
}

void StudyRows::add_statistics(const ChunkRow& row) {
  for (std::size_t x = 0; x < row.values.size(); ++x) {
    // One of the many that are not numbers, so that the file does not show how it came about.
    const bool is_number = row.status == RowStatus::ok && !std::isnan(row.values[x]);
    statistics_[x % statistics_.size()].add(is_number ? row.values[x] : nan);
  }
}

void StudyRows::write() {
  if (waiting_ != 0) {
    for_variables([&](RowVariable& variable) { variable.write(written_); });
    failures_.write();
  }
  written_ += waiting_;
  waiting_ = 0;
}

}  // namespace entente::detail
