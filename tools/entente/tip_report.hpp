#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "entente/ensemble/tipping.hpp"
#include "entente/io/scenario.hpp"

namespace entente::cli {

/// A coalition that was sought, and what comes of it.
struct CoalitionReport {
  CoalitionSearch search;
  CoalitionAnswer answer;
  /// Of the best of the smallest coalitions, where there is one: when it may act at the latest.
  std::optional<LevelAnswer> latest;
  /// And what undoing it leaves, where there is time for it.
  std::optional<Hysteresis> undone;
  std::uint32_t undo_step = 0;
  Chance chance_undone;
};

/// A setting that was varied.
struct SettingReport {
  std::string what;  ///< path or event, with its placeholder
  double from = 0.0, to = 0.0;
  LevelAnswer answer;
  /// The outcome where the change ends again at `undo_step`, and with it kept.
  std::optional<Chance> undone, kept;
  std::uint32_t undo_step = 0;
};

/// The answer of `entente tip`.
struct TipReport {
  Scenario scenario;
  std::string asked;  ///< the outcome in words
  Outcome outcome;
  TrialOptions options;
  /// Chance of the outcome at the end of every step when nothing is done.
  std::vector<Chance> course;
  /// The same with the best of the smallest coalitions, where one was sought and found.
  std::vector<Chance> course_with;
  std::optional<CoalitionReport> coalition;
  std::optional<SettingReport> setting;
  bool interrupted = false;
};

/// The first step at whose end the chance is above the bar; empty where there is none.
[[nodiscard]] std::optional<std::uint32_t> first_above(const std::vector<Chance>& course,
                                                       double bar);

[[nodiscard]] std::string tip_text(const TipReport& report);
/// One object, documented in docs/json.md.
[[nodiscard]] std::string tip_json(const TipReport& report);

}  // namespace entente::cli
