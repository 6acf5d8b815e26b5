#include "entente/ensemble/outcome.hpp"

#include <algorithm>
#include <array>
#include <boost/math/distributions/binomial.hpp>
#include <limits>
#include <stdexcept>
#include <utility>

namespace entente {
namespace {

using Binomial = boost::math::binomial_distribution<double>;

constexpr double confidence_of_verdicts = 0.95;
/// Stages look at the same chance several times, so each asks for more.
constexpr double confidence_of_stages = 0.999;
constexpr std::array<std::size_t, 3> stages{128, 512, 2048};

Verdict verdict_of(const Chance& chance, double bar, double confidence) {
  if (chance.replicates == 0) return Verdict::open;
  if (chance.low(confidence) > bar) return Verdict::above;
  if (chance.high(confidence) < bar) return Verdict::below;
  return Verdict::open;
}

/// Counts actors at or above the rung of an outcome, replicate by replicate.
class Counter {
 public:
  Counter(const Model& model, const Outcome& outcome)
      : outcome_(outcome),
        row_(outcome.authority * ladder_count + index_of(outcome.ladder)),
        steps_(model.calendar.steps()),
        actors_(model.actors.size()) {
    for (const auto& ladder : model.ladders) rungs_ = std::max(rungs_, ladder.size());
    const bool known = outcome.authority < model.authorities.size() && outcome.step < steps_ &&
                       outcome.rung < model.ladders[index_of(outcome.ladder)].size();
    const bool all_actors = std::all_of(outcome.leave_out.begin(), outcome.leave_out.end(),
                                        [&](std::uint32_t i) { return i < actors_; });
    if (!known || !all_actors) {
      throw std::invalid_argument("outcome: it names what the model does not have");
    }
  }

  [[nodiscard]] RecordLevel level() const {
    return outcome_.leave_out.empty() ? RecordLevel::summary : RecordLevel::rungs;
  }

  [[nodiscard]] bool met(const TileResult& tile, std::size_t r, std::size_t t) const {
    const std::size_t at = (row_ * tile.replicates + r) * steps_ + t;
    std::uint32_t count = tile.at_or_above[at * rungs_ + outcome_.rung];
    for (const auto i : outcome_.leave_out) {
      count -= tile.rungs[at * actors_ + i] >= outcome_.rung ? 1U : 0U;
    }
    return count >= outcome_.at_least;
  }

 private:
  const Outcome& outcome_;
  std::size_t row_, steps_, actors_, rungs_ = 0;
};

class HitRecorder final : public Recorder {
 public:
  HitRecorder(const Counter& counter, std::size_t step, std::vector<std::uint8_t>& hits)
      : counter_(counter), step_(step), hits_(hits) {}

  void record(const TileResult& tile) override {
    for (std::size_t r = 0; r < tile.replicates; ++r) {
      hits_.push_back(counter_.met(tile, r, step_) ? 1 : 0);
    }
  }

 private:
  const Counter& counter_;
  std::size_t step_;
  std::vector<std::uint8_t>& hits_;
};

class CourseRecorder final : public Recorder {
 public:
  CourseRecorder(const Counter& counter, std::vector<Chance>& course)
      : counter_(counter), course_(course) {}

  void record(const TileResult& tile) override {
    for (std::size_t t = 0; t < course_.size(); ++t) {
      course_[t].replicates += tile.replicates;
      for (std::size_t r = 0; r < tile.replicates; ++r) {
        course_[t].hits += counter_.met(tile, r, t) ? 1U : 0U;
      }
    }
  }

 private:
  const Counter& counter_;
  std::vector<Chance>& course_;
};

RunOptions run_options(const TrialOptions& options, RecordLevel level) {
  RunOptions run;
  run.record = level;
  run.threads = options.threads;
  run.lanes = options.lanes;
  run.stop = options.stop;
  return run;
}

}  // namespace

double Chance::share() const {
  if (replicates == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(hits) / static_cast<double>(replicates);
}

double Chance::low(double confidence) const {
  if (hits == 0) return 0.0;
  return Binomial::find_lower_bound_on_p(static_cast<double>(replicates), static_cast<double>(hits),
                                         (1.0 - confidence) / 2.0);
}

double Chance::high(double confidence) const {
  if (hits == replicates) return 1.0;
  return Binomial::find_upper_bound_on_p(static_cast<double>(replicates), static_cast<double>(hits),
                                         (1.0 - confidence) / 2.0);
}

Trial::Trial(Model model, const TermRegistry& registry, Outcome outcome,
             const TrialOptions& options)
    : simulation_(std::move(model), registry), outcome_(std::move(outcome)), options_(options) {
  (void)Counter(simulation_.model(), outcome_);
}

void Trial::extend(std::size_t replicates) {
  const std::size_t wanted = std::min(replicates, options_.replicates);
  if (wanted <= hits_.size()) return;
  const Counter counter(simulation_.model(), outcome_);
  HitRecorder recorder(counter, outcome_.step, hits_);
  RunOptions run = run_options(options_, counter.level());
  run.first_replicate = options_.first_replicate + hits_.size();
  run.replicates = wanted - hits_.size();
  simulation_.run(run, recorder);
}

void Trial::decide() {
  for (const std::size_t stage : stages) {
    extend(stage);
    if (verdict_of(chance(), options_.bar, confidence_of_stages) != Verdict::open) return;
    if (options_.stopped()) return;
  }
  extend(options_.replicates);
}

Chance Trial::chance() const {
  return {hits_.size(),
          static_cast<std::size_t>(std::count(hits_.begin(), hits_.end(), std::uint8_t{1}))};
}

Verdict Trial::verdict() const {
  return verdict_of(chance(), options_.bar, confidence_of_verdicts);
}

std::vector<Chance> chances_by_step(const Model& model, const TermRegistry& registry,
                                    const Outcome& outcome, const TrialOptions& options) {
  const Simulation simulation(model, registry);
  const Counter counter(simulation.model(), outcome);
  std::vector<Chance> course(model.calendar.steps());
  CourseRecorder recorder(counter, course);
  RunOptions run = run_options(options, counter.level());
  run.first_replicate = options.first_replicate;
  run.replicates = options.replicates;
  simulation.run(run, recorder);
  return course;
}

}  // namespace entente
