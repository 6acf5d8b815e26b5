#include "entente/estimate/backtest.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <utility>

#include "entente/core/error.hpp"

namespace entente {
namespace {

/// Central intervals that are judged.
constexpr double half = 0.5, ninety = 0.9;

class Runner {
 public:
  Runner(const std::vector<BacktestCase>& cases, const TermRegistry& registry,
         const BacktestOptions& options)
      : cases_(cases), registry_(registry), options_(options) {}

  Backtest run() {
    for (std::uint32_t c = 0; c < cases_.size(); ++c) {
      const auto steps = static_cast<std::uint32_t>(cases_[c].path.steps);
      for (std::uint32_t origin = std::max(1U, options_.first);
           origin + options_.horizons.front() <= steps; origin += options_.every) {
        add(c, origin);
      }
    }
    return std::move(test_);
  }

 private:
  void add(std::uint32_t of_case, std::uint32_t origin) {
    std::vector<Forecast> forecasts;
    Backtest::Origin record{of_case, origin, {}};
    for (std::size_t m = 0; m < method_count; ++m) {
      forecasts.push_back(foretell(of_case, origin, all_methods[m]));
      record.fits[m] = forecasts.back().fit;
    }
    test_.origins.push_back(std::move(record));
    const auto& one = cases_[of_case];
    for (std::size_t k = 0; k < one.path.authorities; ++k) {
      for (const auto ladder : all_ladders) {
        if (one.model.ladders[index_of(ladder)].size() < 2) continue;
        for (std::size_t h = 0; h < options_.horizons.size(); ++h) {
          const auto horizon = static_cast<std::uint16_t>(h);
          if (origin + options_.horizons[h] > one.path.steps) continue;
          const bool any = add_rungs(
              forecasts, {of_case, origin, 0, horizon, static_cast<std::uint16_t>(k), ladder});
          if (any) add_counts(forecasts, one, {of_case, origin, horizon, ladder}, k);
        }
        add_waits(forecasts, one, {of_case, origin, 0, ladder}, k);
      }
    }
  }

  /// @throws NumericalError  naming case, origin and method
  [[nodiscard]] Forecast foretell(std::uint32_t of_case, std::uint32_t origin,
                                  Method method) const {
    try {
      return forecast(cases_, of_case, origin, method, registry_, options_);
    } catch (const NumericalError& error) {
      const auto& one = cases_[of_case];
      throw NumericalError(one.name + ", origin " + one.model.calendar.label(origin) + ", method " +
                           std::string(to_string(method)) + ": " + error.what());
    }
  }

  /// A target for each pair on record from the origin to the horizon: a rung that was only found in
  /// between says nothing of when it was reached. False where there is none.
  bool add_rungs(const std::vector<Forecast>& forecasts, Target target) {
    const auto& one = cases_[target.of_case];
    const std::size_t k = target.authority;
    const std::uint32_t end = target.origin + options_.horizons[target.horizon];
    const std::size_t before = test_.targets.size();
    for (std::uint32_t i = 0; i < one.path.actors; ++i) {
      if (!one.path.on_record(k, target.ladder, i, target.origin, end)) continue;
      target.actor = i;
      target.from = one.path.standing[one.path.at(k, target.ladder, target.origin, i)];
      target.observed = one.path.standing[one.path.at(k, target.ladder, end, i)];
      for (std::size_t m = 0; m < method_count; ++m) {
        const double* from = probabilities(forecasts[m], one, target.horizon, k, target.ladder, i);
        for (std::size_t r = 0; r < one.model.ladders[index_of(target.ladder)].size(); ++r) {
          target.probabilities[m][r] = static_cast<float>(from[r]);
        }
      }
      test_.targets.push_back(target);
    }
    return test_.targets.size() > before;
  }

  [[nodiscard]] const double* probabilities(const Forecast& forecast, const BacktestCase& one,
                                            std::size_t h, std::size_t k, LadderRole ladder,
                                            std::size_t i) const {
    const std::size_t pairs = one.path.authorities * ladder_count;
    const std::size_t pair = k * ladder_count + index_of(ladder);
    return &forecast.probabilities[((h * pairs + pair) * one.path.actors + i) * max_rungs];
  }

  /// Actors on record up to the longest horizon who stand at or above a rung at the start of a
  /// step.
  [[nodiscard]] std::uint32_t count(const BacktestCase& one, std::size_t k, LadderRole ladder,
                                    std::uint32_t origin, std::uint32_t step, Rung rung) const {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < one.path.actors; ++i) {
      const auto end = origin + options_.horizons.back();
      if (!one.path.on_record(k, ladder, i, origin, end)) continue;
      sum += one.path.standing[one.path.at(k, ladder, step, i)] >= rung ? 1 : 0;
    }
    return sum;
  }

  void add_counts(const std::vector<Forecast>& forecasts, const BacktestCase& one,
                  NumberTarget target, std::size_t k) {
    if (count(one, k, target.ladder, target.origin, target.origin, 0) == 0) return;  // no record
    const std::size_t pair = k * ladder_count + index_of(target.ladder);
    const std::uint32_t end = target.origin + options_.horizons[target.horizon];
    for (std::size_t r = 1; r < one.model.ladders[index_of(target.ladder)].size(); ++r) {
      target.rung = static_cast<Rung>(r);
      target.observed = count(one, k, target.ladder, target.origin, end, target.rung);
      const std::size_t first =
          ((pair * max_rungs + r) * options_.horizons.size() + target.horizon) *
          options_.replicates;
      judge(forecasts, target, [&](const Forecast& f) { return &f.counts[first]; });
    }
  }

