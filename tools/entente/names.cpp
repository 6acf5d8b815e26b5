#include "names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/scenario/suggest.hpp"
#include "usage_error.hpp"

namespace entente::cli {

std::size_t find_name(const std::string& option, const std::string& found,
                      const std::vector<std::string>& names, std::string_view what) {
  const auto at = std::find(names.begin(), names.end(), found);
  if (at == names.end()) {
    throw UsageError(option + ": " + detail::unknown_name(found, names, what));
  }
  return static_cast<std::size_t>(at - names.begin());
}

std::size_t find_authority(const std::string& option, const std::string& found,
                           const Model& model) {
  return find_name(option, found, names_of(model.authorities, &Authority::id),
                   "ids of the scenario's authorities");
}

LadderRole find_ladder(const std::string& option, const std::string& found, const Model& model) {
  std::vector<std::string> keys;
  for (const auto role : all_ladders) keys.push_back(model.ladders[index_of(role)].key);
  return all_ladders[find_name(option, found, keys, "ladders")];
}

std::vector<RungOfLadder> rungs_named(const std::string& found, const Model& model) {
  std::vector<RungOfLadder> out;
  for (const auto role : all_ladders) {
    const Ladder& ladder = model.ladders[index_of(role)];
    for (std::size_t r = 1; r < ladder.size(); ++r) {
      if (found == ladder.rungs[r] || found == ladder.key + '.' + ladder.rungs[r]) {
        out.push_back({role, static_cast<Rung>(r)});
      }
    }
  }
  return out;
}

RungOfLadder find_rung(const std::string& option, const std::string& found, const Model& model,
                       std::optional<LadderRole> ladder) {
  std::vector<RungOfLadder> named;
  for (const auto& rung : rungs_named(found, model)) {
    if (!ladder || rung.ladder == *ladder) named.push_back(rung);
  }
  if (named.size() == 1) return named[0];

  std::vector<std::string> known, meant;
  bool lowest = false;
  for (const auto role : all_ladders) {
    if (ladder && role != *ladder) continue;
    const Ladder& here = model.ladders[index_of(role)];
    lowest = lowest || found == here.rungs[0] || found == here.key + '.' + here.rungs[0];
    known.insert(known.end(), here.rungs.begin() + 1, here.rungs.end());
  }
  for (const auto& [role, rung] : named) {
    const Ladder& here = model.ladders[index_of(role)];
    meant.push_back(here.key + '.' + here.rungs[rung]);
  }
  if (!meant.empty()) {
    throw UsageError(fmt::format("{}: found '{}', which several ladders have; allowed: {}", option,
                                 found, detail::join(meant)));
  }
  if (lowest) {
    throw UsageError(fmt::format("{}: found '{}', the lowest rung; allowed: {}", option, found,
                                 detail::join(known)));
  }
  throw UsageError(option + ": " + detail::unknown_name(found, known, "rungs above the lowest"));
}

std::uint32_t find_step(const std::string& option, const std::string& found,
                        const Calendar& calendar) {
  const auto date = parse_date(found);
  const std::int64_t step = date ? calendar.step_of(*date) : -1;
  if (step < 0 || step >= static_cast<std::int64_t>(calendar.steps())) {
    throw UsageError(fmt::format("{}: found '{}'; allowed: a date from {} to {}", option, found,
                                 calendar.label(0), calendar.label(calendar.steps() - 1)));
  }
  return static_cast<std::uint32_t>(step);
}

}  // namespace entente::cli
