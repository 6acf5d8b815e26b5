#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "entente/ensemble/sweep.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "io/study/context.hpp"

namespace entente::detail {

namespace {

/// What there is to analyse.
struct Outputs {
  std::vector<std::string> columns;
  std::vector<std::size_t> measures;  // by column
  std::vector<std::string> statistics;
};

Outputs outputs_of(const StudyContext& study) {
  const MeasureRecorder recorder(study.world.model, study.measures);
  Outputs outputs;
  for (const auto& column : recorder.columns()) {
    outputs.columns.push_back(column.name);
    outputs.measures.push_back(column.measure);
  }
  const auto first = outputs.columns.front() + '.';
  for (const auto& name : sweep_columns(recorder))
    if (name.starts_with(first)) outputs.statistics.push_back(name.substr(first.size()));
  return outputs;
}

// A column, or all those of a measure.
void add_columns(const StudyContext& study, const Outputs& outputs, const Place& name,
                 std::vector<std::string>& chosen) {
  std::vector<std::string> found;
  for (std::size_t c = 0; c < outputs.columns.size(); ++c)
    if (outputs.columns[c] == name.text() ||
        study.measures[outputs.measures[c]].name == name.text())
      found.push_back(outputs.columns[c]);
  if (found.empty())
    study.problems().add(name, unknown_name(name.text(), outputs.columns, "columns"));
  for (auto& column : found)
    if (std::find(chosen.begin(), chosen.end(), column) == chosen.end())
      chosen.push_back(std::move(column));
}

Interest read_interest(const StudyContext& study, const Outputs& outputs, const Place& place) {
  Interest interest;
  const auto expect = [&](const Place& name, const std::vector<std::string>& names,
                          const char* what) {
    if (name && std::find(names.begin(), names.end(), name.text()) == names.end())
      study.problems().add(name, unknown_name(name.text(), names, what));
  };
  const auto column = place.find("measure");
  const auto statistic = place.find("statistic");
  expect(column, outputs.columns, "columns");
  expect(statistic, outputs.statistics, "statistics");
  interest.column = text_or(column, "");
  interest.statistic = text_or(statistic, interest.statistic);
  const auto least = place.find("at_least");
  const auto most = place.find("at_most");
  if (least) interest.at_least = number_or(least, 0.0);
  if (most) interest.at_most = number_or(most, 0.0);
  if (least && most && *interest.at_least > *interest.at_most)
    study.problems().add(place,
                         "found 'at_least' above 'at_most'; allowed: bounds that can be met");
  return interest;
}

}  // namespace

StudyAnalysis read_study_analysis(const StudyContext& study) {
  StudyAnalysis analysis;
  const auto place = study.root.find("analysis");
  if (!place || study.measures.empty()) return analysis;
  const auto outputs = outputs_of(study);
  for (const auto& name : place.find("measures").one_or_list())
    add_columns(study, outputs, name, analysis.columns);
  for (const auto& interest : place.find("discover").one_or_list())
    if (!interest->tainted) analysis.discover.push_back(read_interest(study, outputs, interest));
  if (const auto resamples = place.find("resamples"))
    analysis.resamples = parse_integer(resamples.text()).value_or(analysis.resamples);
  return analysis;
}

}  // namespace entente::detail
