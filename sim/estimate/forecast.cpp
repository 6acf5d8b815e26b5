#include <algorithm>

#include "entente/engine/simulation.hpp"
#include "entente/estimate/backtest.hpp"

namespace entente {
namespace {

/// How many more actors `waits` wait for.
constexpr std::array<std::uint32_t, 2> more{1, 5};

/// True for a term that looks at what other actors do.
bool looks_at_others(const TermInfo& info) {
  return info.reads.contains(Driver::alignment) || info.reads.contains(Driver::bandwagon) ||
         info.reads.contains(Driver::rivalry);
}

/// Terms and covariates that act under a method; nothing: all.
std::optional<std::vector<std::string>> terms_of(const Model& model, Method method,
                                                 const TermRegistry& registry) {
  if (method == Method::model) return std::nullopt;
  std::vector<std::string> names;
  for (const auto& term : model.terms) {
    const bool peers = looks_at_others(*registry.find(term.key));
    const bool alone = method == Method::alone || method == Method::covariates;
    if ((method == Method::peers && peers) || (alone && !peers)) names.push_back(term.key);
  }
  if (method == Method::alone || method == Method::covariates) {
    for (const auto& covariate : model.covariates) names.push_back(covariate.key);
  }
  return names;
}

/// Number of actors of the mask at or above each rung.
template <class RungOf>
std::array<std::uint32_t, max_rungs> count(const std::vector<std::uint8_t>& mask,
                                           const RungOf& rung) {
  std::array<std::uint32_t, max_rungs> counts{};
  for (std::size_t i = 0; i < mask.size(); ++i) {
    if (mask[i] != 0) ++counts[rung(i)];
  }
  for (std::size_t r = max_rungs - 1; r > 0; --r) counts[r - 1] += counts[r];
  return counts;
}

class ForecastRecorder final : public Recorder {
 public:
  ForecastRecorder(const Path& path, std::uint32_t origin, std::uint32_t steps,
                   const BacktestOptions& options, Forecast& forecast)
      : path_(path), origin_(origin), steps_(steps), options_(options), forecast_(forecast) {
    const std::size_t pairs = path.authorities * ladder_count;
    forecast_.probabilities.assign(options.horizons.size() * pairs * path.actors * max_rungs, 0.0);
    forecast_.counts.assign(pairs * max_rungs * options.horizons.size() * options.replicates, 0);
    forecast_.waits.assign(pairs * max_rungs * more.size() * options.replicates,
                           options.horizons.back());
    for (std::size_t k = 0; k < path.authorities; ++k) {
      for (const auto ladder : all_ladders) {
        auto& mask = masks_.emplace_back(path.actors, std::uint8_t{0});
        for (std::size_t i = 0; i < path.actors; ++i) {
          mask[i] = path.on_record(k, ladder, i, origin, origin + options.horizons.back()) ? 1 : 0;
        }
      }
    }
  }

  void record(const TileResult& tile) override {
    for (std::size_t pair = 0; pair < masks_.size(); ++pair) {
      for (std::size_t r = 0; r < tile.replicates; ++r) {
        const std::uint8_t* rungs =
            &tile.rungs[(pair * tile.replicates + r) * steps_ * path_.actors];
        add(pair, tile.first_replicate + r, rungs);
      }
    }
  }

 private:
  void add(std::size_t pair, std::size_t replicate, const std::uint8_t* rungs) {
    const auto& mask = masks_[pair];
    std::array<std::uint32_t, max_rungs> start{};
    for (std::uint32_t ahead = 0; ahead <= options_.horizons.back(); ++ahead) {
      const std::uint32_t step = origin_ + ahead;  // whose start is the end of the one before
      if (step > steps_) return;
      const std::uint8_t* row = rungs + (step - 1) * path_.actors;
      const auto counts = count(mask, [&](std::size_t i) { return row[i]; });
      if (ahead == 0) start = counts;
      for (std::size_t m = 0; m < more.size(); ++m) {
        for (std::size_t rung = 0; rung < max_rungs; ++rung) {
          auto& wait =
              forecast_.waits[((pair * max_rungs + rung) * more.size() + m) * options_.replicates +
                              replicate];
          if (counts[rung] >= start[rung] + more[m]) wait = std::min(wait, ahead);
        }
      }
      const auto horizon = std::find(options_.horizons.begin(), options_.horizons.end(), ahead);
      if (horizon == options_.horizons.end()) continue;
      const auto h = static_cast<std::size_t>(horizon - options_.horizons.begin());
      for (std::size_t i = 0; i < path_.actors; ++i) {
        forecast_
            .probabilities[((h * masks_.size() + pair) * path_.actors + i) * max_rungs + row[i]] +=
            1.0;
      }
      for (std::size_t rung = 0; rung < max_rungs; ++rung) {
        forecast_.counts[((pair * max_rungs + rung) * options_.horizons.size() + h) *
                             options_.replicates +
                         replicate] = counts[rung];
      }
    }
  }

