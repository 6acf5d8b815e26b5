#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "entente/model/model.hpp"

namespace entente {

/// One dated, observed rung: where the pair stands after the event.
struct Observation {
  std::uint32_t actor = 0;
  std::uint32_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  std::uint32_t step = 0;  ///< that contains the date
  Rung rung = 0;
  bool inherited = false;  ///< a standing found at the date, not a decision of that step
};

/// From this step on nothing is known of a pair, or of all actors.
struct Censoring {
  std::optional<std::uint32_t> actor;  ///< nothing: everyone
  std::uint32_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  std::uint32_t step = 0;
};

/// What is on record of a case (docs/history-format.md).
struct History {
  std::vector<Observation> observations;  ///< ordered by actor, authority, ladder, step
  /// Rung at which actors without a row of their own stay, by [authority * ladder_count + ladder];
  /// nothing: they are left out. Empty: all are.
  std::vector<std::optional<Rung>> others;
  std::vector<Censoring> censored;

  [[nodiscard]] bool empty() const { return observations.empty() && others.empty(); }
};

/// A history laid out over the steps of a model. Shapes name indices slowest first: K authorities,
/// D = 3 ladders, T steps, N actors.
struct Path {
  std::size_t authorities = 0, steps = 0, actors = 0;

  /// Rung at the start of step t as dated, (K, D, T + 1, N); the last is that at the end.
  std::vector<Rung> standing;
  /// The same with at most one rung a step, as actors of the model move: a change of several rungs
  /// begins in the step of its date and takes as many steps as rungs. Forward, because a step
  /// taken before its date would tell the past about the future.
  std::vector<Rung> walked;
  /// 1 where what the pair did in step t is on record, (K, D, T, N).
  std::vector<std::uint8_t> observed;

  /// Place of (authority, ladder, step, actor) in `standing` and `walked`.
  [[nodiscard]] std::size_t at(std::size_t authority, LadderRole ladder, std::size_t step,
                               std::size_t actor) const {
    return ((authority * ladder_count + index_of(ladder)) * (steps + 1) + step) * actors + actor;
  }
  /// Place in `observed`.
  [[nodiscard]] std::size_t decision(std::size_t authority, LadderRole ladder, std::size_t step,
                                     std::size_t actor) const {
    return ((authority * ladder_count + index_of(ladder)) * steps + step) * actors + actor;
  }
  /// True where all that a pair did in steps [from, to) is on record; `to` is held within `steps`.
  [[nodiscard]] bool on_record(std::size_t authority, LadderRole ladder, std::size_t actor,
                               std::size_t from, std::size_t to) const;
};

/// Lays a history out. A pair starts at the rung that a row inherits at the first step, or else
/// where actors without a row stay, or else where the model starts it. A rung found later is no
/// decision and tells nothing of the steps before it: they are observed only where the history says
/// where actors without a row stay.
[[nodiscard]] Path path_of(const Model& model, const History& history);

/// The model under a recorded past: every pair with a record stands on `path.walked` at the start
/// of each step before `origin` and decides by itself from `origin` on, where it starts at
/// `path.standing`. What the record does not say (armed groups, authorities, pairs left out) runs
/// as in the model.
///
/// @param origin  at most path.steps, which keeps pairs on record to the end
[[nodiscard]] Model follow_history(Model model, const Path& path, std::uint32_t origin);

/// The model as it could have been written before `origin`: events dated in that step or later are
/// dropped, those that may be in force stay in force, conditions fire none after it, and series
/// keep their last value. A series that is interpolated towards later points knows them: not for
/// this.
[[nodiscard]] Model forget_future(Model model, std::uint32_t origin);

}  // namespace entente
