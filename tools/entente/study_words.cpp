#include "study_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "rounding.hpp"
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

/// What of one history's variance is chance.
std::string chance_sentence(const OutputFindings& found) {
  if (!found.chance || std::isnan(found.chance->of_one.value)) return "";
  const double chance = found.chance->of_one.value;
  if (chance <= 0.0) return " Chance has no part in it.";
  return fmt::format(
      " Of the variance of a single history {} is in the parameters, the rest is "
      "chance.",
      percent(1.0 - chance));
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

std::string sobol_sentence(const Findings& findings, const OutputFindings& found,
                           const std::string& what) {
  const SobolIndices& indices = *found.sobol;
  if (indices.constant) return fmt::format("{} is the same at all points.", what);
  std::vector<double> first, total;
  for (const auto& index : indices.first) first.push_back(index.value);
  for (const auto& index : indices.total) total.push_back(index.value);
  if (indices.blocks < 2) return fmt::format("Too few points of {} are whole.", what);
  const Leaders alone = leaders(first);
  const double interplay = 1.0 - std::accumulate(first.begin(), first.end(), 0.0);
  if (alone.parameters.empty()) {
    const std::size_t top = by_size(total).front();
    return fmt::format(
        "No parameter by itself decides about {}; together with others {} takes part in {} of its "
        "variance between points.",
        what, findings.head.parameters[top].name, percent(clamped(total[top])));
  }
  const bool several = alone.parameters.size() > 1;
  std::string text = fmt::format(
      "{} of the variance of {} between points comes from {}{}", percent(clamped(alone.share)),
      what, names(findings, alone.parameters), several ? ", each by itself" : " by itself");
  if (interplay >= 0.05) {
    text += fmt::format("; {} from what parameters do only together", percent(clamped(interplay)));
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
  std::vector<std::string> strong;
  for (const auto f : order_of(regression)) {
    const double prcc = regression.factors[f].prcc;
    if (strong.size() == most_named || !(std::abs(prcc) >= 0.1)) break;
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

std::string number_text(double value) {
  return std::isfinite(value) ? fmt::format("{:.3g}", value) : "-";
}

std::string output_text(const std::string& output, const std::string& statistic) {
  return statistic == "mean" ? output : fmt::format("{} of {}", statistic, output);
}

std::string interest_text(const Interest& interest) {
  std::string text = output_text(interest.column, interest.statistic);
  if (interest.at_least) text += fmt::format(" at or above {}", *interest.at_least);
  if (interest.at_most) {
    text += fmt::format("{} at or below {}", interest.at_least ? " and" : "", *interest.at_most);
  }
  return text;
}

std::string limits_text(const StudyFactor& parameter, const Limits& limits, bool whole) {
  if (is_category(parameter)) {
    std::vector<std::string> in, out;
    for (std::size_t i = 0; i < parameter.choices.size(); ++i) {
      (limits.allows(static_cast<double>(i)) ? in : out).push_back(parameter.choices[i]);
    }
    const bool shorter = out.size() < in.size();
    return fmt::format("{} {}{}", parameter.name, shorter ? "not " : "",
                       fmt::join(shorter ? out : in, shorter ? " nor " : " or "));
  }
  const double low = whole ? std::ceil(limits.low) : limits.low;
  const double high = whole ? std::floor(limits.high) : limits.high;
  const auto number = [&](double value) { return value_text(parameter, value); };
  if (std::isinf(high)) return fmt::format("{} at or above {}", parameter.name, number(low));
  if (std::isinf(low)) return fmt::format("{} at or below {}", parameter.name, number(high));
  if (low == high) return fmt::format("{} {}", parameter.name, number(low));
  return fmt::format("{} from {} to {}", parameter.name, number(low), number(high));
}

std::string box_text(const Findings& findings, const Discovery& discovery, const Box& box) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < box.limits.size(); ++i) {
    if (!box.limits[i].restricts()) continue;
    parts.push_back(limits_text(findings.head.parameters[i], box.limits[i], discovery.whole[i]));
  }
  return parts.empty() ? "any" : list_and(parts);
}

std::vector<std::size_t> by_size(const std::vector<double>& sizes) {
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return !std::isnan(sizes[a]) && (std::isnan(sizes[b]) || sizes[a] > sizes[b]);
  });
  return order;
}

std::vector<std::size_t> order_of(const SobolIndices& indices) {
  std::vector<double> sizes;
  for (const auto& index : indices.total) sizes.push_back(index.value);
  return by_size(sizes);
}

std::vector<std::size_t> order_of(const MorrisScreening& screening) {
  std::vector<double> sizes;
  for (const auto& factor : screening.factors) sizes.push_back(factor.mu_star);
  return by_size(sizes);
}

std::vector<std::size_t> order_of(const Regression& regression) {
  std::vector<double> sizes;
  for (const auto& factor : regression.factors) sizes.push_back(std::abs(factor.prcc));
  return by_size(sizes);
}

std::string finding_text(const Findings& findings, const OutputFindings& found) {
  const std::string what =
      output_text(findings.head.outputs[found.output].name, findings.statistic);
  if (found.rows == 0) return fmt::format("No point has a value of {}.", what);
  if (found.morris) return morris_sentence(findings, found, what);
  if (found.one_at_a_time) return steps_sentence(findings, found, what);
  std::string text = found.sobol        ? sobol_sentence(findings, found, what)
                     : found.regression ? regression_sentence(findings, found, what)
                                        : levels_sentence(findings, found, what);
  if (found.regression && !found.sobol && !found.levels.empty() &&
      found.levels.front().share >= 0.1) {
    text += fmt::format(" {} goes with {}.", percent(found.levels.front().share),
                        findings.head.parameters[found.levels.front().parameter].name);
  }
  return text + chance_sentence(found);
}

std::string discovery_text(const Findings& findings, const Discovery& discovery) {
  if (!discovery.refusal.empty()) return "Refused: " + discovery.refusal + '.';
  const auto& boxes = discovery.trajectory.boxes;
  const std::string what = interest_text(discovery.interest);
  const Box& all = boxes.front();
  if (discovery.trajectory.rows == 0) return fmt::format("No point has a value of {}.", what);
  if (discovery.chosen == 0 && discovery.shares) {
    return fmt::format("{} is {} on average over all points; no box is told apart.", what,
                       number_text(all.density));
  }
  if (discovery.chosen == 0) {
    return fmt::format("{} of all points have {}; no box is told apart.", percent(all.density),
                       what);
  }
  const Box& box = boxes[discovery.chosen];
  if (discovery.shares) {
    return fmt::format(
        "Where {}, {} is {} on average, against {} at all points; {} of all "
        "of it is there.",
        box_text(findings, discovery, box), what, number_text(box.density),
        number_text(all.density), percent(box.coverage));
  }
  return fmt::format(
      "Where {}, {} of the points have {}, against {} of all points; {} of those that have it are "
      "there.",
      box_text(findings, discovery, box), percent(box.density), what, percent(all.density),
      percent(box.coverage));
}

}  // namespace entente::cli
