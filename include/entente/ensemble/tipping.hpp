#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "entente/ensemble/outcome.hpp"
#include "entente/ensemble/paired.hpp"
#include "entente/model/model.hpp"
#include "entente/model/term.hpp"

namespace entente {

/// Actors that act together: at a step they move up to a rung, unless they stand there already.
struct Act {
  std::vector<std::uint32_t> members;  ///< actors, ascending
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::recognition;
  Rung rung = 1;
  std::uint32_t step = 0;
  bool keeps = true;  ///< they stay at or above it; else they are free from the next step on
};

/// The model with the act as one more event.
[[nodiscard]] Model with_act(Model model, const Act& act);
/// The model with the act up to a later step, at which it is undone: members who stand at the rung
/// or above are put below it, and are free from the next step on.
[[nodiscard]] Model with_undone_act(Model model, const Act& act, std::uint32_t step);

/// A coalition and the chance of the outcome once it acts.
struct Coalition {
  std::vector<std::uint32_t> members;  ///< actors, ascending
  Chance chance;
  Verdict verdict = Verdict::open;
};

/// Among whom a coalition is sought and when it acts.
struct CoalitionSearch {
  Act act;                                ///< of any coalition; its members are left aside
  std::vector<std::uint32_t> candidates;  ///< actors
  Outcome outcome;
  bool count_members = true;   ///< whether members count towards the outcome
  std::size_t exhaustive = 3;  ///< up to this size all coalitions are tried
};

/// What was found. Chances are on the same luck; equal ones are ties, in the order of candidates.
struct CoalitionAnswer {
  Chance baseline;
  Verdict baseline_verdict = Verdict::open;
  /// The best coalition of one, the best that adds one to it, and so on, up to the first whose
  /// chance is above the bar.
  std::vector<Coalition> greedy;
  /// Every coalition tried of the smallest size that has any with a chance above the bar, the best
  /// first; the first eight have met all replicates. Empty where none was found.
  std::vector<Coalition> smallest;
  /// Those of the sizes tried in full that are not above the bar though their interval holds it.
  std::vector<Coalition> undecided;
  std::size_t certified = 0;   ///< all coalitions up to this size were tried
  std::size_t coalitions = 0;  ///< tried
  std::size_t replicates = 0;  ///< spent
  bool interrupted = false;
};

/// The `most` actors whose act, alone, draws most others to the outcome's rung by its step, over
/// those who would be there without it: whom to look among for coalitions. Those who stand there at
/// the start are left out.
///
/// @param act      of anyone; its members are left aside
/// @param options  at most 128 replicates are spent on each actor
/// @return         ascending
[[nodiscard]] std::vector<std::uint32_t> most_drawing(const Model& model,
                                                      const TermRegistry& registry, const Act& act,
                                                      const Outcome& outcome, std::size_t most,
                                                      const TrialOptions& options);

/// The smallest coalition that makes the outcome more probable than the bar: greedy first, then all
/// coalitions up to the smaller of `exhaustive` and the size that greedy found.
///
/// A greedy round begins with all candidates and gives the better half four times as many
/// replicates, until one is left.
/// @source  Granovetter (1978), American Journal of Sociology 83; Kempe, Kleinberg & Tardos (2003),
///          KDD (greedy choice); Karnin, Koren & Somekh (2013), ICML (sequential halving)
[[nodiscard]] CoalitionAnswer smallest_coalition(const Model& model, const TermRegistry& registry,
                                                 const CoalitionSearch& search,
                                                 const TrialOptions& options);

/// A value and the chance of the outcome with it.
struct Level {
  double value = 0.0;
  Chance chance;
  Verdict verdict = Verdict::open;
};

/// The least change of a number that makes an outcome more probable than the bar.
struct LevelAnswer {
  std::vector<Level> tried;          ///< from the start on
  std::optional<double> enough;      ///< the value nearest to the start that was above the bar
  std::optional<double> not_enough;  ///< the last value before it that was not
  /// Whether no value beyond one that was clearly above the bar was clearly below it. Where false,
  /// there may be several thresholds, and `enough` is the first on the grid.
  bool one_way = true;
  std::size_t replicates = 0;  ///< spent
  bool interrupted = false;
};

/// What is varied, from where it stands to as far as it may go.
struct LevelSearch {
  std::function<Model(double)> model_at;
  double from = 0.0;
  double to = 1.0;
  double resolution = 0.0;  ///< ends where enough and not_enough are this near
  std::size_t grid = 8;     ///< intervals that are looked at first
};

[[nodiscard]] LevelAnswer least_change(const TermRegistry& registry, const LevelSearch& search,
                                       const Outcome& outcome, const TrialOptions& options);

/// What is left of an act's effect once it is undone.
struct Hysteresis {
  PairedEstimate acted;   ///< actors at or above the rung beside the members, against no act
  PairedEstimate undone;  ///< the same, where the act is undone
  /// Share of the others' change that stays; NaN where there was none.
  [[nodiscard]] double kept() const;
};

/// Compares no act, the act, and the act undone at `undo`, at the end of step `at`, on the same
/// luck.
[[nodiscard]] Hysteresis undo_act(const Model& model, const TermRegistry& registry, const Act& act,
                                  std::uint32_t undo, std::uint32_t at,
                                  const TrialOptions& options);

}  // namespace entente
