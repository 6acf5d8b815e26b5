#include "entente/ensemble/enough.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <string_view>

#include "ensemble/row_changes.hpp"

namespace entente {
namespace {

/// Drivers that are no parameters; the ranges of the rest are those of `parameter_infos()`.
struct NaturalRange {
  std::string_view name;
  Bounds bounds;
};
constexpr std::array natural_ranges{
    NaturalRange{"security", {-1.0, 1.0}}, NaturalRange{"grievance", {0.0, 1.0}},
    NaturalRange{"economic", {0.0, 1.0}},  NaturalRange{"rights", {0.0, 11.0}},
    NaturalRange{"alignment", {0.0, 1.0}}, NaturalRange{"cover", {0.0, 1.0}},
    NaturalRange{"bandwagon", {0.0, 1.0}}, NaturalRange{"pressure", {0.0, 1.0}},
    NaturalRange{"trust", {0.0, 1.0}},     NaturalRange{"engagement", {0.0, 1.0}},
    NaturalRange{"coercion", {0.0, 1.0}},
};

/// The name of a driver without the ladder it is of: `alignment` of `alignment.recognition`.
std::string_view stem_of(std::string_view name) { return name.substr(0, name.find('.')); }

/// Least and most of a covariate that any actor has at any step, events aside.
Bounds world_bounds(const Model& model, std::size_t covariate) {
  const ParameterTable& table = model.parameters;
  const std::size_t first = table.slot(Param::covariate, covariate, 0);
  const std::size_t last = first + model.actors.size();
  const auto values = table.all().subspan(first, model.actors.size());
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  Bounds bounds{static_cast<double>(*low), static_cast<double>(*high)};
  for (const auto& series : model.series) {
    const bool of_it = std::any_of(series.slots.begin(), series.slots.end(),
                                   [&](std::size_t slot) { return slot >= first && slot < last; });
    if (!of_it) continue;
    for (const float value : series.values) {
      bounds.low = std::min(bounds.low, static_cast<double>(value));
      bounds.high = std::max(bounds.high, static_cast<double>(value));
    }
  }
  return bounds;
}

Bounds bounds_by_name(const Model& model, const ChoiceOf& choice, std::string_view name,
                      double actual) {
  const std::string_view stem = stem_of(name);
  if (stem == "alignment" || stem == "cover" || stem == "alignment_weight") {
    const bool alone = model.alignment.row_sum(choice.actor) == 0 &&
                       !detail::may_change_row(model, Space::alignment, choice.actor);
    if (alone) return {actual, actual};
  }
  if (stem == "rival_claims") return {0.0, static_cast<double>(model.authorities.size()) - 1.0};
  if (stem == "rivalry") {
    const double row = static_cast<double>(model.rivalry.row_sum(choice.actor)) / relation_unit;
    return {-row, row * (1.0 + static_cast<double>(model.rivalry_presence))};
  }
  for (const auto& range : natural_ranges) {
    if (range.name == stem) return range.bounds;
  }
  for (std::size_t c = 0; c < model.covariates.size(); ++c) {
    if (name == "covariate." + model.covariates[c].key) return world_bounds(model, c);
  }
  const auto param = find_parameter(stem);
  if (!param) return {actual, actual};
  return {static_cast<double>(info(*param).min), static_cast<double>(info(*param).max)};
}

/// A search outwards from the actual value.
struct Turn {
  double inside;   ///< last point with the actual sign
  double outside;  ///< first one with the other
};

double bisect(const std::function<double(double)>& function, bool sign, Turn turn) {
  constexpr int halvings = 60;
  for (int n = 0; n < halvings; ++n) {
    const double middle = turn.inside + (turn.outside - turn.inside) / 2.0;
    ((function(middle) >= 0.0) == sign ? turn.inside : turn.outside) = middle;
  }
  return turn.outside;
}

constexpr int search_steps = 512;

/// Point n of `search_steps` from the actual value to an end of the range.
double point(double actual, double end, double reach, int n) {
  const double offset = reach * n / search_steps;
  return end < actual ? std::max(end, actual - offset) : std::min(end, actual + offset);
}

}  // namespace

double log_odds(const Simulation& simulation, const ChoiceOf& choice,
                std::span<const float> drivers) {
  const std::size_t rungs = simulation.model().ladders[index_of(choice.ladder)].size();
  const bool up = choice.option == choice.own + 1;
  if (choice.option >= rungs || (!up && choice.option + 1 != choice.own)) {
    throw std::invalid_argument("log_odds: no such option");
  }
  const auto terms = simulation.contributions(choice.ladder, choice.own, drivers);
  double below = 0.0;
  double above = 0.0;
  for (std::size_t term = 0; term < terms.size() / 2; ++term) {
    below += static_cast<double>(terms[2 * term]);
    above += static_cast<double>(terms[2 * term + 1]);
  }
  const double tau = static_cast<double>(simulation.model().temperature);
  const double other = (up ? below : above) / tau;
  const bool has_other = up ? choice.own > 0 : choice.own + 1U < rungs;
  // ln(1 + e^x) = x + ln(1 + e^-x): no utility is too large.
  const double rest = std::max(other, 0.0) + std::log1p(std::exp(-std::abs(other)));
  return (up ? above : below) / tau - (has_other ? rest : 0.0);
}

std::optional<double> nearest_turn(const std::function<double(double)>& function, double actual,
                                   Bounds bounds) {
  const bool sign = function(actual) >= 0.0;
  const double reach = std::max(bounds.high - actual, actual - bounds.low);
  std::optional<double> nearest;
  for (int n = 1; n <= search_steps && !nearest && reach > 0.0; ++n) {
    for (const double end : {bounds.low, bounds.high}) {
      const double outside = point(actual, end, reach, n);
      const double inside = point(actual, end, reach, n - 1);
      if (outside == inside || (function(outside) >= 0.0) == sign) continue;
      const double turn = bisect(function, sign, {inside, outside});
      if (!nearest || std::abs(turn - actual) < std::abs(*nearest - actual)) nearest = turn;
    }
  }
  return nearest;
}

Bounds driver_bounds(const Simulation& simulation, const ChoiceOf& choice, std::size_t column,
                     double actual) {
  Bounds bounds =
      bounds_by_name(simulation.model(), choice, simulation.driver_names()[column], actual);
  bounds.low = std::min(bounds.low, actual);
  bounds.high = std::max(bounds.high, actual);
  return bounds;
}

std::vector<Needed> enough_by_driver(const Simulation& simulation, const ChoiceOf& choice,
                                     std::span<const float> drivers) {
  constexpr double noise = 1e-5;  // of sums of floats
  std::vector<Needed> out;
  const double before = log_odds(simulation, choice, drivers);
  std::vector<float> changed(drivers.begin(), drivers.end());
  for (const auto column : simulation.drivers_of(choice.ladder)) {
    const auto with = [&](double value) {
      changed[column] = static_cast<float>(value);
      return log_odds(simulation, choice, changed);
    };
    Needed needed;
    needed.column = column;
    needed.actual = static_cast<double>(drivers[column]);
    needed.range = driver_bounds(simulation, choice, column, needed.actual);
    needed.best = needed.actual;
    needed.best_log_odds = before;
    double swing = 0.0;
    const double width = needed.range.high - needed.range.low;
    for (int n = 0; n <= search_steps; ++n) {
      const double value = needed.range.low + width * n / search_steps;
      const double odds = with(value);
      swing = std::max(swing, std::abs(odds - before));
      if (before >= 0.0 ? odds < needed.best_log_odds : odds > needed.best_log_odds) {
        needed.best = value;
        needed.best_log_odds = odds;
      }
    }
    if (swing > noise) {
      const auto turn = nearest_turn(with, needed.actual, needed.range);
      // As a float, which is what decisions are computed from.
      if (turn) needed.value = static_cast<double>(static_cast<float>(*turn));
      out.push_back(needed);
    }
    changed[column] = drivers[column];
  }
  return out;
}

}  // namespace entente
