// series and observations: what is dated and not an event.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "io/scenario/changes.hpp"
#include "io/scenario/csv.hpp"
#include "io/scenario/limits.hpp"
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

std::vector<std::string> ladder_names() {
  std::vector<std::string> names;
  names.reserve(ladder_count);
  for (const auto role : all_ladders) names.emplace_back(to_string(role));
  return names;
}

// Reads the table of observed rungs.
class ObservationReader {
 public:
  ObservationReader(World& world, const Csv& table) : world_(world), table_(table) {}

  void read() {
    for (std::size_t row = 0; row < table_.rows(); ++row) read_row(row);
    auto& list = world_.scenario.observed;
    std::stable_sort(list.begin(), list.end(), [](const Observation& a, const Observation& b) {
      return std::tie(a.actor, a.authority, a.ladder, a.step) <
             std::tie(b.actor, b.authority, b.ladder, b.step);
    });
  }

 private:
  void refuse(std::size_t row, std::string_view column, const std::string& message) {
    world_.problems.add(table_.mark(row, *table_.column(column)), std::string(column), message);
  }

  [[nodiscard]] const std::string& cell(std::size_t row, std::string_view column) const {
    return table_.cell(row, *table_.column(column));
  }

  void read_row(std::size_t row) {
    const auto mark = [&](std::string_view column) {
      return table_.mark(row, *table_.column(column));
    };
    Observation observation;
    const auto actor = world_.actor(cell(row, "iso3"), mark("iso3"), "iso3", true);
    const auto date = parse_date(cell(row, "date"));
    if (!date)
      refuse(row, "date",
             fmt::format("found {}; allowed: a date (YYYY, YYYY-MM or YYYY-MM-DD)",
                         quote(cell(row, "date"))));
    const auto role = std::find_if(all_ladders.begin(), all_ladders.end(), [&](LadderRole d) {
      return to_string(d) == cell(row, "ladder");
    });
    if (role == all_ladders.end()) {
      refuse(row, "ladder",
             unknown_name(cell(row, "ladder"), ladder_names(), "the ladders of the actors"));
      return;
    }
    const auto rung = world_.rungs[index_of(*role)].find(cell(row, "rung"), mark("rung"), "rung",
                                                         world_.problems);
    if (table_.column("authority")) {
      const auto k = world_.authorities.find(cell(row, "authority"), mark("authority"), "authority",
                                             world_.problems);
      if (!k) return;
      observation.authority = *k;
    }
    if (!actor || !date || !rung || !world_.has_calendar) return;
    const auto step = world_.model.calendar.step_of(*date);
    if (step < 0 || step >= static_cast<std::int64_t>(world_.model.calendar.steps())) return;
    observation.actor = *actor;
    observation.ladder = *role;
    observation.step = static_cast<std::uint32_t>(step);
    observation.rung = static_cast<Rung>(*rung);
    if (table_.column("inherited")) observation.inherited = cell(row, "inherited") == "1";
    world_.scenario.observed.push_back(observation);
  }

  World& world_;
  const Csv& table_;
};

}  // namespace

void read_series(World& world) {
  const auto list = world.root.find("series");
  if (!list || !list->is_sequence() || !world.has_calendar) return;
  ChangeReader changes(world);
  const auto steps = world.model.calendar.steps();
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
    if ((series.size() + 1) * steps > max_series_values) {
      world.problems.add(place,
                         fmt::format("found series of more than {} values together; allowed: fewer",
                                     max_series_values));
      return;
    }
    Series one;
    one.slots.assign(slots.begin(), slots.end());
    const bool linear = text_or(place.find("interpolate"), "step") == "linear";
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

void read_observed(World& world) {
  const auto place = world.root.find("observed");
  if (!place) return;
  const auto table =
      open_csv(place, world.sources, world.problems, {"iso3", "date", "ladder", "rung"});
  if (!table) return;
  if (world.authorities.size() > 1 && !table->column("authority")) {
    world.problems.add(place,
                       "found no column 'authority' in the table; allowed: it is required where "
                       "there are several");
    return;
  }
  ObservationReader(world, *table).read();
}

}  // namespace entente::detail
