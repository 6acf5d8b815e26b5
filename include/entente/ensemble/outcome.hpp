#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/engine/simulation.hpp"
#include "entente/model/model.hpp"

namespace entente {

/// What is asked of a replicate: that at least so many actors stand at or above a rung at the end
/// of a step.
struct Outcome {
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::recognition;
  Rung rung = 0;
  std::uint32_t step = 0;
  std::uint32_t at_least = 1;            ///< actors
  std::vector<std::uint32_t> leave_out;  ///< actors that do not count, ascending
};

/// How often an outcome came about.
struct Chance {
  std::size_t replicates = 0;
  std::size_t hits = 0;

  [[nodiscard]] double share() const;
  /// Ends of the interval of the probability that covers it with at least this confidence.
  ///
  /// @source  Clopper & Pearson (1934), Biometrika 26
  [[nodiscard]] double low(double confidence = 0.95) const;
  [[nodiscard]] double high(double confidence = 0.95) const;
};

/// Which replicates are run, and when a chance is good enough.
struct TrialOptions {
  std::size_t first_replicate = 0;
  std::size_t replicates = 1000;  ///< at most, per model
  double bar = 0.5;               ///< the outcome is to be more probable than this
  std::size_t threads = 0;        ///< 0 = all
  std::size_t lanes = 0;          ///< as in RunOptions
  /// When true searches end with what they have.
  const std::atomic<bool>* stop = nullptr;

  [[nodiscard]] bool stopped() const {
    return stop != nullptr && stop->load(std::memory_order_relaxed);
  }
};

/// How a chance stands to the bar.
enum class Verdict : std::uint8_t {
  below = 0,
  open = 1,  ///< the interval holds the bar, with all replicates run
  above = 2
};

/// A model that has met the first replicates, and whether the outcome came about in each. Models
/// that are compared meet the same luck.
class Trial {
 public:
  /// @throws std::invalid_argument  see Simulation; or the outcome is not of this model
  Trial(Model model, const TermRegistry& registry, Outcome outcome, const TrialOptions& options);

  /// Runs until so many replicates are met, at most the number in the options.
  void extend(std::size_t replicates);
  /// Runs in stages until the chance keeps clear of the bar by an interval of 99.9 %, or all
  /// replicates are met.
  void decide();

  [[nodiscard]] Chance chance() const;
  /// By the interval of 95 %.
  [[nodiscard]] Verdict verdict() const;
  /// One per replicate met: 1 where the outcome came about.
  [[nodiscard]] const std::vector<std::uint8_t>& hits() const noexcept { return hits_; }

 private:
  Simulation simulation_;
  Outcome outcome_;
  TrialOptions options_;
  std::vector<std::uint8_t> hits_;
};

/// Chance of the outcome at the end of every step, whatever the outcome's own step.
[[nodiscard]] std::vector<Chance> chances_by_step(const Model& model, const TermRegistry& registry,
                                                  const Outcome& outcome,
                                                  const TrialOptions& options);

}  // namespace entente
