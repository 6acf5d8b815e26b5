// series: base values that change with time.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "io/scenario/changes.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

namespace {

struct Point {
  std::int64_t step = 0;
  double value = 0.0;
};

std::optional<std::vector<Point>> read_points(const Place& place, const ParamInfo& about,
                                              World& world) {
  const auto& calendar = world.model.calendar;
  std::vector<Point> points;
  std::optional<Date> before;
  for (const auto& entry : place.entries()) {
    const auto date = *parse_date(entry.key);
    if (before && date <= *before) {
      world.problems.add(
          entry, fmt::format("found '{}' after a later date; allowed: dates that rise", entry.key));
      return std::nullopt;
    }
    before = date;
    const auto value = number_or(entry, 0.0);
    if (static_cast<float>(value) < about.min || static_cast<float>(value) > about.max) {
      world.problems.add(entry, fmt::format("found {}; allowed: number from {} to {} [{}]",
                                            quote(entry.text()), about.min, about.max, about.unit));
      return std::nullopt;
    }
    const auto step = calendar.step_of(date);
    if (!points.empty() && points.back().step == step) points.pop_back();
    points.push_back({step, value});
  }
  if (points.empty()) {
    world.problems.add(place, "found no points; allowed: one or more");
    return std::nullopt;
  }
  return points;
}

// Value at a step: that of the last point before, or between the neighbours. The first point holds
// before it, the last one after it.
double value_at(const std::vector<Point>& points, std::int64_t step, bool linear) {
  const auto next = std::upper_bound(points.begin(), points.end(), step,
                                     [](std::int64_t t, const Point& p) { return t < p.step; });
  if (next == points.begin()) return points.front().value;
  const auto last = next - 1;
  if (!linear || next == points.end()) return last->value;
  const auto share =
      static_cast<double>(step - last->step) / static_cast<double>(next->step - last->step);
  return last->value + share * (next->value - last->value);
}

void check_keys(const Place& place, const ParamInfo& about, Problems& problems) {
  auto allowed = address_keys(about.shape);
  for (const auto* key : {"of", "points", "interpolate", "note"}) allowed.emplace_back(key);
  for (std::size_t e = 0; e < place->keys.size(); ++e)
    if (std::find(allowed.begin(), allowed.end(), place->keys[e]) == allowed.end())
      problems.add(place->key_marks[e], place.path,
                   fmt::format("found key '{}' with '{}'; allowed: {}", place->keys[e], about.key,
                               join(allowed)));
}

}  // namespace

void read_series(World& world) {
  const auto list = world.root.find("series");
  if (!list || !list->is_sequence() || !world.has_calendar) return;
  ChangeReader changes(world);
  const auto steps = world.model.calendar.steps();
  const auto most_values = world.sources.addresses();
  auto& series = world.model.series;
  for (const auto& place : list.one_or_list()) {
    if (place->tainted) continue;
    const auto param = find_parameter(place.find("of").text());
    if (!param) continue;
    const auto& about = info(*param);
    check_keys(place, about, world.problems);
    const auto points = read_points(place.find("points"), about, world);
    const auto slots = changes.slots(place, *param);
    if (!points || slots.empty()) continue;
    if ((series.size() + 1) * steps > most_values) {
      world.problems.add(
          place,
          fmt::format("found series of more than {} values together; allowed: fewer", most_values));
      return;
    }
    Series one;
    one.slots.assign(slots.begin(), slots.end());
    const bool linear = text_or(place.find("interpolate"), "step") == "linear";
    one.interpolated = linear;
    for (std::uint32_t t = 0; t < steps; ++t)
      one.values.push_back(static_cast<float>(value_at(*points, t, linear)));
    series.push_back(std::move(one));
  }
  // The last series of a slot counts: a variant appends its own.
  std::unordered_set<std::size_t> taken;
  for (auto one = series.rbegin(); one != series.rend(); ++one)
    std::erase_if(one->slots, [&](std::size_t slot) { return !taken.insert(slot).second; });
  std::erase_if(series, [](const Series& one) { return one.slots.empty(); });
}

}  // namespace entente::detail
