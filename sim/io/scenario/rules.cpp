#include "io/scenario/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"

namespace entente::detail {

namespace {

enum class Summary : std::uint8_t { constant, mean, median };

// Ids that share a trouble, kept short for the message.
struct Culprits {
  std::vector<std::string> first;
  std::size_t count = 0;

  void add(const std::string& id) {
    if (count > 0 && first.back() == id) return;
    ++count;
    if (first.size() < 5) first.push_back(id);
  }
  [[nodiscard]] std::string text() const {
    auto shown = join(first);
    if (count > first.size()) shown += fmt::format(" and {} more", count - first.size());
    return shown;
  }
};

double summarise(std::vector<double> values, Summary summary) {
  if (summary == Summary::mean) {
    double total = 0.0;
    for (const double value : values) total += value;
    return total / static_cast<double>(values.size());
  }
  std::sort(values.begin(), values.end());
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
}

// The scalar of a rule; `where` of a selection is one, too.
Place value_of(const Place& rule) {
  if (!rule->is_mapping()) return rule;
  const auto value = rule.find("value");
  return value ? value : rule.find("where");
}

std::optional<Summary> parse_summary(const std::string& text) {
  if (text == "mean") return Summary::mean;
  if (text == "median") return Summary::median;
  return std::nullopt;
}

}  // namespace

// What replaces a missing cell of one column: a value for the world and, by region, for each
// region.
struct RuleEvaluator::Fill {
  double world = 0.0;
  std::map<std::string, double> by_region;
  bool regional = false;
  std::string rule;
};

std::optional<RuleEvaluator::Fill> RuleEvaluator::read_fill(const Place& place,
                                                            const Input& input) {
  Fill fill;
  if (place->is_scalar()) {
    if (const auto number = parse_number(place.text())) {
      fill.world = *number;
      fill.rule = place.text();
      return fill;
    }
  }
  const auto word = place->is_mapping() ? place.find("use") : place;
  const auto summary = word ? parse_summary(word.text()) : std::nullopt;
  if (!summary) {
    if (word)
      problems_.add(
          place,
          fmt::format("found {}; allowed: a number, mean, median or {{by: region, use: mean}}",
                      quote(word.text())));
    return std::nullopt;
  }
  if (input.column == nullptr) {
    problems_.add(place, fmt::format("found {} over pairs; allowed: a number", quote(word.text())));
    return std::nullopt;
  }
  std::vector<double> known;
  std::map<std::string, std::vector<double>> regions;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const auto& cell = (*input.column)[i];
    if (cell.state != Cell::State::number) continue;
    known.push_back(cell.value);
    regions[candidates_.regions[i]].push_back(cell.value);
  }
  if (known.empty()) {
    problems_.add(place,
                  fmt::format("found no number in column '{}'; allowed: a number", input.name));
    return std::nullopt;
  }
  fill.world = summarise(known, *summary);
  fill.regional = place->is_mapping();
  fill.rule = (fill.regional ? "region " : "") + word.text();
  if (fill.regional)
    for (const auto& [region, values] : regions)
      if (!region.empty()) fill.by_region[region] = summarise(values, *summary);
  return fill;
}

// One rule at work.
class RuleEvaluator::Evaluation {
 public:
  Evaluation(RuleEvaluator& owner, const Place& rule, const Scope& scope, const Limits& limits)
      : owner_(owner), limits_(limits), value_(value_of(rule)) {
    if (!value_) return;
    if (value_->is_scalar() && !value_->quoted) constant_ = parse_number(value_.text());
    if (!constant_) expression_ = Expression::compile(value_, scope, owner.problems_);
    ready_ = constant_ || expression_;
    if (expression_) read_fills(rule.find("missing"), scope);
  }

  [[nodiscard]] bool ready() const { return ready_; }

  double at(std::uint32_t i, std::uint32_t j, bool pair) {
    const double value = constant_ ? *constant_ : compute(i, j, pair);
    if (std::isnan(value) && skipped_) return 0.0;
    const auto limited = static_cast<float>(value);
    if (!std::isfinite(value))
      not_finite_.add(name(i, j, pair));
    else if (limited < static_cast<float>(limits_.min) || limited > static_cast<float>(limits_.max))
      note_outside(value, name(i, j, pair));
    return value;
  }

  // Reports what went wrong; false where anything did.
  bool finish() {
    auto& problems = owner_.problems_;
    const auto before = problems.size();
    for (const auto& [column, who] : missing_)
      problems.add(value_,
                   fmt::format("found no '{}' for {}; allowed: a number in the table, or a rule "
                               "under 'missing'",
                               column, who.text()));
    for (const auto& [column, who] : words_)
      problems.add(value_, fmt::format("found text in column '{}' for {}; allowed: a number",
                                       column, who.text()));
    if (not_finite_.count > 0)
      problems.add(value_, fmt::format("found a value that is not finite for {}; allowed: finite",
                                       not_finite_.text()));
    if (outside_.count > 0)
      problems.add(value_,
                   fmt::format("found {} for {}; allowed: {}", worst_, outside_.text(), range()));
    return problems.size() == before && ready_ && !failed_;
  }

