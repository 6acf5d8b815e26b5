#include "io/result/study_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <variant>

#include "entente/ensemble/measures_table.hpp"
#include "io/result/archive.hpp"
#include "io/result/preamble.hpp"

namespace entente::detail {
namespace {

constexpr const char* folder = "/inputs/study/";

std::vector<StudyFactor> parameters_of(const Study& study) {
  if (study.parameters.size() != study.space.size()) {
    throw std::invalid_argument("a study with not one parameter per factor");
  }
  std::vector<StudyFactor> parameters;
  for (std::size_t f = 0; f < study.parameters.size(); ++f) {
    const auto& parameter = study.parameters[f];
    std::vector<std::string> choices;
    for (const auto& choice : parameter.choices) choices.push_back(entente::text_of(choice));
    parameters.push_back({parameter.name, parameter.paths, entente::text_of(study.space, f),
                          parameter.unit, parameter.meaning, std::move(choices)});
  }
  return parameters;
}

std::vector<StudyOutput> outputs_of(const Study& study) {
  const MeasureRecorder recorder(study.base.model, study.measures);
  std::vector<StudyOutput> outputs;
  for (const auto& column : recorder.columns()) {
    const auto& info = measure_info(study.measures[column.measure].kind);
    outputs.push_back({column.name, std::string(column.unit), std::string(info.key)});
  }
  return outputs;
}

/// The statistics that columns have of each output.
std::vector<std::string> statistics_of(const std::vector<StudyOutput>& outputs,
                                       const std::vector<std::string>& columns) {
  const std::size_t count = outputs.empty() ? 0 : columns.size() / outputs.size();
  std::vector<std::string> statistics;
  for (std::size_t s = 0; s < count; ++s) {
    const auto dot = columns[s].rfind('.');
    statistics.push_back(columns[s].substr(dot == std::string::npos ? 0 : dot + 1));
  }
  std::vector<std::string> expected;
  for (const auto& output : outputs) {
    for (const auto& statistic : statistics) expected.push_back(output.name + '.' + statistic);
  }
  if (columns != expected) throw std::invalid_argument("columns of other measures");
  return statistics;
}

/// Lists of texts, one of each parameter, end to end: the entries and whose they are.
template <class Archive, class Parameters>
void visit_lists(Archive& ar, const std::string& name, Parameters& parameters,
                 std::vector<std::string> StudyFactor::*list, const netcdf::Meta& meta) {
  std::vector<std::pair<std::uint32_t, std::string>> entries;
  if constexpr (Archive::writing) {
    for (std::uint32_t f = 0; f < parameters.size(); ++f) {
      for (const auto& text : parameters[f].*list) entries.emplace_back(f, text);
    }
  }
  ar.axis(
      "/" + name, entries, [&](std::size_t x) -> auto& { return entries[x].second; }, meta);
  ar.values(fmt::format("/{}_parameter", name), {name},
            entries.size(), [&](std::size_t x) -> auto& { return entries[x].first; },
            {"number of the parameter"});
  if constexpr (!Archive::writing) {
    for (auto& [f, text] : entries) {
      if (f >= parameters.size()) throw hdf5::Failure(fmt::format("/{}: of no parameter", name));
      (parameters[f].*list).push_back(std::move(text));
    }
  }
}

template <class Archive, class Head>
void visit_parameters(Archive& ar, Head& head) {
  auto& list = head.parameters;
  const auto text = [&](const char* name, auto member, std::string_view meaning) {
    ar.values(name, {"parameter"},
              list.size(), [&](std::size_t f) -> auto& { return list[f].*member; }, {meaning});
  };
  ar.axis("/parameter", list, [&](std::size_t f) -> auto& { return list[f].name; },
          {"name of the parameter"});
  text("/parameter_distribution", &StudyFactor::distribution, "how the parameter is distributed");
  text("/parameter_unit", &StudyFactor::unit, "unit of the parameter, as the study says");
  text("/parameter_meaning", &StudyFactor::meaning, "meaning of the parameter");
  visit_lists(ar, "path", list, &StudyFactor::paths, {"setting that a parameter gives its value"});
  visit_lists(ar, "choice", list, &StudyFactor::choices,
              {"what stands for a parameter's values 0, 1, ..., in this order"});
}

template <class Archive, class Head>
void visit_outputs(Archive& ar, Head& head) {
  auto& list = head.outputs;
  const std::vector<std::string> dimensions{"output"};
  ar.axis("/output", list, [&](std::size_t x) -> auto& { return list[x].name; },
          {"number that each replicate gives"});
  ar.values("/output_unit", dimensions,
            list.size(), [&](std::size_t x) -> auto& { return list[x].unit; },
            {"unit of the output"});
  ar.values("/output_measure", dimensions,
            list.size(), [&](std::size_t x) -> auto& { return list[x].measure; },
            {"kind of measure that the output is of"});
  ar.axis("/statistic", head.statistics, [&](std::size_t s) -> auto& { return head.statistics[s]; },
          {"variable that sums up the replicates of a row"});
}

/// A limit that is absent is not a number.
template <class Archive, class Interests>
void visit_limits(Archive& ar, const std::string& name, Interests& list,
                  std::optional<double> Interest::*limit) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> numbers(list.size());
  if constexpr (Archive::writing) {
    for (std::size_t x = 0; x < list.size(); ++x) numbers[x] = (list[x].*limit).value_or(none);
  }
  ar.values(folder + name, {"interest"},
            list.size(), [&](std::size_t x) -> auto& { return numbers[x]; },
            {"limit of the statistic; not a number = none"});
  if constexpr (!Archive::writing) {
    for (std::size_t x = 0; x < list.size(); ++x) {
      if (!std::isnan(numbers[x])) list[x].*limit = numbers[x];
    }
  }
}

template <class Archive, class Head>
void visit_analysis(Archive& ar, Head& head) {
  auto& analysis = head.analysis;
  const std::string at = folder;
  ar.axis(at + "column",
          analysis.columns, [&](std::size_t c) -> auto& { return analysis.columns[c]; },
          {"output that the analysis is of"});
  auto& list = analysis.discover;
  ar.dimension(at + "interest", list);
  ar.values(at + "interest_column", {"interest"},
            list.size(), [&](std::size_t x) -> auto& { return list[x].column; },
            {"output of which scenario discovery looks for certain values"});
  ar.values(at + "interest_statistic", {"interest"},
            list.size(), [&](std::size_t x) -> auto& { return list[x].statistic; },
            {"statistic that is to lie within the limits"});
  visit_limits(ar, "interest_at_least", list, &Interest::at_least);
  visit_limits(ar, "interest_at_most", list, &Interest::at_most);
  std::uint64_t resamples = analysis.resamples;
  ar.value(at + "resamples", resamples, {"resamples of the bootstrap"});
  if constexpr (!Archive::writing) analysis.resamples = resamples;
}

template <class Archive, class Head>
void visit_labels(Archive& ar, Head& head) {
  visit_parameters(ar, head);
  visit_outputs(ar, head);
  visit_analysis(ar, head);
}

struct TextAttribute {
  const char* name;
  std::string StudyHead::*member;
};
// The title is written with all that files have in common.
constexpr std::array<TextAttribute, 5> texts{{{"title", &StudyHead::title},
                                              {"question", &StudyHead::question},
                                              {"design", &StudyHead::design},
                                              {"design_text", &StudyHead::design_text},
                                              {"row_order", &StudyHead::row_order}}};

}  // namespace

