#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "names.hpp"
#include "study_parts.hpp"
#include "usage_error.hpp"
#include "words.hpp"

namespace entente::cli {
namespace {

constexpr double few = 20.0;             // points
constexpr double most_by_chance = 0.05;  // quasi-p of limits that matter

constexpr const char* form =
    "OUTPUT >= NUMBER or OUTPUT <= NUMBER, the output also as OUTPUT.STATISTIC; without a limit "
    "where it lies between 0 and 1";

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

double read_number(const std::string& text, const std::string& whole) {
  const auto number = detail::parse_number(text);
  if (number && std::isfinite(*number)) return *number;
  throw UsageError(fmt::format("--discover: found {}; allowed: {}", detail::quote(whole), form));
}

bool has_limits(const Interest& interest) { return interest.at_least || interest.at_most; }

/// 1 or 0 within limits, else the output itself; missing values stay so.
std::vector<double> cases_of(const Interest& interest, std::vector<double> column) {
  if (!has_limits(interest)) return column;
  for (double& y : column) {
    if (!std::isfinite(y)) continue;
    const bool inside = (!interest.at_least || y >= *interest.at_least) &&
                        (!interest.at_most || y <= *interest.at_most);
    y = inside ? 1.0 : 0.0;
  }
  return column;
}

/// Why rows of a design do not tell where an outcome is common.
std::string refusal_of(const StudyHead& head, const Interest& interest,
                       std::span<const double> cases) {
  if (sample_rows(head).empty()) {
    return fmt::format(
        "found the design {}, whose points go step by step and are no sample of the space; "
        "allowed: random, latin_hypercube, sobol, saltelli, grid or list",
        head.design);
  }
  const bool outside = std::any_of(cases.begin(), cases.end(), [](double y) {
    return std::isfinite(y) && (y < 0.0 || y > 1.0);
  });
  if (!outside) return "";
  return fmt::format(
      "found {}.{}, which leaves the range from 0 to 1, without a limit; allowed: "
      "at least or at most a number",
      interest.column, interest.statistic);
}

/// Values of the rows of the sample, and what is known of each parameter's values.
std::vector<double> values_of(const StudyTable& table, std::span<const std::size_t> rows,
                              Discovery& out) {
  const std::size_t k = table.head.parameters.size();
  std::vector<double> x;
  x.reserve(rows.size() * k);
  out.whole.assign(k, true);
  for (const auto row : rows) {
    for (std::size_t i = 0; i < k; ++i) {
      const double value = table.values[row * k + i];
      out.whole[i] = out.whole[i] && value == std::floor(value);
      x.push_back(value);
    }
  }
  return x;
}

/// A value of a category takes many rows with it: where there is one, peels compete by what they
/// gain per row. A box may become as small as one that holds what is looked for and nothing else.
PrimOptions prim_options(const StudyHead& head, std::span<const double> cases) {
  PrimOptions options;
  double rows = 0.0, hits = 0.0;
  for (const double y : cases) {
    if (!std::isfinite(y)) continue;
    rows += 1.0;
    hits += y;
  }
  if (rows > 0.0) options.min_mass = std::fmin(options.min_mass, std::fmax(hits, few) / rows);
  for (const auto& parameter : head.parameters) {
    options.kinds.push_back(is_category(parameter) ? FactorKind::category : FactorKind::number);
    if (is_category(parameter)) options.by = PeelBy::density_per_row;
  }
  return options;
}

void take_notes(const StudyHead& head, Discovery& out) {
  const PrimTrajectory& found = out.trajectory;
  if (found.dropped > 0) {
    out.notes.push_back(fmt::format("{} of {} points were left out: an output was missing",
                                    found.dropped, found.dropped + found.rows));
  }
  const auto all = static_cast<double>(found.rows);
  if (found.rows == 0) return;
  if (found.hits == 0.0) {
    out.notes.emplace_back("no point has it: there is nothing to look for");
  } else if (found.hits == all) {
    out.notes.emplace_back("all points have it: there is nothing to tell apart");
  } else if (out.chosen == 0) {
    out.notes.emplace_back("no box holds a larger share of it than the whole space");
  }
  if (found.hits > 0.0 && found.hits < few && !out.shares) {
    out.notes.push_back(
        fmt::format("only {} points have it: so few tell little of where", found.hits));
  }
  std::vector<std::string> lifted;
  const Box& box = found.boxes[out.chosen];
  for (std::size_t i = 0; i < box.limits.size() && out.clear; ++i) {
    const bool stays = !box.limits[i].restricts() || out.clear->limits[i].restricts();
    if (!stays) lifted.push_back(head.parameters[i].name);
  }
  if (!lifted.empty()) {
    out.notes.push_back(fmt::format(
        "the sentence and the box `clear` leave out limits that may be chance, with a quasi-p "
        "above {}: {}",
        most_by_chance, list(lifted)));
  }
  if (head.design == "list" || head.design == "grid") {
    out.notes.push_back(fmt::format("shares are those among the points of the {}", head.design));
  }
}

/// Lifts limits that may be chance, the most doubtful first.
Box without_chance(const Cases& cases, Box box) {
  for (;;) {
    std::size_t worst = 0;
    double p = most_by_chance;
    for (std::size_t i = 0; i < box.quasi_p.size(); ++i) {
      if (!(box.quasi_p[i] > p)) continue;
      worst = i;
      p = box.quasi_p[i];
    }
    if (p == most_by_chance) return box;
    box.limits[worst] = {};
    box = measure_box(cases, std::move(box.limits));
  }
}

void choose(std::optional<std::size_t> box, Discovery& out) {
  const auto& boxes = out.trajectory.boxes;
  out.knee = out.chosen = knee_box(boxes);
  if (!box) return;
  if (*box >= boxes.size()) {
    throw UsageError(fmt::format("--box: found {}; allowed: 0 to {}", *box, boxes.size() - 1));
  }
  out.chosen = *box;
}

}  // namespace

Interest read_interest(const std::string& text, const StudyHead& head) {
  Interest interest;
  auto at = text.find(">=");
  const bool least = at != std::string::npos;
  if (!least) at = text.find("<=");
  if (at != std::string::npos) {
    (least ? interest.at_least : interest.at_most) =
        read_number(trimmed(text.substr(at + 2)), text);
  }
  const auto names = names_of(head.outputs, &StudyOutput::name);
  interest.column = trimmed(text.substr(0, at));
  const auto known = [&] {
    return std::find(names.begin(), names.end(), interest.column) != names.end();
  };
  const auto point = interest.column.rfind('.');
  if (!known() && point != std::string::npos) {
    interest.statistic = interest.column.substr(point + 1);
    interest.column.resize(point);
  }
  static_cast<void>(find_name("--discover", interest.column, names, "outputs of the study"));
  static_cast<void>(
      find_name("--discover", interest.statistic, head.statistics, "statistics of the study"));
  return interest;
}

Discovery discover(const StudyTable& table, const Interest& interest,
                   std::optional<std::size_t> box) {
  const StudyHead& head = table.head;
  const auto output = find_name("analysis of the study", interest.column,
                                names_of(head.outputs, &StudyOutput::name), "outputs of the study");
  const auto statistic = find_name("analysis of the study", interest.statistic, head.statistics,
                                   "statistics of the study");
  Discovery out;
  out.interest = interest;
  const auto rows = sample_rows(head);
  const auto all = cases_of(interest, table.column(output, statistic));
  std::vector<double> y;
  for (const auto row : rows) y.push_back(all[row]);
  out.refusal = refusal_of(head, interest, y);
  if (!out.refusal.empty()) return out;
  out.shares = !has_limits(interest);
  const PrimOptions options = prim_options(head, y);
  for (const auto& parameter : head.parameters) {
    out.category.push_back(is_category(parameter));
  }
  const auto x = values_of(table, rows, out);
  out.trajectory = prim({x, head.parameters.size(), y}, options);
  choose(box, out);
  if (out.chosen > 0 && !out.shares) {
    out.clear = without_chance({x, head.parameters.size(), y}, out.trajectory.boxes[out.chosen]);
  }
  take_notes(head, out);
  return out;
}

}  // namespace entente::cli
