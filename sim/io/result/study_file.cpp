#include "entente/io/study_file.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <utility>

#include "entente/io/result_file.hpp"
#include "io/result/format.hpp"
#include "io/result/hdf5.hpp"
#include "io/result/reading.hpp"
#include "io/result/study_head.hpp"
#include "io/result/study_places.hpp"
#include "io/result/study_table.hpp"

namespace entente {
namespace detail {
namespace {

/// What messages call that which is read here.
constexpr const char* part = "results";

netcdf::Reader open_study(const std::filesystem::path& path) {
  return reading(path, part, [&] { return open_results(path, {FileKind::study}); });
}

}  // namespace

StudyTable::StudyTable(const std::filesystem::path& path) : path_(path), file_(open_study(path)) {
  reading(path, part, [&] {
    head_ = read_head(file_);
    check_shapes();
  });
}

void StudyTable::check_shape(const std::string& variable, hsize_t width) const {
  const auto dataset = file_.open(variable);
  const auto shape = hdf5::extents(dataset.get(), variable);
  const hdf5::Extents expected =
      width == 0 ? hdf5::Extents{head_.rows} : hdf5::Extents{head_.rows, width};
  if (shape != expected) throw hdf5::Failure(variable + ": not as long as its dimensions");
  hdf5::require_plausible_size(dataset.get(), shape, variable);
}

void StudyTable::check_shapes() const {
  const std::size_t parameters = head_.parameters.size();
  check_shape("/row", 0);
  check_shape("/status", 0);
  check_shape("/value", parameters);
  if (has_points()) check_shape("/point", parameters);
  for (const auto& place : place_variables(head_.design)) {
    check_shape(fmt::format("/{}", place.name), place.type == PlaceType::levels ? parameters : 0);
  }
  for (const auto& name : head_.statistics) check_shape("/" + name, head_.outputs.size());
}

std::vector<double> StudyTable::rows(const std::string& variable, std::size_t first,
                                     std::size_t count) const {
  const auto dataset = file_.open(variable);
  hdf5::Extents extents = hdf5::extents(dataset.get(), variable);
  hdf5::Extents start(extents.size(), 0);
  start.front() = first;
  extents.front() = count;
  std::vector<double> numbers(hdf5::product(extents));
  hdf5::read_block(dataset.get(), hdf5::memory_type<double>(), start, extents, numbers.data(),
                   variable);
  return numbers;
}

std::vector<double> StudyTable::column(const std::string& variable, std::size_t number) const {
  const auto dataset = file_.open(variable);
  std::vector<double> numbers(head_.rows);
  hdf5::read_block(dataset.get(), hdf5::memory_type<double>(), {0, number}, {head_.rows, 1},
                   numbers.data(), variable);
  return numbers;
}

std::vector<double> StudyTable::values() const {
  auto numbers = rows("/value", 0, head_.rows);
  const std::size_t width = head_.parameters.size();
  for (std::size_t f = 0; f < width; ++f) {
    const auto& choices = head_.parameters[f].choices;
    if (choices.empty()) continue;
    for (std::size_t x = f; x < numbers.size(); x += width) {
      const double number = numbers[x];
      const bool is_one = number >= 0.0 && number < static_cast<double>(choices.size());
      if (!is_one || std::trunc(number) != number) {
        throw hdf5::Failure(
            fmt::format("/value: {} has no choice {}", head_.parameters[f].name, number));
      }
    }
  }
  return numbers;
}

std::vector<RowFailure> StudyTable::failures() const {
  std::vector<RowFailure> failures;
  if (!file_.contains("/failed_row")) return failures;
  std::vector<std::uint64_t> numbers;
  std::vector<std::string> messages;
  file_.read("/failed_row", numbers);
  file_.read("/failure_message", messages);
  if (numbers.size() != messages.size()) throw hdf5::Failure("/failure_message: not one per row");
  for (std::size_t x = 0; x < numbers.size(); ++x) {
    if (numbers[x] >= head_.rows || (x > 0 && numbers[x] <= numbers[x - 1])) {
      throw hdf5::Failure("/failed_row: out of order");
    }
    failures.push_back({numbers[x], std::move(messages[x])});
  }
  return failures;
}

}  // namespace detail

StudyFile::StudyFile(const std::filesystem::path& path) : impl_(std::make_unique<Impl>(path)) {}
StudyFile::StudyFile(StudyFile&&) noexcept = default;
StudyFile& StudyFile::operator=(StudyFile&&) noexcept = default;
StudyFile::~StudyFile() = default;

const StudyHead& StudyFile::head() const { return impl_->head(); }

std::vector<double> StudyFile::values() const {
  return detail::reading(impl_->path(), detail::part, [&] { return impl_->values(); });
}

std::vector<double> StudyFile::points() const {
  return detail::reading(impl_->path(), detail::part, [&] {
    return impl_->has_points() ? impl_->rows("/point", 0, head().rows) : std::vector<double>{};
  });
}

std::vector<double> StudyFile::output(std::size_t output, std::size_t statistic) const {
  static_cast<void>(head().outputs.at(output));
  const std::string& name = head().statistics.at(statistic);
  return detail::reading(impl_->path(), detail::part,
                         [&] { return impl_->column("/" + name, output); });
}

std::vector<RowFailure> StudyFile::failures() const {
  return detail::reading(impl_->path(), detail::part, [&] { return impl_->failures(); });
}

bool is_study_file(const std::filesystem::path& path) {
  const hdf5::Quiet quiet;
  if (!is_result_file(path)) return false;
  try {
    const netcdf::Reader file(path);
    return hdf5::has_attribute(file.root(), detail::format_attribute) &&
           hdf5::read_text_attribute(file.root(), detail::kind_attribute) ==
               detail::text_of(detail::FileKind::study).name;
  } catch (const hdf5::Failure&) {
    return false;
  }
}

}  // namespace entente
