#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rounding.hpp"
#include "study_findings.hpp"
#include "study_words.hpp"
#include "table.hpp"
#include "words.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t name_width = 34;
constexpr std::size_t value_width = 24;
constexpr std::size_t failures_shown = 3;
constexpr std::size_t message_width = 160;

std::string heading(const Findings& findings) {
  const StudyHead& head = findings.head;
  std::string text = head.title + '\n';
  if (!head.question.empty()) text += wrapped(head.question, 0);
  text += '\n';
  const std::size_t failed = findings.failures.size();
  text +=
      wrapped(fmt::format("{} parameters; {} points, {} replicates each{}; design {}",
                          head.parameters.size(), head.rows, head.replicates,
                          failed > 0 ? fmt::format("; {} failed", failed) : "", head.design_text),
              0);
  for (const auto& note : findings.notes) text += wrapped("Note: " + note + '.', 0);
  return text;
}

std::string parameter(const Findings& findings, std::size_t i) {
  return shortened(findings.head.parameters[i].name, name_width);
}

std::string index_text(double value) { return std::isnan(value) ? "-" : fixed(value, 2); }

std::string interval_text(const IntervalEstimate& estimate) {
  if (std::isnan(estimate.low)) return index_text(estimate.value);
  return fmt::format("{} ({} to {})", index_text(estimate.value), fixed(estimate.low, 2),
                     fixed(estimate.high, 2));
}

std::string signed_index(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:+.2f}", std::abs(value) < 0.005 ? 0.0 : value);
}

std::string left_out(std::size_t all, std::size_t top) {
  return all > top ? fmt::format("  ... and {} more\n", all - top) : "";
}

/// By parameter: its partial correlation of ranks, where it takes part in the regression.
std::vector<double> directions(const Findings& findings, const OutputFindings& found) {
  std::vector<double> out(findings.head.parameters.size(), std::nan(""));
  if (!found.regression) return out;
  for (std::size_t f = 0; f < found.regression->parameters.size(); ++f) {
    out[found.regression->parameters[f]] = found.regression->regression.factors[f].prcc;
  }
  return out;
}

std::string pairs_text(const Findings& findings, const SobolIndices& indices, std::size_t top) {
  const std::size_t k = indices.first.size();
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  std::vector<double> sizes;
  for (std::size_t i = 0; i < k && !indices.second.empty(); ++i) {
    for (std::size_t j = i + 1; j < k; ++j) {
      pairs.emplace_back(i, j);
      sizes.push_back(indices.second[i * k + j].value);
    }
  }
  if (pairs.empty()) return "";
  Table table({{"two together"}, {""}, {"beyond each alone (95 %)", Align::right}});
  const auto order = by_size(sizes);
  for (std::size_t n = 0; n < std::min(top, order.size()); ++n) {
    const auto [i, j] = pairs[order[n]];
    table.add(
        {parameter(findings, i), parameter(findings, j), interval_text(indices.second[i * k + j])});
  }
  return '\n' + table.text(2) + left_out(order.size(), top);
}

std::string sobol_text(const Findings& findings, const OutputFindings& found, std::size_t top) {
  const SobolIndices& indices = *found.sobol;
  if (indices.constant || indices.blocks < 2) return "";
  Table table({{"share of variance of"},
               {"alone (95 %)", Align::right},
               {"and with others (95 %)", Align::right},
               {"direction", Align::right}});
  const auto order = order_of(indices);
  const auto signs = directions(findings, found);
  for (std::size_t n = 0; n < std::min(top, order.size()); ++n) {
    const std::size_t i = order[n];
    table.add({parameter(findings, i), interval_text(indices.first[i]),
               interval_text(indices.total[i]), signed_index(signs[i])});
  }
  return table.text(2) + left_out(order.size(), top) + pairs_text(findings, indices, top);
}

std::string morris_text(const Findings& findings, const OutputFindings& found, std::size_t top) {
  Table table({{"effect of"},
               {"size", Align::right},
               {"s.e.", Align::right},
               {"mean", Align::right},
               {"s.e.", Align::right},
               {"spread", Align::right},
               {"s.e.", Align::right}});
  const auto order = order_of(*found.morris);
  for (std::size_t n = 0; n < std::min(top, order.size()); ++n) {
    const MorrisEffects& e = found.morris->factors[order[n]];
    table.add({parameter(findings, order[n]), number_text(e.mu_star), number_text(e.mu_star_error),
               number_text(e.mu), number_text(e.mu_error), number_text(e.sigma),
               number_text(e.sigma_error)});
  }
  return table.text(2) + left_out(order.size(), top) +
         wrapped(
             "Size is mu*, mean is mu, spread is sigma: effects over the whole range of a "
             "parameter.",
             2);
}

