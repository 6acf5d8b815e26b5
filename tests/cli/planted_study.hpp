#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "entente/ensemble/design.hpp"
#include "study_findings.hpp"

/// Tables of studies whose outputs are known functions of their parameters.
namespace entente::cli::planted {

/// Of a row's values.
using Output = std::function<double(const std::vector<double>& values)>;

inline Factor factor(std::string name, Distribution distribution) {
  return {std::move(name), std::move(distribution)};
}

/// A study of one output, `y`, with the statistics `mean`, `variance`, `error` and `q95`; the last
/// is the mean and one.
///
/// @param choices   texts, by factor; none: a number
/// @param variance  between replicates, of every row
inline StudyTable table(const DesignKind& kind, const std::vector<Factor>& factors,
                        const Output& output, std::vector<std::vector<std::string>> choices = {},
                        double variance = 4.0) {
  const FactorSpace space(factors);
  const StudyDesign design(kind, factors.size());
  choices.resize(factors.size());
  StudyTable out;
  out.head.title = "Planted";
  out.head.question = "What was planted?";
  out.head.design = std::string(name_of(kind));
  out.head.design_text = out.head.design;
  out.head.rows = design.rows();
  out.head.replicates = 16;
  out.head.outputs = {{"y", "actors", "count"}};
  out.head.statistics = {"mean", "variance", "error", "q95"};
  out.head.analysis.resamples = 50;
  if (const auto* saltelli = std::get_if<SaltelliDesign>(&kind)) {
    out.head.second_order = saltelli->second_order;
  }
  for (std::size_t i = 0; i < factors.size(); ++i) {
    out.head.parameters.push_back({factors[i].name, {factors[i].name}, "", "", "", choices[i]});
  }
  std::vector<double> means;
  for (std::size_t row = 0; row < design.rows(); ++row) {
    const auto values = values_at(design, space, row);
    const auto point = design.point(row);
    out.values.insert(out.values.end(), values.begin(), values.end());
    if (design.coordinates() == Coordinates::cube) {
      out.points.insert(out.points.end(), point.begin(), point.end());
    }
    means.push_back(output(values));
    if (std::isnan(means.back())) out.failures.push_back({row, "planted failure"});
  }
  out.column = [means, variance](std::size_t, std::size_t statistic) {
    std::vector<double> column = means;
    for (double& y : column) {
      if (std::isnan(y)) continue;
      const std::vector<double> all{y, variance, std::sqrt(variance / 16.0), y + 1.0};
      y = all.at(statistic);
    }
    return column;
  };
  return out;
}

}  // namespace entente::cli::planted
