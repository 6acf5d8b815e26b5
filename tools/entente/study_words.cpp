#include "study_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "rounding.hpp"
#include "words.hpp"

namespace entente::cli {

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
  const Box& box = discovery.clear ? *discovery.clear : boxes[discovery.chosen];
  if (box.restricted == 0) {
    return fmt::format("{} of all points have {}; no limit stands out from chance.",
                       percent(all.density), what);
  }
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
