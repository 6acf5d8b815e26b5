// Points that a study lists, inline or in a table.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "io/scenario/csv.hpp"
#include "io/scenario/suggest.hpp"
#include "io/study/context.hpp"

namespace entente::detail {

namespace {

std::vector<double> read_table(const StudyContext& study, const Place& file) {
  std::vector<std::string> names;
  for (const auto& parameter : study.parameters) names.push_back(parameter.name);
  const auto table = open_csv(file, study.sources(), study.problems(), names);
  if (!table) return {};
  for (std::size_t c = 0; c < table->columns(); ++c)
    (void)find_parameter(study, table->header[c], table->header_marks[c], "");
  if (table->rows() == 0)
    study.problems().add(file, "found a table without rows; allowed: one or more");
  std::vector<double> values;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    for (const auto& parameter : study.parameters) {
      const auto column = *table->column(parameter.name);
      const auto value =
          value_of_parameter(parameter, table->cell(row, column), table->mark(row, column),
                             parameter.name, study.problems());
      values.push_back(value.value_or(0.0));
    }
  }
  return values;
}

std::vector<double> read_rows(const StudyContext& study, const Place& rows) {
  std::vector<double> values;
  for (const auto& row : rows.one_or_list()) {
    for (std::size_t k = 0; k < row->keys.size(); ++k)
      (void)find_parameter(study, row->keys[k], row->key_marks[k], row.path);
    for (const auto& parameter : study.parameters) {
      const auto at = row.find(parameter.name);
      if (!at) {
        study.problems().add(row, fmt::format("found no value of {}; allowed: it is required",
                                              quote(parameter.name)));
        continue;
      }
      const auto value =
          value_of_parameter(parameter, at.text(), at->mark, at.path, study.problems());
      values.push_back(value.value_or(0.0));
    }
  }
  return values;
}

}  // namespace

std::optional<ListDesign> read_list_design(const StudyContext& study, const Place& place) {
  const auto file = place.find("file");
  const auto rows = place.find("rows");
  const auto before = study.problems().size();
  ListDesign list;
  if (static_cast<bool>(file) == static_cast<bool>(rows))
    study.problems().add(place, "found neither or both of 'file' and 'rows'; allowed: one of them");
  else
    list.values = file ? read_table(study, file) : read_rows(study, rows);
  if (study.problems().size() > before) return std::nullopt;
  return list;
}

}  // namespace entente::detail
