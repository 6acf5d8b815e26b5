#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fit_report.hpp"
#include "table.hpp"

namespace entente::cli {
namespace {

std::string number(double value) {
  return std::isinf(value) ? (value > 0 ? "inf" : "-inf") : fmt::format("{:.3f}", value);
}

std::string table_of(const FitReport& report) {
  const bool profile =
      report.fit.estimates.empty() == false && report.fit.estimates.front().profile_low.has_value();
  std::vector<Column> columns{
      {"coefficient"},     {"estimate", Align::right},   {"s.e.", Align::right},
      {"z", Align::right}, {"prior s.d.", Align::right}, {"effect of 1 s.d.", Align::right}};
  if (profile) {
    columns.push_back({"95 % profile", Align::right});
    columns.push_back({"", Align::right});
  }
  Table table(columns);
  for (const auto& one : report.fit.estimates) {
    std::vector<std::string> cells{one.coefficient.name,       number(one.value),
                                   number(one.standard_error), fmt::format("{:.2f}", one.z),
                                   number(one.prior_sd),       number(one.effect)};
    if (profile) {
      cells.push_back(number(*one.profile_low));
      cells.push_back(number(*one.profile_high));
    }
    table.add(std::move(cells));
  }
  return table.text(2);
}

/// The states that do most beyond what their drivers say, each way.
std::string dispositions_of(const FitReport& report) {
  constexpr std::size_t shown = 6;
  auto list = report.fit.dispositions;
  if (list.empty()) return "";
  std::stable_sort(list.begin(), list.end(),
                   [](const Disposition& a, const Disposition& b) { return a.value > b.value; });
  const auto name = [&](const Disposition& one) {
    return fmt::format("{} {:+.2f}", report.cases[one.history].scenario.model.actors[one.actor].id,
                       one.value);
  };
  std::vector<std::string> more, less;
  for (std::size_t x = 0; x < std::min(shown, list.size()); ++x) {
    more.push_back(name(list[x]));
    less.push_back(name(list[list.size() - 1 - x]));
  }
  return fmt::format("dispositions (utility over the whole ladder, prior s.d. {}): {} ... {}\n",
                     report.fit.disposition_scale, fmt::join(more, ", "), fmt::join(less, ", "));
}

}  // namespace

bool has_expected_sign(const Coefficient& coefficient) {
  return coefficient.kind == Coefficient::Kind::term || coefficient.kind == Coefficient::Kind::down;
}

std::string fit_text(const FitReport& report) {
  const auto& fit = report.fit;
  std::string text;
  for (const auto& one : report.cases) {
    text += fmt::format(
        "{}: {} to {}\n", one.scenario.model.title, one.scenario.model.calendar.label(0),
        report.until.empty()
            ? one.scenario.model.calendar.label(one.scenario.model.calendar.steps() - 1)
            : "before " + report.until);
  }
  text += fmt::format("{} decisions, {} of them moves\n\n", fit.decisions, fit.moves);
  text += table_of(report);
  text += fmt::format(
      "\nlog-likelihood {:.3f} (rates alone {:.3f}), {:.1f} effective parameters of {}\n"
      "AIC {:.2f}, BIC {:.2f}; condition number {:.2e}; {} Newton steps\n",
      fit.log_likelihood, fit.null_log_likelihood, fit.effective_parameters,
      fit.estimates.size() + fit.dispositions.size(), fit.aic, fit.bic, fit.condition,
      fit.iterations);
  if (!fit.validation.empty()) {
    text += fmt::format(
        "prior: {} utility per s.d. of a driver, chosen by held-out log-likelihood over stretches "
        "of actors' records:\n ",
        fit.scale);
    for (const auto& [scale, value] : fit.validation)
      text += fmt::format(" {}: {:.2f}", scale, value);
    text += "\n";
  } else if (std::isinf(fit.scale)) {
    text += "no prior on terms and covariates; the gaps and `down` of ladders keep theirs\n";
  } else {
    text += fmt::format("prior: {} utility per s.d. of a driver\n", fit.scale);
  }
  text += dispositions_of(report);
  for (const auto& warning : fit.warnings) text += fmt::format("warning: {}\n", warning);
  if (report.goodness_replicates > 0) {
    text += goodness_text(report.cases.front().scenario.model, report.goodness,
                          report.goodness_replicates);
  }
  if (!report.output.empty()) text += fmt::format("\n{}\n", report.output);
  return text;
}

}  // namespace entente::cli
