#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "rounding.hpp"
#include "study_findings.hpp"
#include "study_words.hpp"
#include "table.hpp"
#include "words.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t limits_width = 60;

/// Boxes worth a row: the whole space, the chosen one, the last, and others in even steps.
std::set<std::size_t> boxes_shown(const Discovery& discovery, std::size_t top) {
  const std::size_t boxes = discovery.trajectory.boxes.size();
  const std::size_t rows = std::clamp<std::size_t>(top, 2, boxes < 2 ? 2 : boxes);
  std::set<std::size_t> shown{discovery.chosen};
  for (std::size_t n = 0; n < rows; ++n) shown.insert(n * (boxes - 1) / (rows - 1));
  return shown;
}

std::string share(double value) { return std::isnan(value) ? "-" : fixed(value, 2); }

std::string trajectory_text(const Findings& findings, const Discovery& discovery, std::size_t top) {
  Table table({{"box", Align::right},
               {"coverage", Align::right},
               {"density", Align::right},
               {"mass", Align::right},
               {"points", Align::right},
               {"limits on"}});
  const auto add = [&](const std::string& name, const Box& box) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < box.limits.size(); ++i) {
      if (box.limits[i].restricts()) names.push_back(findings.head.parameters[i].name);
    }
    table.add({name, share(box.coverage), share(box.density), share(box.mass),
               fmt::format("{}", box.rows), shortened(list(names), 53)});
  };
  for (const auto n : boxes_shown(discovery, top)) {
    add(fmt::format("{}{}", n == discovery.chosen ? "> " : "", n), discovery.trajectory.boxes[n]);
  }
  if (discovery.clear) add("clear", *discovery.clear);
  return table.text(2);
}

std::string quasi_p_text(double p) {
  if (std::isnan(p)) return "-";
  return p < 0.0005 ? "<0.001" : fixed(p, 3);
}

std::string limits_table(const Findings& findings, const Discovery& discovery) {
  const Box& box = discovery.trajectory.boxes[discovery.chosen];
  Table table({{"limits of box " + fmt::format("{}", discovery.chosen)},
               {"unit"},
               {"quasi-p", Align::right}});
  for (std::size_t i = 0; i < box.limits.size(); ++i) {
    if (!box.limits[i].restricts()) continue;
    const StudyFactor& parameter = findings.head.parameters[i];
    table.add({shortened(limits_text(parameter, box.limits[i], discovery.whole[i]), limits_width),
               parameter.unit, quasi_p_text(box.quasi_p[i])});
  }
  return table.empty() ? "" : '\n' + table.text(2);
}

}  // namespace

std::string boxes_text(const Findings& findings, const Discovery& discovery, std::size_t top) {
  std::string text = fmt::format("\nWhere is {}?\n", interest_text(discovery.interest));
  text += wrapped(discovery_text(findings, discovery), 0);
  if (!discovery.refusal.empty() || discovery.trajectory.rows == 0) return text;
  text += '\n';
  if (discovery.trajectory.boxes.size() > 1) {
    text += trajectory_text(findings, discovery, top) + limits_table(findings, discovery);
  }
  for (const auto& note : discovery.notes) text += wrapped("Note: " + note + '.', 2);
  return text;
}

}  // namespace entente::cli
