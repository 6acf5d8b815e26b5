#include "io/study/knob_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

#include "io/scenario/overrides.hpp"
#include "io/scenario/scalars.hpp"

namespace entente::detail {

namespace {

/// A rung that a path such as `ladders.engagement.baseline[2]` names.
struct RungOfLadder {
  LadderRole role = LadderRole::engagement;
  std::size_t rung = 0;
};

RungOfLadder rung_of(const std::string& path) {
  const auto parts = split_path(path).value();
  RungOfLadder found;
  for (const auto role : all_ladders)
    if (to_string(role) == parts.at(1)) found.role = role;
  found.rung = parse_integer(parts.at(3)).value();
  return found;
}

// Whether a factor takes few values, so that all of them can be tried.
bool is_listed(const FactorSpace& space, std::size_t factor) {
  constexpr double few = 16.0;
  const auto* distribution = std::get_if<Distribution>(&space.factors()[factor].source);
  if (distribution == nullptr) return false;
  const auto ends = support(*distribution);
  return std::holds_alternative<Choice>(*distribution) ||
         (ends.whole && ends.high - ends.low < few);
}

// Three values that show how a number acts; all of a choice or of few integers. Ends of a range are
// among them, since there the scenario may refuse it.
std::vector<double> probes_of(const FactorSpace& space, std::size_t factor) {
  const auto& source = space.factors()[factor].source;
  const auto* distribution = std::get_if<Distribution>(&source);
  if (distribution == nullptr) {
    const auto& place = std::get<BlockPlace>(source);
    const Normal own = marginal(space.blocks()[place.block], place.place);
    return {quantile(own, 0.05), own.mean, quantile(own, 0.95)};
  }
  const auto ends = space.support(factor);
  if (is_listed(space, factor)) {
    std::vector<double> all;
    for (double value = ends.low; value <= ends.high; value += 1.0) all.push_back(value);
    return all;
  }
  const auto at = [&](double end, double u) {
    return std::isfinite(end) && end != 0.0 ? end : quantile(*distribution, u);
  };
  const bool bounded = std::isfinite(ends.low) && std::isfinite(ends.high);
  return {bounded ? ends.low : at(ends.low, 0.05), quantile(*distribution, 0.5),
          bounded ? ends.high : at(ends.high, 0.95)};
}

}  // namespace

KnobPlan::KnobPlan(const std::vector<StudyParameter>& parameters, const FactorSpace& space,
                   const Model& base)
    : parameters_(parameters) {
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    if (parameters[p].is_gap) {
      add_gap(p, base);
      continue;
    }
    for (const auto& path : parameters[p].paths) {
      knobs_.push_back({path, {}});
      sources_.push_back({p, 0.0, {}});
    }
  }
  add_probes(space);
}

// A baseline is that of the highest rung below whose distance does not vary, and the distances up
// to it; those that do not vary are part of what they are added to.
void KnobPlan::add_gap(std::size_t parameter, const Model& base) {
  const auto& paths = parameters_[parameter].paths;
  const auto lowest = rung_of(paths.front());
  const auto& baseline = base.ladders[index_of(lowest.role)].baseline;
  const double own =
      static_cast<double>(baseline[lowest.rung]) - static_cast<double>(baseline[lowest.rung - 1]);
  for (const auto& path : paths) {
    auto known = std::find_if(knobs_.begin(), knobs_.end(),
                              [&](const Knob& knob) { return knob.path == path; });
    if (known == knobs_.end()) {
      const double height = static_cast<double>(baseline[rung_of(path).rung]);
      knobs_.push_back({path, {}});
      sources_.push_back({parameter, height, {}});
      known = std::prev(knobs_.end());
    }
    auto& source = sources_[static_cast<std::size_t>(known - knobs_.begin())];
    source.base -= own;
    source.gaps.push_back(parameter);
  }
}

void KnobPlan::add_probes(const FactorSpace& space) {
  std::vector<std::vector<double>> of_factor;
  for (std::size_t f = 0; f < space.size(); ++f) of_factor.push_back(probes_of(space, f));
  for (std::size_t k = 0; k < knobs_.size(); ++k) {
    const auto& source = sources_[k];
    knobs_[k].listed = is_listed(space, source.parameter);
    // Distances are normal: three probes each.
    for (std::size_t n = 0; n < of_factor[source.parameter].size(); ++n) {
      std::vector<double> factors(space.size());
      for (std::size_t f = 0; f < factors.size(); ++f)
        factors[f] = of_factor[f][std::min(n, of_factor[f].size() - 1)];
      knobs_[k].probes.push_back(values(factors)[k]);
    }
  }
}

std::vector<std::size_t> KnobPlan::knobs_of(std::size_t parameter) const {
  std::vector<std::size_t> found;
  for (std::size_t k = 0; k < sources_.size(); ++k) {
    const auto& gaps = sources_[k].gaps;
    const bool moved = std::find(gaps.begin(), gaps.end(), parameter) != gaps.end();
    if (moved || (gaps.empty() && sources_[k].parameter == parameter)) found.push_back(k);
  }
  return found;
}

std::vector<KnobValue> KnobPlan::values(std::span<const double> factors) const {
  std::vector<KnobValue> values;
  values.reserve(knobs_.size());
  for (const auto& source : sources_) {
    const auto& choices = parameters_[source.parameter].choices;
    if (!source.gaps.empty()) {
      double sum = source.base;
      for (const auto gap : source.gaps) sum += factors[gap];
      values.emplace_back(sum);
    } else if (choices.empty()) {
      values.emplace_back(factors[source.parameter]);
    } else {
      values.push_back(choices[static_cast<std::size_t>(factors[source.parameter])]);
    }
  }
  return values;
}

}  // namespace entente::detail
