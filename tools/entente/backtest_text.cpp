#include <fmt/format.h>

#include <cmath>

#include "backtest_report.hpp"
#include "table.hpp"

namespace entente::cli {
namespace {

std::string share(double value) {
  return std::isfinite(value) ? fmt::format("{:+.1f} %", 100.0 * value) : "-";
}

std::string interval(const score::Skill& skill) {
  if (!std::isfinite(skill.low) || !std::isfinite(skill.high)) return "";
  return fmt::format("{:+.0f} to {:+.0f}", 100.0 * skill.low, 100.0 * skill.high);
}

std::string number(double value) { return std::isnan(value) ? "-" : fmt::format("{:.3f}", value); }

std::string scores_of(const BacktestReport& report, const ScoreFilter& filter) {
  const auto rows = score_table(report.test, filter);
  if (rows.empty()) return "";
  Table table({{"method"},
               {"log score", Align::right},
               {"skill of the model", Align::right},
               {"", Align::right},
               {"RPS x 1000", Align::right},
               {"skill of the model", Align::right},
               {"", Align::right},
               {"AUC", Align::right},
               {"av. precision", Align::right}});
  for (const auto& row : rows) {
    const bool first = row.method == Method::model;
    table.add({std::string(to_string(row.method)), fmt::format("{:.4f}", row.log),
               first ? "" : share(row.log_skill.value), first ? "" : interval(row.log_skill),
               fmt::format("{:.3f}", 1000.0 * row.ranked),
               first ? "" : share(row.ranked_skill.value), first ? "" : interval(row.ranked_skill),
               number(row.auc), number(row.precision)});
  }
  return fmt::format("{} forecasts of a rung, {} other than at the origin\n{}", rows[0].targets,
                     rows[0].changed, table.text(2));
}

/// Mean CRPS of counts or waits, and how often intervals hold what happened.
std::string numbers_of(const BacktestReport& report, bool waits) {
  Table table(
      {{"method"}, {"CRPS", Align::right}, {"in 50 %", Align::right}, {"in 90 %", Align::right}});
  std::size_t targets = 0;
  for (std::size_t m = 0; m < method_count; ++m) {
    double crps = 0.0, half = 0.0, ninety = 0.0, count = 0.0;
    for (const auto& one : report.test.numbers) {
      if ((one.more > 0) != waits) continue;
      crps += one.crps[m];
      half += one.in_half[m] ? 1.0 : 0.0;
      ninety += one.in_ninety[m] ? 1.0 : 0.0;
      count += 1.0;
    }
    targets = static_cast<std::size_t>(count);
    if (targets == 0) return "";
    table.add({std::string(to_string(all_methods[m])), fmt::format("{:.3f}", crps / count),
               fmt::format("{:.0f} %", 100.0 * half / count),
               fmt::format("{:.0f} %", 100.0 * ninety / count)});
  }
  return fmt::format("{} {}\n{}", targets,
                     waits ? "times until one or five more stand at or above a rung [steps]"
                           : "numbers of states at or above a rung",
                     table.text(2));
}

std::string calibration(const BacktestReport& report) {
  Table table({{"P(leaves its rung)"},
               {"cases", Align::right},
               {"mean forecast", Align::right},
               {"came true", Align::right}});
  for (const auto& bin : calibration_of(report.test, Method::model, {})) {
    table.add({fmt::format("{:.1f} to {:.1f} %", 100.0 * bin.low, 100.0 * bin.high),
               std::to_string(bin.cases), fmt::format("{:.2f} %", 100.0 * bin.mean_forecast),
               fmt::format("{:.2f} %", 100.0 * bin.share)});
  }
  return table.text(2);
}

}  // namespace

std::string backtest_text(const BacktestReport& report) {
  std::string text;
  for (const auto& one : report.cases) {
    text += fmt::format("{}: {}, {} to {}\n", one.name, one.scenario.model.title,
                        one.scenario.model.calendar.label(0),
                        one.scenario.model.calendar.label(one.scenario.model.calendar.steps() - 1));
  }
  text += fmt::format(
      "{} origins, every {} steps from step {} on; {} replicates; coefficients {}\n",
      report.test.origins.size(), report.options.every, report.options.first,
      report.options.replicates,
      report.options.together ? "from the past of all cases" : "from each case's own past");
  if (report.test.targets.empty()) return text + "nothing to score: the record is too short\n";
  for (std::uint16_t h = 0; h < report.options.horizons.size(); ++h) {
    const auto scores = scores_of(report, {std::nullopt, h, std::nullopt});
    if (scores.empty()) continue;
    text += fmt::format("\n{} steps ahead: {}", report.options.horizons[h], scores);
  }
  text += "\nall horizons: " + scores_of(report, {});
  text += "\n" + numbers_of(report, false);
  const auto waits = numbers_of(report, true);
  if (!waits.empty()) text += "\n" + waits;
  text += "\ncalibration of the model\n" + calibration(report);
  text +=
      "\nSkill is the share of the method's loss that the model saves, with 95 % intervals by "
      "bootstrap over actors.\n";
  return text;
}

}  // namespace entente::cli
