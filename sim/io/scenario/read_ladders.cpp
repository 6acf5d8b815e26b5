// ladders: rungs, heights, profiles, rates and switching costs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/fields.hpp"
#include "io/scenario/ladder_defaults.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

namespace {

Names rung_names(const Place& place, std::vector<std::string>& rungs, const std::string& what,
                 Problems& problems) {
  Names names(what);
  const auto list = place.find("rungs");
  if (list) rungs.clear();
  for (const auto& rung : list.one_or_list()) {
    rungs.push_back(rung.text());
    if (!names.add(rung.text()))
      problems.add(rung, fmt::format("found rung '{}' twice; allowed: once", rung.text()));
  }
  if (!list)
    for (const auto& rung : rungs) names.add(rung);
  if (place && place->tainted) names.distrust();
  return names;
}

// One number per rung; `values` stays where the place is empty.
void read_numbers(const Place& place, std::size_t rungs, std::vector<double>& values,
                  Problems& problems) {
  if (!place) return;
  const auto& list = place->children;
  if (place->tainted) return;
  if (list.size() != rungs) {
    problems.add(place,
                 fmt::format("found a list of {}; allowed: {}, one per rung", list.size(), rungs));
    return;
  }
  values.clear();
  for (std::size_t r = 0; r < rungs; ++r) values.push_back(number_or(place.item(r), 0.0));
}

void read_numbers(const Place& place, std::size_t rungs, std::vector<float>& values,
                  Problems& problems) {
  std::vector<double> numbers(values.begin(), values.end());
  read_numbers(place, rungs, numbers, problems);
  values.assign(rungs, 0.0F);
  for (std::size_t r = 0; r < std::min(rungs, numbers.size()); ++r)
    values[r] = static_cast<float>(numbers[r]);
}

void read_heights(const Place& place, Ladder& ladder, Problems& problems) {
  const auto list = place.find("height");
  std::vector<double> numbers;
  read_numbers(list, ladder.size(), numbers, problems);
  if (numbers.size() != ladder.size()) return;
  if (!std::is_sorted(numbers.begin(), numbers.end()))
    problems.add(list, "found heights that fall; allowed: heights that rise from rung to rung");
  for (std::size_t r = 0; r < numbers.size(); ++r)
    ladder.height[r] = static_cast<std::uint16_t>(std::lround(numbers[r] * height_unit));
}

void read_ladder(World& world, LadderRole role) {
  const auto place = world.root.find("ladders").find(to_string(role));
  auto& problems = world.problems;
  auto ladder = default_ladder(role);
  const auto usual = ladder.rungs;
  auto& names = world.rungs[index_of(role)];
  names =
      rung_names(place, ladder.rungs, fmt::format("rungs of the {} ladder", ladder.key), problems);

  if (ladder.rungs != usual) {
    // The usual profiles say nothing about rungs of other names.
    for (const auto& field : rung_fields()) (ladder.*field.member).assign(ladder.size(), 0.0F);
    ladder.height = even_heights(ladder.size());
    if (role == LadderRole::recognition)
      ladder.recognises_from = static_cast<Rung>(ladder.size() - 1);
  }
  read_heights(place, ladder, problems);
  for (const auto& field : rung_fields())
    read_numbers(place.find(field.name), ladder.size(), ladder.*field.member, problems);
  read_fields(place, ladder, ladder_fields());
  if (const auto from = place.find("recognises_from"))
    if (const auto rung = names.rung(from, problems)) ladder.recognises_from = *rung;
  world.model.ladders[index_of(role)] = std::move(ladder);
}

void read_authority_ladder(World& world, AuthorityLadder ladder, double lowest,
                           AuthorityLadder& out, Names& names) {
  const auto place = world.root.find("ladders").find(ladder.key);
  const auto usual = ladder.rungs;
  names = rung_names(place, ladder.rungs, fmt::format("rungs of the {} ladder", ladder.key),
                     world.problems);
  if (ladder.rungs != usual) {
    ladder.value.assign(ladder.size(), static_cast<float>(lowest));
    for (std::size_t r = 1; r < ladder.size(); ++r)
      ladder.value[r] = static_cast<float>(lowest + (1.0 - lowest) * static_cast<double>(r) /
                                                        static_cast<double>(ladder.size() - 1));
  }
  read_numbers(place.find("value"), ladder.size(), ladder.value, world.problems);
  read_fields(place, ladder, authority_ladder_fields());
  out = std::move(ladder);
}

}  // namespace

void read_ladders(World& world) {
  for (const auto role : all_ladders) read_ladder(world, role);
  read_authority_ladder(world, default_rights_ladder(), 0.0, world.model.rights,
                        world.rights_rungs);
  read_authority_ladder(world, default_posture_ladder(), -1.0, world.model.posture,
                        world.posture_rungs);
}

}  // namespace entente::detail
