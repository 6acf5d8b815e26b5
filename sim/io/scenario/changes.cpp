#include "io/scenario/changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/fields.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/selector.hpp"
#include "io/scenario/suggest.hpp"

namespace entente::detail {

namespace {

std::vector<std::string> value_keys(EventOp op) {
  if (op == EventOp::band) return {"from", "to"};
  if (op == EventOp::add || op == EventOp::scale) return {"by"};
  return {"to"};
}

bool is_state(Space space) {
  return space != Space::parameter && space != Space::alignment && space != Space::rivalry;
}

struct Range {
  double min;
  double max;
};

// What `to` may be: the range of the number that it sets.
Range range_of(const Target& target) {
  if (target.param) {
    const auto& about = info(*target.param);
    return {static_cast<double>(about.min), static_cast<double>(about.max)};
  }
  if (target.state)
    for (const auto& field : state_fields())
      if (field.state == *target.state)
        return {static_cast<double>(field.min), static_cast<double>(field.max)};
  if (target.space == Space::alignment || target.space == Space::rivalry) return {0.0, 1.0};
  return {0.0, 1000.0};
}

}  // namespace

std::vector<Change> ChangeReader::read(const Place& place, bool bounded) {
  std::vector<Change> changes;
  for (const auto& one : place.one_or_list()) {
    Change change;
    if (read_one(one, bounded, change)) changes.push_back(std::move(change));
  }
  return changes;
}

bool ChangeReader::read_one(const Place& place, bool bounded, Change& change) {
  if (place->tainted) return false;
  const Target* target = nullptr;
  for (const auto op : all_ops) {
    const auto name = place.find(to_string(op));
    if (!name) continue;
    if (target != nullptr) {
      world_.problems.add(place,
                          "found two operations; allowed: one of set, add, scale, hold, band");
      return false;
    }
    target = find_target(name.text());
    change.op = op;
  }
  if (target == nullptr) {
    world_.problems.add(place, "found no operation; allowed: one of set, add, scale, hold, band");
    return false;
  }
  if (!check_keys(place, *target, change.op)) return false;
  if (bounded && change.op != EventOp::hold && change.op != EventOp::band &&
      is_state(target->space)) {
    world_.problems.add(place,
                        fmt::format("found '{}' of a state in an event with a duration; allowed: "
                                    "hold, which ends with the event",
                                    to_string(change.op)));
    return false;
  }
  change.space = target->space;
  const bool has_value = read_value(place, *target, change);
  change.indices = indices(place, *target);
  return has_value && !change.indices.empty();
}

bool ChangeReader::check_keys(const Place& place, const Target& target, EventOp op) {
  const auto before = world_.problems.size();
  auto allowed = target.keys;
  for (const auto& key : value_keys(op)) allowed.push_back(key);
  for (const auto& key : allowed)
    if (key != "authority" && !place.find(key))
      world_.problems.add(place, fmt::format("found no key '{}'; allowed: '{} {}' requires it", key,
                                             to_string(op), target.name));
  allowed.emplace_back("note");
  allowed.emplace_back(to_string(op));
  for (std::size_t e = 0; e < place->keys.size(); ++e)
    if (std::find(allowed.begin(), allowed.end(), place->keys[e]) == allowed.end())
      world_.problems.add(place->key_marks[e], place.path,
                          fmt::format("found key '{}' with '{} {}'; allowed: {}", place->keys[e],
                                      to_string(op), target.name, join(allowed)));
  return world_.problems.size() == before;
}

const Names& ChangeReader::rung_names(const Place& place, const Target& target) const {
  if (target.space == Space::authority_rung)
    return target.name == "rights" ? world_.rights_rungs : world_.posture_rungs;
  const auto ladder = text_or(place.find("ladder"), "");
  for (const auto role : all_ladders)
    if (to_string(role) == ladder) return world_.rungs[index_of(role)];
  return world_.rungs[0];
}

bool ChangeReader::read_value(const Place& place, const Target& target, Change& change) {
  if (!target.takes_rung()) return read_number(place, target, change);
  const auto& names = rung_names(place, target);
  const auto to = names.rung(place.find("to"), world_.problems);
  if (change.op != EventOp::band) {
    if (to) change.value = static_cast<float>(*to);
    return to.has_value();
  }
  const auto from = names.rung(place.find("from"), world_.problems);
  if (!from || !to) return false;
  if (*from > *to) {
    world_.problems.add(place,
                        "found a band whose 'from' is above its 'to'; allowed: from the lower "
                        "rung to the higher");
    return false;
  }
  change.value = static_cast<float>(*from);
  change.high = static_cast<float>(*to);
  return true;
}

bool ChangeReader::read_number(const Place& place, const Target& target, Change& change) {
  if (change.op == EventOp::add || change.op == EventOp::scale) {
    change.value = float_or(place.find("by"), 0.0F);
    return true;
  }
  const auto to = place.find("to");
  const auto number = to->quoted ? std::nullopt : parse_number(to.text());
  const auto range = range_of(target);
  const auto value = static_cast<float>(number.value_or(0.0));
  if (number && value >= static_cast<float>(range.min) && value <= static_cast<float>(range.max)) {
    change.value = value;
    return true;
  }
  world_.problems.add(to,
                      fmt::format("found {}; allowed: number from {} to {}", quote(to.text()),
                                  static_cast<float>(range.min), static_cast<float>(range.max)));
  return false;
}

std::vector<std::uint32_t> ChangeReader::numbers(const Place& place, std::string_view key,
                                                 const Names& names) {
  std::vector<std::uint32_t> list;
  const auto named = place.find(key);
  if (!named) {
    world_.problems.add(place, fmt::format("found no key '{}'; allowed: it is required", key));
    return list;
  }
  for (const auto& one : named.one_or_list()) {
    if (named->is_scalar() && one.text() == "all") {
      for (std::uint32_t k = 0; k < names.size(); ++k) list.push_back(k);
    } else if (const auto number = names.find(one, world_.problems)) {
      list.push_back(*number);
    }
  }
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

bool ChangeReader::within_limit(const Place& place, std::size_t more) {
  const std::size_t most = world_.sources.addresses();
  const bool before = addresses_ <= most;
  addresses_ += more;
  if (addresses_ <= most) return true;
  if (before)
    world_.problems.add(place,
                        fmt::format("found changes and conditions of more than {} places together; "
                                    "allowed: fewer",
                                    most));
  return false;
}

std::vector<std::uint64_t> ChangeReader::slots(const Place& place, Param param) {
  const auto shape = info(param).shape;
  const auto keys = address_keys(shape);
  const auto has = [&keys](std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  std::vector<std::uint32_t> rows{0};
  std::vector<std::uint32_t> columns{0};
  if (has("authority")) {
    const auto k = world_.authority(place);
    rows = k ? std::vector<std::uint32_t>{*k} : std::vector<std::uint32_t>{};
  }
  if (has("actors"))
    columns = place.find("actors") ? select_actors(place.find("actors"), world_)
                                   : numbers(place, "actors", {});
  if (has("covariate")) rows = numbers(place, "covariate", world_.covariates);
  if (has("sector"))
    (shape == Shape::sector_actor ? rows : columns) = numbers(place, "sector", world_.sectors);
  if (has("group"))
    (shape == Shape::group_actor ? rows : columns) = numbers(place, "group", world_.groups);

  std::vector<std::uint64_t> slots;
  if (!within_limit(place, rows.size() * columns.size())) return slots;
  for (const auto row : rows)
    for (const auto column : columns)
      slots.push_back(world_.model.parameters.slot(param, row, column));
  std::sort(slots.begin(), slots.end());
  return slots;
}

std::vector<std::uint64_t> ChangeReader::relation_indices(const Place& place) {
  std::vector<std::uint64_t> list;
  const auto rows = select_actors(place.find("actors"), world_);
  const auto columns = select_actors(place.find("towards"), world_);
  if (!within_limit(place, rows.size() * columns.size())) return list;
  for (const auto i : rows)
    for (const auto j : columns)
      if (i != j) list.push_back(std::uint64_t{i} * world_.selected.size() + j);
  if (list.empty() && !rows.empty() && !columns.empty())
    world_.problems.add(place, "found a relation of an actor to itself; allowed: two actors");
  return list;
}

std::vector<std::uint64_t> ChangeReader::indices(const Place& place, const Target& target) {
  if (target.param) return slots(place, *target.param);
  if (target.space == Space::alignment || target.space == Space::rivalry)
    return relation_indices(place);
  std::vector<std::uint64_t> list;
  std::uint64_t k = 0;
  if (target.takes("authority")) {
    const auto named = world_.authority(place);
    if (!named) return list;
    k = *named;
  }
  const auto groups =
      target.takes("group") ? numbers(place, "group", world_.groups) : std::vector<std::uint32_t>{};
  const auto actors = target.takes("actors") ? select_actors(place.find("actors"), world_)
                                             : std::vector<std::uint32_t>{};
  if (!within_limit(
          place, std::max<std::size_t>(1, groups.size()) * std::max<std::size_t>(1, actors.size())))
    return list;
  switch (target.space) {
    case Space::rung:
      for (const auto role : all_ladders)
        if (to_string(role) == place.find("ladder").text())
          for (const auto i : actors) list.push_back(world_.model.rung_index(k, role, i));
      break;
    case Space::authority_rung:
      if (target.name == "rights") list.push_back(k * (1 + world_.groups.size()));
      for (const auto g : groups) list.push_back(k * (1 + world_.groups.size()) + 1 + g);
      break;
    case Space::authority_state:
      list.push_back(k * authority_state_count + static_cast<std::uint64_t>(*target.state));
      break;
    case Space::activity:
      list.assign(groups.begin(), groups.end());
      break;
    case Space::salience:
      for (const auto g : groups)
        for (const auto i : actors) list.push_back(std::uint64_t{g} * world_.selected.size() + i);
      break;
    case Space::parameter:
    case Space::alignment:
    case Space::rivalry:
      break;
  }
  return list;
}

}  // namespace entente::detail
