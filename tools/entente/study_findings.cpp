#include "study_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "entente/core/error.hpp"
#include "names.hpp"
#include "study_parts.hpp"
#include "usage_error.hpp"
#include "words.hpp"

namespace entente::cli {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> pick(std::span<const double> all, std::span<const std::size_t> rows) {
  std::vector<double> out;
  out.reserve(rows.size());
  for (const auto row : rows) out.push_back(all[row]);
  return out;
}

void describe(std::span<const double> values, OutputFindings& found) {
  std::vector<double> there;
  std::copy_if(values.begin(), values.end(), std::back_inserter(there),
               [](double y) { return std::isfinite(y); });
  found.rows = there.size();
  found.mean = found.deviation = found.smallest = found.largest = nan;
  if (there.empty()) return;
  const auto n = static_cast<double>(there.size());
  found.mean = std::accumulate(there.begin(), there.end(), 0.0) / n;
  const auto [low, high] = std::minmax_element(there.begin(), there.end());
  found.smallest = *low;
  found.largest = *high;
  double squares = 0.0;
  for (const double y : there) squares += (y - found.mean) * (y - found.mean);
  if (there.size() > 1) found.deviation = std::sqrt(squares / (n - 1.0));
}

/// Finds what one output shows, part by part.
class Finder {
 public:
  Finder(const StudyTable& table, std::string statistic, const ResampleOptions& options)
      : table_(table),
        head_(table.head),
        statistic_(std::move(statistic)),
        place_(statistic_place(statistic_)),
        options_(options),
        names_(parameter_names(head_)),
        rows_(sample_rows(head_)) {}

  OutputFindings find(std::size_t output) {
    found_ = {};
    found_.output = output;
    y_ = table_.column(output, place_);
    const auto sample = pick(y_, rows_);
    describe(rows_.empty() ? std::span<const double>(y_) : sample, found_);
    if (head_.design == "morris") return screen(), found_;
    if (head_.design == "one_at_a_time") return step(), found_;
    if (head_.design == "saltelli") take_indices();
    split_chance();
    if (head_.design == "grid") {
      compare_levels([](const StudyFactor&) { return true; });
    } else {
      fit(sample);
      compare_levels([](const StudyFactor& p) { return p.choices.size() > 2; });
    }
    return found_;
  }

 private:
  [[nodiscard]] std::size_t statistic_place(const std::string& name) const {
    return find_name("--statistic", name, head_.statistics, "statistics of the study");
  }

  void add(std::vector<std::string> lines) {
    std::move(lines.begin(), lines.end(), std::back_inserter(found_.notes));
  }

  void take_indices() {
    found_.sobol = sobol_indices(y_, head_.parameters.size(), head_.second_order, options_);
    add(notes(*found_.sobol, names_));
  }

  void screen() {
    found_.morris = morris_screening({table_.points, names_.size(), y_});
    add(notes(*found_.morris, names_));
  }

  void step() {
    std::vector<double> errors;
    if (statistic_ == "mean") errors = table_.column(found_.output, statistic_place("error"));
    found_.one_at_a_time = find_steps(table_, y_, errors);
    if (std::isnan(found_.one_at_a_time->base)) {
      found_.notes.emplace_back("the base failed: no change is known");
    }
  }

  void split_chance() {
    if (statistic_ != "mean" || head_.replicates < 2) return;
    const auto variances = table_.column(found_.output, statistic_place("variance"));
    std::vector<PointSummary> points;
    for (const auto row : rows_) points.push_back({y_[row], variances[row], head_.replicates});
    found_.chance = chance_share(points, options_);
    // Points are missing because they failed, which is said once of all.
    ChanceShare told = *found_.chance;
    told.dropped = 0;
    add(notes(told));
  }

  void fit(std::span<const double> sample) {
    SampleRegression fitted;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (head_.parameters[i].choices.size() > 2) continue;
      fitted.parameters.push_back(i);
      names.push_back(names_[i]);
    }
    if (names.empty()) return;
    std::vector<double> x;
    x.reserve(rows_.size() * names.size());
    for (const auto row : rows_) {
      for (const auto i : fitted.parameters) x.push_back(table_.values[row * names_.size() + i]);
    }
    fitted.regression = regress({x, names.size(), sample});
    // Beside indices it only gives directions.
    if (!found_.sobol) {
      Regression told = fitted.regression;
      told.dropped = 0;
      add(notes(told, names));
    }
    found_.regression = std::move(fitted);
  }

  template <class Wanted>
  void compare_levels(const Wanted& wanted) {
    std::vector<std::size_t> parameters;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (wanted(head_.parameters[i])) parameters.push_back(i);
    }
    found_.levels = find_levels(table_, parameters, rows_, y_);
  }

  const StudyTable& table_;
  const StudyHead& head_;
  std::string statistic_;
  std::size_t place_;
  ResampleOptions options_;
  std::vector<std::string> names_;
  std::vector<std::size_t> rows_;
  std::vector<double> y_;
  OutputFindings found_;
};

std::vector<std::size_t> chosen_outputs(const StudyHead& head, const FindingOptions& options) {
  const auto names = names_of(head.outputs, &StudyOutput::name);
  const bool asked = !options.outputs.empty();
  std::vector<std::size_t> out;
  for (const auto& name : asked ? options.outputs : head.analysis.columns) {
    const auto place = find_name(asked ? "--output" : "analysis of the study", name, names,
                                 "outputs of the study");
    if (std::find(out.begin(), out.end(), place) == out.end()) out.push_back(place);
  }
  if (out.empty()) {
    out.resize(names.size());
    std::iota(out.begin(), out.end(), std::size_t{0});
  }
  return out;
}