  void add_waits(const std::vector<Forecast>& forecasts, const BacktestCase& one,
                 NumberTarget target, std::size_t k) {
    const std::uint32_t longest = options_.horizons.back();
    if (target.origin + longest > one.path.steps) return;
    if (count(one, k, target.ladder, target.origin, target.origin, 0) == 0) return;  // no record
    const std::size_t pair = k * ladder_count + index_of(target.ladder);
    for (std::size_t r = 1; r < one.model.ladders[index_of(target.ladder)].size(); ++r) {
      target.rung = static_cast<Rung>(r);
      const auto at = [&](std::uint32_t ahead) {
        return count(one, k, target.ladder, target.origin, target.origin + ahead, target.rung);
      };
      for (std::size_t m = 0; m < 2; ++m) {
        target.more = m == 0 ? 1 : 5;
        std::uint32_t wait = 0;
        while (wait < longest && at(wait) < at(0) + target.more) ++wait;
        target.observed = wait;
        const std::size_t first = ((pair * max_rungs + r) * 2 + m) * options_.replicates;
        judge(forecasts, target, [&](const Forecast& f) { return &f.waits[first]; });
      }
    }
  }

  template <class Members>
  void judge(const std::vector<Forecast>& forecasts, NumberTarget target, const Members& members) {
    for (std::size_t m = 0; m < method_count; ++m) {
      const std::uint32_t* begin = members(forecasts[m]);
      const std::vector<double> ensemble(begin, begin + options_.replicates);
      double sum = 0.0;
      for (const double x : ensemble) sum += x;
      target.mean[m] = sum / static_cast<double>(ensemble.size());
      target.crps[m] = score::crps(ensemble, target.observed);
      target.in_half[m] = score::covers(ensemble, target.observed, half);
      target.in_ninety[m] = score::covers(ensemble, target.observed, ninety);
    }
    test_.numbers.push_back(target);
  }

  const std::vector<BacktestCase>& cases_;
  const TermRegistry& registry_;
  const BacktestOptions& options_;
  Backtest test_;
};

bool matches(const ScoreFilter& filter, const Target& target) {
  return (!filter.of_case || *filter.of_case == target.of_case) &&
         (!filter.horizon || *filter.horizon == target.horizon) &&
         (!filter.ladder || *filter.ladder == target.ladder);
}

/// Probabilities of the rungs that the ladder has: those that are not 0.
std::vector<double> distribution(const Target& target, std::size_t method) {
  std::vector<double> p;
  for (const float x : target.probabilities[method]) {
    if (x > 0.0F) p.push_back(static_cast<double>(x));
  }
  return p;
}

}  // namespace

Backtest backtest(const std::vector<BacktestCase>& cases, const TermRegistry& registry,
                  const BacktestOptions& options) {
  return Runner(cases, registry, options).run();
}

std::vector<ScoreRow> score_table(const Backtest& test, const ScoreFilter& filter) {
  struct Losses {
    std::vector<double> log, brier, ranked, rise;
  };
  std::array<Losses, method_count> losses;
  std::vector<std::uint8_t> rose;
  std::vector<std::uint32_t> clusters;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> numbers;
  std::size_t changed = 0;
  for (const auto& target : test.targets) {
    if (!matches(filter, target)) continue;
    const std::pair actor(target.of_case, target.actor);
    clusters.push_back(
        numbers.emplace(actor, static_cast<std::uint32_t>(numbers.size())).first->second);
    rose.push_back(target.observed > target.from ? 1 : 0);
    changed += target.observed != target.from ? 1 : 0;
    for (std::size_t m = 0; m < method_count; ++m) {
      const auto p = distribution(target, m);
      losses[m].log.push_back(score::log_score(p, target.observed));
      losses[m].brier.push_back(score::brier_score(p, target.observed));
      losses[m].ranked.push_back(score::ranked_probability_score(p, target.observed));
      double rise = 0.0;
      for (std::size_t r = target.from + 1U; r < p.size(); ++r) rise += p[r];
      losses[m].rise.push_back(rise);
    }
  }
  std::vector<ScoreRow> rows;
  if (clusters.empty()) return rows;
  const auto mean = [](const std::vector<double>& values) {
    double sum = 0.0;
    for (const double x : values) sum += x;
    return sum / static_cast<double>(values.size());
  };
  for (std::size_t m = 0; m < method_count; ++m) {
    ScoreRow row;
    row.method = all_methods[m];
    row.targets = clusters.size();
    row.changed = changed;
    row.rose = static_cast<std::size_t>(std::count(rose.begin(), rose.end(), 1));
    row.log = mean(losses[m].log);
    row.brier = mean(losses[m].brier);
    row.ranked = mean(losses[m].ranked);
    row.auc = score::area_under_roc(losses[m].rise, rose);
    row.precision = score::average_precision(losses[m].rise, rose);
    row.log_skill = score::skill(losses[0].log, losses[m].log, clusters);
    row.brier_skill = score::skill(losses[0].brier, losses[m].brier, clusters);
    row.ranked_skill = score::skill(losses[0].ranked, losses[m].ranked, clusters);
    rows.push_back(row);
  }
  return rows;
}

std::vector<score::CalibrationBin> calibration_of(const Backtest& test, Method method,
                                                  const ScoreFilter& filter) {
  static constexpr std::array<double, 7> edges{0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};
  std::vector<double> forecasts;
  std::vector<std::uint8_t> left;
  for (const auto& target : test.targets) {
    if (!matches(filter, target)) continue;
    const auto p = distribution(target, static_cast<std::size_t>(method));
    forecasts.push_back(1.0 - p[target.from]);
    left.push_back(target.observed != target.from ? 1 : 0);
  }
  return score::calibration(forecasts, left, edges);
}

}  // namespace entente