std::string regression_text(const Findings& findings, const OutputFindings& found,
                            std::size_t top) {
  const SampleRegression& fitted = *found.regression;
  if (std::isnan(fitted.regression.r_squared)) return "";
  Table table({{"correlation with"},
               {"partial, ranks", Align::right},
               {"ranks", Align::right},
               {"plain", Align::right},
               {"coefficient", Align::right},
               {"s.e.", Align::right}});
  const auto order = order_of(fitted.regression);
  for (std::size_t n = 0; n < std::min(top, order.size()); ++n) {
    const FactorRegression& f = fitted.regression.factors[order[n]];
    table.add({parameter(findings, fitted.parameters[order[n]]), signed_index(f.prcc),
               signed_index(f.spearman), signed_index(f.pearson), signed_index(f.src),
               index_text(f.src_error)});
  }
  return table.text(2) + left_out(order.size(), top);
}

std::string levels_text(const Findings& findings, const OutputFindings& found, std::size_t top) {
  std::string text;
  Table table({{"mean by value of"},
               {"value", Align::right},
               {"points", Align::right},
               {"mean", Align::right},
               {"s.e.", Align::right},
               {"share of variance", Align::right}});
  for (std::size_t n = 0; n < std::min(top, found.levels.size()); ++n) {
    const Levels& levels = found.levels[n];
    for (std::size_t m = 0; m < std::min(top, levels.means.size()); ++m) {
      const LevelMean& at = levels.means[m];
      table.add({m == 0 ? parameter(findings, levels.parameter) : "",
                 shortened(at.text, value_width), fmt::format("{}", at.rows), number_text(at.mean),
                 number_text(at.error), m == 0 ? index_text(levels.share) : ""});
    }
    if (levels.means.size() > top) {
      table.add({"", fmt::format("{} more", levels.means.size() - top)});
    }
  }
  return table.empty() ? "" : table.text(2) + left_out(found.levels.size(), top);
}

std::string steps_text(const Findings& findings, const OutputFindings& found, std::size_t top) {
  const OneAtATime& tried = *found.one_at_a_time;
  Table table({{"change with"},
               {"at", Align::right},
               {"change", Align::right},
               {"s.e.", Align::right},
               {"to", Align::right}});
  for (std::size_t n = 0; n < std::min(top, tried.parameters.size()); ++n) {
    const ParameterSteps& own = tried.parameters[n];
    for (std::size_t s = 0; s < own.steps.size(); ++s) {
      const StepChange& step = own.steps[s];
      table.add(
          {s == 0 ? parameter(findings, own.parameter) : "", shortened(step.text, value_width),
           step.change == 0.0 || std::isnan(step.change) ? number_text(step.change)
                                                         : fmt::format("{:+.3g}", step.change),
           number_text(step.error), number_text(step.output)});
    }
  }
  return table.text(2) + left_out(tried.parameters.size(), top);
}

std::string luck_text(const Findings& findings, const OutputFindings& found) {
  if (!found.chance || std::isnan(found.chance->of_mean.value)) return "";
  // Rounded up, but for what arithmetic adds: it is a bound.
  const double most = std::ceil(100.0 * found.chance->of_mean.value - 1e-9) / 100.0;
  return wrapped(
      fmt::format("Luck that {} replicates leave in the variance between points: at most {}.",
                  findings.head.replicates, fixed(most, 2)),
      2);
}

std::string output_part(const Findings& findings, const OutputFindings& found, std::size_t top) {
  const StudyOutput& output = findings.head.outputs[found.output];
  const std::string unit =
      output.unit.empty() || output.unit == "1" ? "" : fmt::format(" [{}]", output.unit);
  const bool sample = !found.morris && !found.one_at_a_time;
  std::string text =
      fmt::format("\n{}{}: {}{} to {} at {} points\n", output_text(output.name, findings.statistic),
                  unit, sample ? fmt::format("{} on average, ", number_text(found.mean)) : "",
                  number_text(found.smallest), number_text(found.largest), found.rows);
  text += wrapped(finding_text(findings, found), 0) + '\n';
  if (found.sobol) text += sobol_text(findings, found, top);
  if (found.morris) text += morris_text(findings, found, top);
  if (found.regression && !found.sobol) text += regression_text(findings, found, top);
  if (found.one_at_a_time) text += steps_text(findings, found, top);
  const std::string levels = levels_text(findings, found, top);
  if (!levels.empty()) text += (found.regression ? "\n" : "") + levels;
  text += luck_text(findings, found);
  for (const auto& note : found.notes) text += wrapped("Note: " + note + '.', 2);
  return text;
}

std::string failures_text(const Findings& findings) {
  const auto& failures = findings.failures;
  if (failures.empty()) return "";
  std::string text = fmt::format("\n{} of {} points failed\n", failures.size(), findings.head.rows);
  for (std::size_t n = 0; n < std::min(failures_shown, failures.size()); ++n) {
    text += wrapped(
        fmt::format("row {}: {}", failures[n].row, shortened(failures[n].message, message_width)),
        2);
  }
  return text + left_out(failures.size(), failures_shown);
}

}  // namespace

std::string findings_text(const Findings& findings, std::size_t top) {
  std::string text = heading(findings);
  for (const auto& found : findings.outputs) text += output_part(findings, found, top);
  for (const auto& discovery : findings.discoveries) text += boxes_text(findings, discovery, top);
  return text + failures_text(findings);
}

}  // namespace entente::cli
