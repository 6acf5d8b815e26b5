#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entente/model/model.hpp"

namespace entente::cli {

/// Position of a name that an option was given.
///
/// @param what  the names in a word, where there are many
/// @throws UsageError  there is no such name; the message says what is allowed
[[nodiscard]] std::size_t find_name(const std::string& option, const std::string& found,
                                    const std::vector<std::string>& names, std::string_view what);

/// One field of each element.
template <class Range, class Name>
[[nodiscard]] std::vector<std::string> names_of(const Range& range, Name Range::value_type::*name) {
  std::vector<std::string> out;
  out.reserve(range.size());
  for (const auto& item : range) out.push_back(item.*name);
  return out;
}

/// The authority of an id.
///
/// @throws UsageError  there is none; the message says what is allowed, here and below
[[nodiscard]] std::size_t find_authority(const std::string& option, const std::string& found,
                                         const Model& model);

/// The ladder of a key.
[[nodiscard]] LadderRole find_ladder(const std::string& option, const std::string& found,
                                     const Model& model);

/// A rung of a ladder, above the lowest: one that can be reached.
struct RungOfLadder {
  LadderRole ladder = LadderRole::recognition;
  Rung rung = 1;
};

/// Every rung above the lowest that `RUNG` or `LADDER.RUNG` may mean.
[[nodiscard]] std::vector<RungOfLadder> rungs_named(const std::string& found, const Model& model);

/// The rung above the lowest that `RUNG` or `LADDER.RUNG` means.
///
/// @param ladder  the only one whose rungs count, if any
/// @throws UsageError  there is none, it is the lowest, or several ladders have it
[[nodiscard]] RungOfLadder find_rung(const std::string& option, const std::string& found,
                                     const Model& model, std::optional<LadderRole> ladder = {});

/// The step that a date lies in.
///
/// @throws UsageError  it is no date, or lies outside the calendar
[[nodiscard]] std::uint32_t find_step(const std::string& option, const std::string& found,
                                      const Calendar& calendar);

}  // namespace entente::cli
