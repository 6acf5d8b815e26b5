#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "ensemble_options.hpp"
#include "tip_report.hpp"
#include "worlds.hpp"

namespace entente::cli {

/// The command line of `entente tip`.
struct TipArguments {
  WorldArguments world;
  std::string outcome;
  std::string by;
  std::string candidates;
  std::string act_date;
  std::string undo;
  std::string setting;
  std::optional<double> from, to;
  double bar = 0.5;
  std::optional<std::size_t> exhaustive;
  bool others = false, free = false, json = false;
  EnsembleArguments ensemble;
};

/// Whether what --setting says is an event, not a path of --set.
[[nodiscard]] bool is_event(const std::string& text);

/// The world with one more event, in words.
[[nodiscard]] Scenario with_event(WorldArguments world, const std::string& event);

/// The step at which an act or event is undone: that of --undo, else half-way to the outcome's.
///
/// @param begins  its first step; returned where there is no time between the two
/// @throws UsageError  --undo is not between them
[[nodiscard]] std::uint32_t undo_step(const TipArguments& arguments, const TipReport& report,
                                      std::uint32_t begins);

/// Seeks the smallest coalition, and how late it may act and what undoing it leaves.
///
/// @param report  holds the world, the outcome and the options; gets the course with the coalition
[[nodiscard]] CoalitionReport seek_coalition(const TipArguments& arguments, TipReport& report);

/// Seeks the least change of a number, and what undoing it leaves.
[[nodiscard]] SettingReport seek_setting(const TipArguments& arguments, const TipReport& report);

}  // namespace entente::cli
