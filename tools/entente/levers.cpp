#include "levers.hpp"

#include <algorithm>
#include <cmath>

namespace entente::cli {
namespace {

/// Answers within reach before others; then by the share of the range, then by how close it came.
bool shown_before(const Needed& a, const Needed& b) {
  if (a.value.has_value() != b.value.has_value()) return a.value.has_value();
  const auto share = [](const Needed& n) {
    return std::abs(n.value.value_or(n.best) - n.actual) / (n.range.high - n.range.low);
  };
  return a.value ? share(a) < share(b) : std::abs(a.best_log_odds) < std::abs(b.best_log_odds);
}

}  // namespace

Levers find_levers(const Simulation& simulation, const ChoiceOf& choice,
                   const std::vector<double>& drivers, const std::vector<double>& utility,
                   const Standing& standing, const std::vector<bool>& pinned) {
  const std::vector<float> values(drivers.begin(), drivers.end());
  Levers out;
  out.option = choice.option;
  out.log_odds = log_odds(simulation, choice, values);
  out.drivers = enough_by_driver(simulation, choice, values);
  std::stable_sort(out.drivers.begin(), out.drivers.end(), shown_before);
  for (std::size_t term = 0; term < utility.size(); ++term) {
    if (utility[term] == 0.0 || !simulation.drivers_of(choice.ladder, term).empty()) continue;
    out.constant.push_back(simulation.term_names()[term]);
  }
  out.looks_at_others = looks_at_others(simulation, choice.ladder);
  if (!out.likely()) {
    out.others = enough_by_others(simulation, choice, values, standing, pinned);
  }
  return out;
}

std::string driver_label(const std::string& name) {
  constexpr std::string_view covariate = "covariate.";
  if (name.starts_with(covariate)) return name.substr(covariate.size());
  return name.substr(0, name.find('.'));
}

std::string rung_needed(const Model& model, const std::string& driver, double actual,
                        double needed) {
  constexpr double rounding = 1e-6;
  for (const auto role : {LadderRole::engagement, LadderRole::coercion}) {
    if (driver != to_string(role)) continue;
    const Ladder& ladder = model.ladders[index_of(role)];
    const auto height = [&](std::size_t r) {
      return static_cast<double>(ladder.height[r]) / height_unit;
    };
    for (std::size_t n = 0; n < ladder.size(); ++n) {
      const std::size_t r = needed > actual ? n : ladder.size() - 1 - n;
      const bool suffices =
          needed > actual ? height(r) >= needed - rounding : height(r) <= needed + rounding;
      if (suffices) return ladder.rungs[r];
    }
  }
  return "";
}

double logistic(double log_odds) { return 1.0 / (1.0 + std::exp(-log_odds)); }

}  // namespace entente::cli