 private:
  void read_fills(const Place& missing, const Scope& scope) {
    const auto& inputs = expression_->inputs();
    values_.resize(inputs.size());
    fills_.resize(inputs.size());
    const auto known = scope.names();
    for (const auto& place : missing.entries()) {
      const std::string column(place.key);
      bool used = column == "distance_km";
      for (std::size_t k = 0; k < inputs.size(); ++k) {
        if (inputs[k].name != column) continue;
        fills_[k] = owner_.read_fill(place, inputs[k]);
        ready_ &= fills_[k].has_value();
        used = true;
      }
      // A rule that has been replaced may leave behind what it needed: only strange names are
      // wrong.
      if (!used && scope.complete() && std::find(known.begin(), known.end(), column) == known.end())
        owner_.problems_.add(place,
                             unknown_name(column, known, "columns that the rule uses", "column"));
    }
  }

  double compute(std::uint32_t i, std::uint32_t j, bool pair) {
    skipped_ = false;
    const auto& inputs = expression_->inputs();
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      const auto cell = inputs[k].cell(i, j);
      values_[k] = cell.value;
      if (cell.state == Cell::State::number) continue;
      const auto owner = inputs[k].second ? j : i;
      const auto id =
          inputs[k].column != nullptr ? owner_.candidates_.ids[owner] : name(i, j, pair);
      if (cell.state == Cell::State::failed) {
        skipped_ = failed_ = true;
      } else if (cell.state == Cell::State::text) {
        words_[inputs[k].name].add(id);
        skipped_ = true;
      } else if (!fills_[k]) {
        missing_[inputs[k].name].add(id);
        skipped_ = true;
      } else {
        values_[k] = filled(*fills_[k], owner);
        owner_.replaced_[{inputs[k].name, fills_[k]->rule}].insert(id);
      }
    }
    if (skipped_) return std::nan("");
    return expression_->evaluate(values_);
  }

  [[nodiscard]] double filled(const Fill& fill, std::uint32_t candidate) const {
    const auto region = fill.by_region.find(owner_.candidates_.regions[candidate]);
    return fill.regional && region != fill.by_region.end() ? region->second : fill.world;
  }

  [[nodiscard]] std::string name(std::uint32_t i, std::uint32_t j, bool pair) const {
    const auto& ids = owner_.candidates_.ids;
    return pair ? ids[i] + '-' + ids[j] : ids[i];
  }

  void note_outside(double value, const std::string& id) {
    if (outside_.count == 0) worst_ = value;
    outside_.add(id);
  }

  [[nodiscard]] std::string range() const {
    auto text = limits_.max >= 1e30 ? fmt::format("{} or more", static_cast<float>(limits_.min))
                                    : fmt::format("{} to {}", static_cast<float>(limits_.min),
                                                  static_cast<float>(limits_.max));
    if (!limits_.unit.empty()) text += fmt::format(" [{}]", limits_.unit);
    return text;
  }

  RuleEvaluator& owner_;
  const Limits& limits_;
  Place value_;
  std::optional<double> constant_;
  std::optional<Expression> expression_;
  bool ready_ = false;
  bool skipped_ = false;
  bool failed_ = false;
  std::vector<double> values_;
  std::vector<std::optional<Fill>> fills_;
  std::map<std::string, Culprits> missing_;
  std::map<std::string, Culprits> words_;
  Culprits not_finite_;
  Culprits outside_;
  double worst_ = 0.0;
};

std::optional<std::vector<double>> RuleEvaluator::over(std::span<const std::uint32_t> rows,
                                                       const Place& rule, const Scope& scope,
                                                       const Limits& limits) {
  Evaluation evaluation(*this, rule, scope, limits);
  if (!evaluation.ready()) return std::nullopt;
  std::vector<double> values;
  values.reserve(rows.size());
  for (const auto i : rows) values.push_back(evaluation.at(i, i, false));
  if (!evaluation.finish()) return std::nullopt;
  return values;
}

std::optional<std::vector<double>> RuleEvaluator::over_pairs(std::span<const std::uint32_t> rows,
                                                             const Place& rule, const Scope& scope,
                                                             const Limits& limits) {
  Evaluation evaluation(*this, rule, scope, limits);
  if (!evaluation.ready()) return std::nullopt;
  std::vector<double> values(rows.size() * rows.size(), 0.0);
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < rows.size(); ++j)
      if (i != j) values[i * rows.size() + j] = evaluation.at(rows[i], rows[j], true);
  if (!evaluation.finish()) return std::nullopt;
  return values;
}

std::vector<Replacement> RuleEvaluator::replacements() const {
  std::vector<Replacement> list;
  for (const auto& [key, actors] : replaced_)
    list.push_back({key.first, key.second, {actors.begin(), actors.end()}});
  return list;
}

}  // namespace entente::detail
