#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "entente/ensemble/sensitivity.hpp"

namespace entente {
namespace {

/// Beyond these a reader is told. Widths: Sarrazin, Pianosi & Wagener (2016), Environmental
/// Modelling & Software 79; inflation: Marquardt (1970), Technometrics 12; condition: Belsley, Kuh
/// & Welsch (1980); R^2: Saltelli et al. (2008).
constexpr double widest_interval = 0.05;
constexpr double most_inflation = 10.0;
constexpr double most_condition = 30.0;
constexpr double least_r_squared = 0.7;

using Lines = std::vector<std::string>;

void check(std::span<const std::string> names, std::size_t factors) {
  if (names.size() != factors) {
    throw std::invalid_argument("notes: found another number of names than of factors");
  }
}

void note_widest(const SobolIndices& indices, std::span<const std::string> names, Lines& lines) {
  double width = 0.0;
  std::string which;
  const auto look = [&](const std::vector<IntervalEstimate>& estimates, const char* kind) {
    for (std::size_t i = 0; i < estimates.size(); ++i) {
      if (!(estimates[i].high - estimates[i].low > width)) continue;
      width = estimates[i].high - estimates[i].low;
      which = fmt::format("the {} index of {}", kind, names[i]);
    }
  };
  look(indices.first, "first-order");
  look(indices.total, "total");
  if (width <= widest_interval) return;
  lines.push_back(
      fmt::format("the {} % interval of {} is {:.2f} wide; {} is the usual bar for indices that "
                  "have settled: more points narrow it",
                  indices.options.confidence * 100.0, which, width, widest_interval));
}

}  // namespace

Lines notes(const SobolIndices& indices, std::span<const std::string> names) {
  check(names, indices.first.size());
  Lines lines;
  if (indices.dropped > 0) {
    lines.push_back(fmt::format("{} of {} blocks were left out: an output was missing",
                                indices.dropped, indices.dropped + indices.blocks));
  }
  if (indices.blocks < 2) {
    lines.push_back(fmt::format("{} whole blocks: no index is defined", indices.blocks));
  } else if (indices.constant) {
    lines.emplace_back("the output does not vary: no index is defined");
  } else {
    if (indices.resamples < indices.options.resamples) {
      lines.push_back(
          fmt::format("the output varies in {} of {} resamples only: intervals are of these",
                      indices.resamples, indices.options.resamples));
    }
    note_widest(indices, names, lines);
  }
  return lines;
}

Lines notes(const ChanceShare& share) {
  Lines lines;
  if (share.dropped > 0) {
    lines.push_back(fmt::format("{} of {} points were left out: fewer than two replicates",
                                share.dropped, share.dropped + share.points));
  }
  if (share.points < 2) {
    lines.push_back(fmt::format("{} points: no share is defined", share.points));
  } else if (std::isnan(share.of_one.value)) {
    lines.emplace_back("the output does not vary: no share is defined");
  } else if (share.between < 0.0) {
    lines.emplace_back(
        "points differ less than luck of their own would make them: they share it, or are too "
        "few or too alike; without sharing, the variance between them counts as zero");
  }
  return lines;
}

Lines notes(const MorrisScreening& screening, std::span<const std::string> names) {
  check(names, screening.factors.size());
  Lines lines;
  if (screening.dropped > 0) {
    lines.push_back(fmt::format("{} of {} effects were left out: an output was missing",
                                screening.dropped,
                                screening.trajectories * screening.factors.size()));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (screening.factors[i].effects >= 2) continue;
    lines.push_back(fmt::format("{} has {} effects: too few for errors", names[i],
                                screening.factors[i].effects));
  }
  return lines;
}

Lines notes(const Regression& regression, std::span<const std::string> names) {
  check(names, regression.factors.size());
  Lines lines;
  if (regression.dropped > 0) {
    lines.push_back(fmt::format("{} of {} rows were left out: a value was missing",
                                regression.dropped, regression.dropped + regression.rows));
  }
  if (regression.constant) {
    lines.emplace_back("the output does not vary: nothing is defined");
    return lines;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& factor = regression.factors[i];
    if (std::isnan(factor.pearson)) {
      lines.push_back(fmt::format("{} does not vary and takes no part", names[i]));
    } else if (std::isinf(factor.vif)) {
      lines.push_back(
          fmt::format("{} is determined by other factors: it has no coefficient", names[i]));
    } else if (factor.vif > most_inflation) {
      lines.push_back(fmt::format(
          "{} is collinear with other factors: its variance inflation is {:.3g}, above {}",
          names[i], factor.vif, most_inflation));
    }
  }
  if (std::isnan(regression.r_squared)) {
    lines.push_back(fmt::format("{} rows are too few for a regression", regression.rows));
    return lines;
  }
  if (regression.condition > most_condition) {
    lines.push_back(fmt::format("the factors' condition number is {:.3g}, above {}",
                                regression.condition, most_condition));
  }
  const auto weak = [&](double r_squared, const char* what) {
    if (r_squared >= least_r_squared) return;
    lines.push_back(
        fmt::format("{} explains {:.0f} % of the variance only: coefficients do not "
                    "order the factors by importance",
                    what, 100.0 * r_squared));
  };
  weak(regression.r_squared, "the linear fit");
  weak(regression.rank_r_squared, "the fit of ranks");
  return lines;
}

}  // namespace entente
