#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rounding.hpp"
#include "study_words.hpp"
#include "words.hpp"

namespace entente::cli {
namespace {

constexpr double worth_naming = 0.05;  // share of variance
constexpr std::size_t most_named = 3;

double clamped(double share) { return std::clamp(share, 0.0, 1.0); }

/// Names of some factors: `religion and alignment`.
std::string names(const Findings& findings, const std::vector<std::size_t>& parameters) {
  std::vector<std::string> out;
  for (const auto i : parameters) out.push_back(findings.head.parameters[i].name);
  return list_and(out);
}

/// Bounds in percent: `94 to 95 %`; one number where both round alike.
std::string bounds_text(double low, double high) {
  const std::string least = percent(low), most = percent(high);
  return least == most ? least : least.substr(0, least.find(' ')) + " to " + most;
}

/// What of one history's variance is chance, between luck that points share and luck of their own.
std::string chance_sentence(const OutputFindings& found) {
  if (!found.chance || std::isnan(found.chance->of_one.value)) return "";
  const double most = found.chance->of_one.value, least = found.chance->of_one_shared;
  if (most <= 0.0) return " Chance has no part in it.";
  return fmt::format(
      " Of the variance of a single history {} is in the parameters, the rest is "
      "chance.",
      bounds_text(1.0 - most, 1.0 - least));
}

/// Those that by themselves explain most, and their share.
struct Leaders {
  std::vector<std::size_t> parameters;
  double share = 0.0;
};

Leaders leaders(const std::vector<double>& shares) {
  Leaders out;
  double all = 0.0;
  for (const double share : shares) all += std::fmax(share, 0.0);
  for (const auto i : by_size(shares)) {
    const bool enough = out.parameters.size() == most_named || out.share >= 0.9 * all;
    if (enough || !(shares[i] >= worth_naming)) break;
    out.parameters.push_back(i);
    out.share += shares[i];
  }
  return out;
}

/// Whether an interval, where there is one, leaves no doubt that the number is above a bar.
bool is_above(const IntervalEstimate& estimate, double bar) {
  return (std::isnan(estimate.low) ? estimate.value : estimate.low) > bar;
}

/// Shares that parameters explain alone; 0 where that may be chance.
std::vector<double> sure_shares(const SobolIndices& indices) {
  std::vector<double> shares;
  for (const auto& first : indices.first)
    shares.push_back(is_above(first, 0.0) ? first.value : 0.0);
  return shares;
}

/// What parameters explain only together; 0 unless one of them surely takes part in it.
double interplay_of(const SobolIndices& indices) {
  double alone = 0.0;
  bool is_sure = false;
  for (std::size_t i = 0; i < indices.first.size(); ++i) {
    const IntervalEstimate& first = indices.first[i];
    alone += first.value;
    is_sure =
        is_sure || is_above(indices.total[i], std::isnan(first.high) ? first.value : first.high);
  }
  return is_sure ? clamped(1.0 - alone) : 0.0;
}

/// Of an output that no parameter by itself decides about.
std::string joint_sentence(const Findings& findings, const SobolIndices& indices,
                           const std::string& what) {
  const std::size_t top = order_of(indices).front();
  if (!is_above(indices.total[top], 0.0)) {
    return fmt::format("So few points do not tell what decides about {}.", what);
  }
  return fmt::format(
      "No parameter by itself decides about {}; together with others {} takes part in {} of its "
      "variance between points.",
      what, findings.head.parameters[top].name, percent(clamped(indices.total[top].value)));
}

std::string sobol_sentence(const Findings& findings, const OutputFindings& found,
                           const std::string& what) {
  const SobolIndices& indices = *found.sobol;
  if (indices.constant) return fmt::format("{} is the same at all points.", what);
  if (indices.blocks < 2) return fmt::format("Too few points of {} are whole.", what);
  const Leaders alone = leaders(sure_shares(indices));
  if (alone.parameters.empty()) return joint_sentence(findings, indices, what);
  std::string text =
      fmt::format("{} of the variance of {} between points comes from {}{}",
                  percent(clamped(alone.share)), what, names(findings, alone.parameters),
                  alone.parameters.size() > 1 ? ", each by itself" : " by itself");
  const double interplay = interplay_of(indices);
  if (interplay >= worth_naming) {
    text += fmt::format("; {} from what parameters do only together", percent(interplay));
  }
  return text + '.';
}

std::string morris_sentence(const Findings& findings, const OutputFindings& found,
                            const std::string& what) {
  const auto& factors = found.morris->factors;
  const auto order = order_of(*found.morris);
  const MorrisEffects& first = factors[order.front()];
  if (!(first.mu_star > 0.0)) return fmt::format("No step changes {}.", what);
  // Those of at least half the largest effect are named with it.
  std::vector<std::size_t> strong;
  std::size_t weak = 0;
  for (const auto i : order) {
    if (factors[i].mu_star >= 0.5 * first.mu_star && strong.size() < most_named)
      strong.push_back(i);
    if (factors[i].mu_star < 0.1 * first.mu_star) ++weak;
  }
  std::string text = fmt::format(
      "{} responds most to {}: from one end to the other of its range {} changes it by {} on "
      "average",
      what, names(findings, strong), findings.head.parameters[order.front()].name,
      number_text(first.mu_star));
  if (weak > 0) {
    text += fmt::format("; {} of {} parameters {} it by less than a tenth of that", weak,
                        factors.size(), weak == 1 ? "changes" : "change");
  }
  return text + '.';
}

std::string regression_sentence(const Findings& findings, const OutputFindings& found,
                                const std::string& what) {
  const SampleRegression& fitted = *found.regression;
  const Regression& regression = fitted.regression;
  if (regression.constant) return fmt::format("{} is the same at all points.", what);
  if (std::isnan(regression.r_squared)) {
    return fmt::format("Too few points of {} are whole for a regression.", what);
  }
  // Twice its standard error where there is no relation.
  const double bar =
      2.0 / std::sqrt(static_cast<double>(regression.rows - regression.factors.size()));
  std::vector<std::string> strong;
  for (const auto f : order_of(regression)) {
    const double prcc = regression.factors[f].prcc;
    if (strong.size() == most_named || !(std::abs(prcc) >= std::fmax(0.1, bar))) break;
    strong.push_back(
        fmt::format("{} ({:+.2f})", findings.head.parameters[fitted.parameters[f]].name, prcc));
  }
  std::string text = fmt::format(
      "A linear fit explains {} of the variance of {} between points, "
      "one of ranks {}",
      percent(regression.r_squared), what, percent(regression.rank_r_squared));
  text += strong.empty()
              ? std::string("; no parameter stands out")
              : fmt::format("; strongest by partial rank correlation: {}", list_and(strong));
  return text + '.';
}

std::string levels_sentence(const Findings& findings, const OutputFindings& found,
                            const std::string& what) {
  std::vector<double> shares;
  for (const auto& levels : found.levels) shares.push_back(levels.share);
  if (shares.empty() || std::isnan(shares.front())) {
    return fmt::format("{} is the same at all points.", what);
  }
  Leaders named = leaders(shares);
  if (named.parameters.empty()) named = {{0}, shares.front()};
  for (auto& place : named.parameters) place = found.levels[place].parameter;
  return fmt::format("{} of the variance of {} between points goes with {}{}.",
                     percent(clamped(named.share)), what, names(findings, named.parameters),
                     named.parameters.size() > 1 ? ", each by itself" : "");
}

std::string steps_sentence(const Findings& findings, const OutputFindings& found,
                           const std::string& what) {
  const OneAtATime& tried = *found.one_at_a_time;
  const ParameterSteps& first = tried.parameters.front();
  if (!(first.largest > 0.0)) return fmt::format("No step changes {}.", what);
  const auto step = std::find_if(first.steps.begin(), first.steps.end(), [&](const StepChange& s) {
    return std::abs(s.change) == first.largest;
  });
  return fmt::format("{} changes most with {}: by {:+.3g} at {}, against {} at the base.", what,
                     findings.head.parameters[first.parameter].name, step->change, step->text,
                     number_text(tried.base));
}

}  // namespace

std::string finding_text(const Findings& findings, const OutputFindings& found) {
  const std::string what =
      output_text(findings.head.outputs[found.output].name, findings.statistic);
  if (found.rows == 0) return fmt::format("No point has a value of {}.", what);
  if (found.morris) return morris_sentence(findings, found, what);
  if (found.one_at_a_time) return steps_sentence(findings, found, what);
  std::string text = found.sobol        ? sobol_sentence(findings, found, what)
                     : found.regression ? regression_sentence(findings, found, what)
                                        : levels_sentence(findings, found, what);
  if (found.regression && !found.sobol && !found.levels.empty()) {
    const Levels& first = found.levels.front();
    if (first.share >= worth_naming && first.share >= 3.0 * first.by_chance) {
      text += fmt::format(" {} goes with {}.", percent(first.share),
                          findings.head.parameters[first.parameter].name);
    }
  }
  return text + chance_sentence(found);
}

}  // namespace entente::cli