  const Path& path_;
  std::uint32_t origin_, steps_;
  const BacktestOptions& options_;
  Forecast& forecast_;
  std::vector<std::vector<std::uint8_t>> masks_;  ///< by authority and ladder
};

/// The model up to a step: what lies behind it is not simulated.
Model shortened(Model model, std::uint32_t steps) {
  const Date last = model.calendar.date(steps - 1);
  model.calendar = Calendar(model.calendar.start(), last, model.calendar.unit());
  for (auto& one : model.series) one.values.resize(steps);
  std::erase_if(model.events, [&](const Event& event) { return event.first_step >= steps; });
  return model;
}

/// What a method learnt from the past.
struct Learnt {
  Fit fit;
  std::vector<double> values;  ///< of the target's coefficients
  std::uint16_t history = 0;   ///< number of the target among those pooled
};

Learnt learn(const std::vector<BacktestCase>& cases, std::size_t target, std::uint32_t origin,
             Method method, const TermRegistry& registry, const BacktestOptions& options) {
  const auto& own = cases[target];
  FitOptions choice = options.fit;
  choice.compare = false;
  choice.only = terms_of(own.model, method, registry);
  if (method != Method::model && method != Method::alone) choice.disposition_scale = -1.0;
  const Date today = own.model.calendar.date(origin);
  Learnt learnt;
  std::vector<Design> designs;
  std::vector<std::string> names;
  for (const auto& one : cases) {
    if (&one != &own && !options.together) continue;
    const auto& calendar = one.model.calendar;
    const auto step = std::clamp<std::int64_t>(calendar.step_of(today), 0, calendar.steps());
    if (step == 0) continue;  // it lies in the future
    if (&one == &own) learnt.history = static_cast<std::uint16_t>(designs.size());
    designs.push_back(before(one.design, static_cast<std::uint32_t>(step)));
    names.push_back(one.name);
    const auto names_there = terms_of(one.model, method, registry);
    if (choice.only && names_there) {
      choice.only->insert(choice.only->end(), names_there->begin(), names_there->end());
    }
  }
  const auto pooled = pool(designs, names, {});
  learnt.fit = fit(pooled, choice);
  learnt.values = own_coefficients(pooled, learnt.fit.all, own.design.coefficients, own.name);
  return learnt;
}

void say_no_change(const Path& path, std::uint32_t origin, const BacktestOptions& options,
                   Forecast& forecast) {
  const std::size_t pairs = path.authorities * ladder_count;
  const std::uint32_t steps = origin + options.horizons.back();
  ForecastRecorder recorder(path, origin, steps, options, forecast);
  TileResult still;  // a replicate in which nobody moves
  still.replicates = 1;
  still.rungs.resize(pairs * steps * path.actors);
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    for (std::size_t t = 0; t < steps; ++t) {
      for (std::size_t i = 0; i < path.actors; ++i) {
        still.rungs[(pair * steps + t) * path.actors + i] = path.standing[path.at(
            pair / ladder_count, all_ladders[pair % ladder_count], origin, i)];
      }
    }
  }
  for (std::size_t r = 0; r < options.replicates; ++r) {
    still.first_replicate = r;
    recorder.record(still);
  }
}

}  // namespace

std::string_view to_string(Method method) {
  switch (method) {
    case Method::model:
      return "model";
    case Method::alone:
      return "without peers";
    case Method::covariates:
      return "covariates";
    case Method::peers:
      return "peers";
    case Method::rates:
      return "rates";
    case Method::no_change:
      return "no change";
  }
  return "";
}

Forecast forecast(const std::vector<BacktestCase>& cases, std::size_t target, std::uint32_t origin,
                  Method method, const TermRegistry& registry, const BacktestOptions& options) {
  const auto& one = cases[target];
  Forecast forecast;
  if (method == Method::no_change) {
    say_no_change(one.path, origin, options, forecast);
  } else {
    const auto learnt = learn(cases, target, origin, method, registry, options);
    forecast.fit = learnt.fit;
    const auto steps = static_cast<std::uint32_t>(
        std::min<std::size_t>(one.path.steps, origin + options.horizons.back()));
    ForecastRecorder recorder(one.path, origin, steps, options, forecast);
    Model model =
        with_coefficients(forget_future(one.model, origin), one.design.coefficients, learnt.values);
    model = with_dispositions(std::move(model), dispositions_of(learnt.fit, learnt.history));
    RunOptions run;
    run.replicates = options.replicates;
    run.record = RecordLevel::rungs;
    run.threads = options.threads;
    Simulation(shortened(follow_history(std::move(model), one.path, origin), steps), registry)
        .run(run, recorder);
  }
  // Half a replicate for every rung there is.
  for (std::size_t row = 0; row < forecast.probabilities.size(); row += max_rungs) {
    const std::size_t pair =
        row / max_rungs / one.path.actors % (one.path.authorities * ladder_count);
    const std::size_t rungs = one.model.ladders[pair % ladder_count].size();
    double sum = 0.0;
    for (std::size_t r = 0; r < rungs; ++r) sum += forecast.probabilities[row + r] += 0.5;
    for (std::size_t r = 0; r < rungs; ++r) forecast.probabilities[row + r] /= sum;
  }
  return forecast;
}

}  // namespace entente