/// @throws FileError  the rows are not those of the design that the study names
void check_shape(const StudyTable& table) {
  const StudyHead& head = table.head;
  const std::size_t k = head.parameters.size();
  bool fits = k > 0 && head.rows > 0;
  if (fits && head.design == "saltelli") {
    fits = head.rows % (head.second_order ? 2 * k + 2 : k + 2) == 0;
  } else if (fits && head.design == "morris") {
    fits = head.rows % (k + 1) == 0 && !table.points.empty();
  } else if (fits && head.design == "one_at_a_time") {
    fits = (head.rows - 1) % k == 0;
  }
  if (fits) return;
  throw FileError(fmt::format("the study is damaged: {} rows of {} parameters are no design {}",
                              head.rows, k, head.design));
}

/// How choices count in the regression.
void note_choices(const StudyHead& head, std::vector<std::string>& lines) {
  std::vector<std::string> categories;
  for (const auto& parameter : head.parameters) {
    if (parameter.choices.size() > 2) categories.push_back(parameter.name);
    if (parameter.choices.size() != 2) continue;
    lines.push_back(fmt::format("{} counts as 0 for {}, as 1 for {}", parameter.name,
                                parameter.choices[0], parameter.choices[1]));
  }
  if (categories.empty()) return;
  const bool one = categories.size() == 1;
  lines.push_back(
      fmt::format("{} {} no order and {} no part in the regression: see the means by value",
                  list_and(categories), one ? "has" : "have", one ? "takes" : "take"));
}

/// Jointly normal parameters, in a design that goes along the columns of the cube.
void note_joint(const StudyHead& head, std::vector<std::string>& lines) {
  if (head.design != "saltelli" && !sample_rows(head).empty()) return;
  std::vector<std::string> joint;
  for (const auto& parameter : head.parameters) {
    if (parameter.distribution.starts_with("fitted")) joint.push_back(parameter.name);
  }
  if (joint.size() < 2) return;
  lines.push_back(fmt::format(
      "{} are jointly normal: indices, effects and changes of each are those of what it adds to "
      "the ones before it",
      list_and(joint)));
}

std::vector<std::string> notes_on(const Findings& findings) {
  const StudyHead& head = findings.head;
  const bool sample = !sample_rows(head).empty();
  const bool mean = findings.statistic == "mean";
  std::vector<std::string> lines;
  if (sample && head.design != "grid") note_choices(head, lines);
  note_joint(head, lines);
  if (head.design == "grid" && !findings.failures.empty()) {
    lines.emplace_back("points that failed leave gaps in the grid: shares need not add up");
  }
  if (head.design == "one_at_a_time" && mean && head.replicates > 1) {
    lines.emplace_back(
        "all points have the same luck: the error of a change is, as a rule, smaller than shown, "
        "which takes the luck of both for independent");
  }
  if (sample && !mean) {
    lines.emplace_back("what is chance is known of means only");
  } else if (sample && head.replicates < 2) {
    lines.emplace_back("one replicate per point does not tell what is chance");
  }
  return lines;
}

}  // namespace

std::vector<std::size_t> sample_rows(const StudyHead& head) {
  if (head.design == "morris" || head.design == "one_at_a_time") return {};
  std::vector<std::size_t> rows;
  const std::size_t k = head.parameters.size();
  const std::size_t block = head.second_order ? 2 * k + 2 : k + 2;
  for (std::size_t row = 0; row < head.rows; ++row) {
    const std::size_t place = row % block;
    if (head.design != "saltelli" || place == 0 || place + 1 == block) rows.push_back(row);
  }
  return rows;
}

bool is_category(const StudyFactor& parameter) { return !parameter.choices.empty(); }

std::string value_text(const StudyFactor& parameter, double value) {
  if (!is_category(parameter)) return fmt::format("{:.4g}", value);
  const auto index = static_cast<std::size_t>(value);
  return index < parameter.choices.size() ? parameter.choices[index] : fmt::format("{}", value);
}

std::vector<std::string> parameter_names(const StudyHead& head) {
  return names_of(head.parameters, &StudyFactor::name);
}

Findings findings_of(const StudyTable& table, const FindingOptions& options) {
  const StudyHead& head = table.head;
  Findings out;
  check_shape(table);
  out.head = head;
  out.statistic = options.statistic;
  out.resampling.resamples = options.resamples.value_or(head.analysis.resamples);
  out.failures = table.failures;
  const auto outputs = chosen_outputs(head, options);
  std::vector<Interest> interests;
  for (const auto& text : options.discover) interests.push_back(read_interest(text, head));
  Finder finder(table, options.statistic, out.resampling);
  for (const auto output : outputs) out.outputs.push_back(finder.find(output));
  for (const auto& interest : interests.empty() ? head.analysis.discover : interests) {
    out.discoveries.push_back(discover(table, interest, options.box));
    const auto& refusal = out.discoveries.back().refusal;
    if (!interests.empty() && !refusal.empty()) throw UsageError("--discover: " + refusal);
  }
  if (options.box && out.discoveries.empty()) {
    throw UsageError("--box: found nothing to discover; allowed: with --discover");
  }
  out.notes = notes_on(out);
  return out;
}

}  // namespace entente::cli
