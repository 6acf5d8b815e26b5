#include "io/scenario/targets.hpp"

#include <algorithm>

#include "io/fields.hpp"

namespace entente::detail {

namespace {

using Ops = std::vector<EventOp>;

std::vector<Target> make_targets() {
  const Ops rungs{EventOp::set, EventOp::hold, EventOp::band};
  const Ops states{EventOp::set, EventOp::add, EventOp::scale, EventOp::hold};
  const Ops base{EventOp::set, EventOp::add, EventOp::scale};

  std::vector<Target> list{
      {"rung", Space::rung, rungs, {"ladder", "actors", "authority"}, {}, {}},
      {"rights", Space::authority_rung, rungs, {"authority"}, {}, {}},
      {"posture", Space::authority_rung, rungs, {"group", "authority"}, {}, {}},
      {"activity", Space::activity, states, {"group"}, {}, {}},
      {"salience", Space::salience, states, {"group", "actors"}, {}, {}},
      {"alignment", Space::alignment, base, {"actors", "towards"}, {}, {}},
      {"rivalry", Space::rivalry, base, {"actors", "towards"}, {}, {}},
  };
  for (const auto& state : state_fields())
    list.push_back(
        {std::string(state.name), Space::authority_state, states, {"authority"}, {}, state.state});
  for (const auto& info : parameter_infos())
    list.push_back(
        {std::string(info.key), Space::parameter, base, address_keys(info.shape), info.param, {}});
  return list;
}

}  // namespace

bool Target::allows(EventOp op) const { return std::find(ops.begin(), ops.end(), op) != ops.end(); }

bool Target::takes(std::string_view key) const {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool Target::takes_rung() const { return space == Space::rung || space == Space::authority_rung; }

std::span<const Target> change_targets() {
  static const std::vector<Target> targets = make_targets();
  return targets;
}

const Target* find_target(std::string_view name) {
  const auto targets = change_targets();
  const auto found = std::find_if(targets.begin(), targets.end(),
                                  [&](const Target& target) { return target.name == name; });
  return found == targets.end() ? nullptr : &*found;
}

std::vector<std::string> target_names(EventOp op) {
  std::vector<std::string> names;
  for (const auto& target : change_targets())
    if (target.allows(op)) names.push_back(target.name);
  return names;
}

std::vector<std::string> address_keys(Shape shape) {
  switch (shape) {
    case Shape::actor:
      return {"actors"};
    case Shape::authority_actor:
      return {"actors", "authority"};
    case Shape::group_actor:
      return {"group", "actors"};
    case Shape::sector_actor:
      return {"sector", "actors"};
    case Shape::covariate_actor:
      return {"covariate", "actors"};
    case Shape::authority_sector:
      return {"sector", "authority"};
    case Shape::authority:
      return {"authority"};
    case Shape::authority_group:
      return {"group", "authority"};
    case Shape::group:
      return {"group"};
  }
  return {};
}

}  // namespace entente::detail