StudyHead head_of(const Study& study, const std::vector<std::string>& columns) {
  const auto& kind = study.design.kind();
  const auto* saltelli = std::get_if<SaltelliDesign>(&kind);
  StudyHead head;
  head.title = study.title;
  head.question = study.question;
  head.design = name_of(kind);
  head.design_text = entente::text_of(kind);
  head.row_order = row_order(kind);
  head.second_order = saltelli != nullptr && saltelli->second_order;
  head.rows = study.design.rows();
  head.first_replicate = study.first_replicate;
  head.replicates = study.replicates;
  head.parameters = parameters_of(study);
  head.outputs = outputs_of(study);
  head.statistics = statistics_of(head.outputs, columns);
  head.analysis = study.analysis;
  return head;
}

void write_head(netcdf::Writer& file, const StudyHead& head) {
  const hid_t root = file.group("/");
  for (const auto& text : texts) {
    if (text.member != &StudyHead::title) {
      hdf5::write_attribute(root, text.name, head.*text.member);
    }
  }
  hdf5::write_attribute(root, "second_order", std::uint64_t{head.second_order});
  write_extent(file, head.first_replicate, head.replicates);
  InputWriter writer(file);
  visit_labels(writer, head);
}

StudyHead read_head(const netcdf::Reader& file) {
  StudyHead head;
  for (const auto& text : texts) {
    head.*text.member = hdf5::read_text_attribute(file.root(), text.name);
  }
  head.second_order = hdf5::read_number_attribute(file.root(), "second_order") != 0;
  head.first_replicate = hdf5::read_number_attribute(file.root(), "first_replicate");
  head.replicates = hdf5::read_number_attribute(file.root(), "replicates");
  head.rows = file.size("/row");
  InputReader reader(file);
  visit_labels(reader, head);
  if (head.parameters.empty()) throw hdf5::Failure("/parameter: missing");
  return head;
}

}  // namespace entente::detail
