#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "entente/core/error.hpp"
#include "io/csv_cell.hpp"
#include "io/result/part_file.hpp"
#include "io/result/reading.hpp"
#include "io/result/study_places.hpp"
#include "io/result/study_rows.hpp"
#include "io/result/study_table.hpp"

namespace entente {
namespace {

using detail::PlaceType;
using detail::PlaceVariable;

constexpr std::size_t rows_at_once = 1024;

/// A column of the table and where its numbers are.
struct Column {
  std::string title;
  std::string variable;                 ///< of the file; empty: messages
  std::size_t offset = 0, width = 1;    ///< place in a row of the variable, and its length
  std::vector<std::string> names = {};  ///< what 0, 1, ... stand for; empty: numbers
  bool is_optional = false;             ///< below 0: nothing
};

std::vector<std::string> names_of(const std::vector<StudyFactor>& parameters) {
  std::vector<std::string> names;
  names.reserve(parameters.size());
  for (const auto& parameter : parameters) names.push_back(parameter.name);
  return names;
}

void add_place(const PlaceVariable& place, const StudyHead& head, std::vector<Column>& columns) {
  const std::string title(place.name);
  const std::string variable = "/" + title;
  const std::size_t parameters = head.parameters.size();
  switch (place.type) {
    case PlaceType::count:
    case PlaceType::change:
      columns.push_back({title, variable});
      break;
    case PlaceType::optional:
      columns.push_back({title, variable, 0, 1, {}, true});
      break;
    case PlaceType::parameter:
      columns.push_back({title, variable, 0, 1, names_of(head.parameters), true});
      break;
    case PlaceType::matrix:
      columns.push_back({title, variable, 0, 1, detail::matrix_names});
      break;
    case PlaceType::levels:
      for (std::size_t f = 0; f < parameters; ++f) {
        columns.push_back({title + '.' + head.parameters[f].name, variable, f, parameters});
      }
  }
}

/// A parameter may be named as it likes; its column then has `parameter.` in front.
void part_names(std::vector<Column>& columns) {
  std::set<std::string> taken;
  for (const auto& column : columns) {
    if (column.variable != "/value") taken.insert(column.title);
  }
  for (auto& column : columns) {
    if (column.variable != "/value") continue;
    while (!taken.insert(column.title).second) column.title.insert(0, "parameter.");
  }
}

std::vector<Column> columns_of(const StudyHead& head) {
  std::vector<Column> columns{{"row", "/row"}};
  for (const auto& place : detail::place_variables(head.design)) add_place(place, head, columns);
  const std::size_t parameters = head.parameters.size(), outputs = head.outputs.size();
  for (std::size_t f = 0; f < parameters; ++f) {
    const auto& parameter = head.parameters[f];
    columns.push_back({parameter.name, "/value", f, parameters, parameter.choices});
  }
  columns.push_back({"status", "/status", 0, 1, detail::status_names});
  columns.push_back({"message", ""});
  for (std::size_t x = 0; x < outputs; ++x) {
    for (const auto& name : head.statistics) {
      columns.push_back({head.outputs[x].name + '.' + name, "/" + name, x, outputs});
    }
  }
  part_names(columns);
  return columns;
}

/// Turns rows of a study into lines.
class Lines {
 public:
  explicit Lines(const detail::StudyTable& study)
      : study_(study), columns_(columns_of(study.head())), failures_(study.failures()) {}

  [[nodiscard]] std::string header() const {
    std::string line;
    for (const auto& column : columns_) line += detail::csv_cell(column.title) + ',';
    line.back() = '\n';
    return line;
  }

  /// Lines of the next rows.
  [[nodiscard]] std::string next(std::size_t first, std::size_t count) {
    std::map<std::string, std::vector<double>> numbers;  // by variable
    std::vector<const double*> starts;                   // by column
    for (const auto& column : columns_) {
      auto& list = numbers[column.variable];
      if (!column.variable.empty() && list.empty()) {
        list = study_.rows(column.variable, first, count);
      }
      starts.push_back(list.data() + column.offset);
    }
    fmt::memory_buffer text;
    for (std::size_t r = 0; r < count; ++r) {
      const std::string message = message_of(first + r);
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        const Column& column = columns_[c];
        column.variable.empty() ? append(text, message)
                                : append(text, column, starts[c][r * column.width]);
        text.push_back(',');
      }
      text[text.size() - 1] = '\n';
    }
    return fmt::to_string(text);
  }

 private:
  [[nodiscard]] std::string message_of(std::size_t row) {
    if (next_failure_ == failures_.size() || failures_[next_failure_].row != row) return {};
    return failures_[next_failure_++].message;
  }

  static void append(fmt::memory_buffer& text, const std::string& cell) {
    const std::string quoted = detail::csv_cell(cell);
    text.append(quoted.data(), quoted.data() + quoted.size());
  }

  /// What is not a number is an empty cell, which programs take for a missing value.
  static void append(fmt::memory_buffer& text, const Column& column, double number) {
    if (std::isnan(number) || (column.is_optional && number < 0.0)) return;
    if (column.names.empty()) {
      fmt::format_to(std::back_inserter(text), "{}", number);
    } else if (number >= 0.0 && number < static_cast<double>(column.names.size())) {
      append(text, column.names[static_cast<std::size_t>(number)]);
    } else {
      throw hdf5::Failure(column.variable + ": a number stands for no name");
    }
  }

  const detail::StudyTable& study_;
  std::vector<Column> columns_;
  std::vector<RowFailure> failures_;
  std::size_t next_failure_ = 0;
};

}  // namespace

void write_study_csv(const StudyFile& study, const std::filesystem::path& path, bool force) {
  detail::reading(study.impl_->path(), "results", [&] {
    Lines lines(*study.impl_);
    detail::PartFile part(path, force);
    std::ofstream out(part.part(), std::ios::binary);
    out << lines.header();
    const std::size_t rows = study.head().rows;
    for (std::size_t first = 0; first < rows; first += rows_at_once) {
      out << lines.next(first, std::min(rows_at_once, rows - first));
    }
    out.close();
    if (!out) throw FileError(fmt::format("{}: cannot write the table", part.part().string()));
    part.commit(false);
  });
}

}  // namespace entente
