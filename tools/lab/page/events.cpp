// Events in words.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "io/fields.hpp"
#include "lab/page/parts.hpp"
#include "words.hpp"

namespace entente::lab {
namespace {

using Numbers = std::vector<std::size_t>;

std::string number(float value) { return fmt::format("{}", value); }

class Words {
 public:
  explicit Words(const Model& model) : model_(model) {}

  std::string change(const Change& change) const {
    std::vector<std::string> parts;
    for (const auto& [key, members] : rows_of(change)) parts.push_back(row(change, key, members));
    return fmt::format("{}", fmt::join(parts, "; "));
  }

  std::string condition(const Condition& condition) const {
    return std::visit([this](const auto& c) { return words(c); }, condition);
  }

  /// Actors that a change acts on.
  void collect(const Change& change, std::set<std::size_t>& actors) const {
    for (const auto& [key, members] : rows_of(change)) {
      if (change.space == Space::alignment || change.space == Space::rivalry) {
        actors.insert(key.second);
      } else if (is_per_actor(change, key)) {
        actors.insert(members.begin(), members.end());
      }
    }
  }

 private:
  /// A parameter (else 0) and a row of what is changed.
  using Key = std::pair<std::size_t, std::size_t>;

  std::size_t row_length(Space space) const {
    switch (space) {
      case Space::rung:
      case Space::salience:
      case Space::alignment:
      case Space::rivalry:
        return model_.actors.size();
      case Space::authority_rung:
        return 1 + model_.groups.size();
      case Space::authority_state:
        return authority_state_count;
      case Space::parameter:
      case Space::activity:
        break;
    }
    return model_.groups.size();
  }

  /// Indices of a change by row.
  std::map<Key, Numbers> rows_of(const Change& change) const {
    std::map<Key, Numbers> rows;
    for (const auto index : change.indices) {
      if (change.space != Space::parameter) {
        const std::size_t length = row_length(change.space);
        rows[{0, index / length}].push_back(index % length);
        continue;
      }
      const Param param = model_.parameters.param_of(index);
      const std::size_t place = index - model_.parameters.slot(param, 0, 0);
      const std::size_t length = model_.parameters.columns(param);
      rows[{static_cast<std::size_t>(param), place / length}].push_back(place % length);
    }
    return rows;
  }

  static Shape shape_of(const Key& key) { return info(static_cast<Param>(key.first)).shape; }

  static bool is_per_actor(const Change& change, const Key& key) {
    if (change.space == Space::rung || change.space == Space::salience) return true;
    if (change.space != Space::parameter) return false;
    const Shape shape = shape_of(key);
    return shape == Shape::actor || shape == Shape::authority_actor ||
           shape == Shape::group_actor || shape == Shape::sector_actor ||
           shape == Shape::covariate_actor;
  }

  std::string row(const Change& change, const Key& key, const Numbers& members) const {
    switch (change.space) {
      case Space::rung: {
        const Ladder& ladder = model_.ladders[key.second % ladder_count];
        return fmt::format("{}: {}{} {}", actors(members), in_words(ladder.key),
                           towards(key.second / ladder_count), amount(change, &ladder.rungs));
      }
      case Space::authority_rung:
        return authority_rungs(change, key.second, members);
      case Space::authority_state:
        return fmt::format("{}: {} {}", model_.authorities[key.second].id, states(members),
                           amount(change));
      case Space::activity:
        return fmt::format("{}: activity {}", groups(members), amount(change));
      case Space::salience:
        return fmt::format("{}: salience of {} {}", actors(members), model_.groups[key.second].name,
                           amount(change));
      case Space::alignment:
      case Space::rivalry:
        return fmt::format("{}: {} {} {} {}", model_.actors[key.second].id, to_string(change.space),
                           change.space == Space::alignment ? "with" : "towards", actors(members),
                           amount(change));
      case Space::parameter:
        break;
    }
    return parameter(change, key, members);
  }

  std::string authority_rungs(const Change& change, std::size_t authority,
                              const Numbers& members) const {
    std::vector<std::string> parts;
    for (const auto l : members) {
      const AuthorityLadder& ladder = l == 0 ? model_.rights : model_.posture;
      const std::string whom = l == 0 ? "" : " towards " + model_.groups[l - 1].name;
      parts.push_back(fmt::format("{}: {}{} {}", model_.authorities[authority].id,
                                  in_words(ladder.key), whom, amount(change, &ladder.rungs)));
    }
    return fmt::format("{}", fmt::join(parts, "; "));
  }

  std::string parameter(const Change& change, const Key& key, const Numbers& members) const {
    const ParamInfo& param = info(static_cast<Param>(key.first));
    const std::string name = in_words(std::string(param.key));
    const std::size_t r = key.second;
    const auto say = [&](const std::string& who, const std::string& what) {
      return fmt::format("{}: {} {}", who, what, amount(change));
    };
    switch (param.shape) {
      case Shape::actor:
        return say(actors(members), name);
      case Shape::authority_actor:
        return say(actors(members), name + towards(r));
      case Shape::group_actor:
        return say(actors(members), name + " to " + model_.groups[r].name);
      case Shape::sector_actor:
        return say(actors(members), name + " in " + in_words(model_.sectors[r]));
      case Shape::covariate_actor:
        return say(actors(members), in_words(model_.covariates[r].key));
      case Shape::authority_sector:
        return say(model_.authorities[r].id, name + " of " + sectors(members));
      case Shape::authority_group:
        return say(model_.authorities[r].id, name + " with " + groups(members));
      case Shape::authority:
        return say(model_.authorities[r].id, name);
      case Shape::group:
        break;
    }
    return say(groups(members), name);
  }

  static std::string amount(const Change& change, const std::vector<std::string>* rungs = nullptr) {
    const auto value = [&](float v) {
      const auto r = static_cast<std::size_t>(v);
      return rungs != nullptr && r < rungs->size() ? (*rungs)[r] : number(v);
    };
    switch (change.op) {
      case EventOp::set:
        return "set to " + value(change.value);
      case EventOp::add:
        return (change.value < 0.0F ? "lowered by " : "raised by ") +
               number(change.value < 0.0F ? -change.value : change.value);
      case EventOp::scale:
        return "times " + number(change.value);
      case EventOp::hold:
        return "held at " + value(change.value);
      case EventOp::band:
        break;
    }
    return "kept between " + value(change.value) + " and " + value(change.high);
  }

  std::string actors(const Numbers& members) const {
    constexpr std::size_t most = 8;
    if (members.size() > 1 && members.size() == model_.actors.size()) return "all states";
    std::vector<std::string> ids;
    for (const auto i : members) {
      if (ids.size() == most && members.size() > most + 1) {
        return fmt::format("{} and {} more", cli::list(ids), members.size() - most);
      }
      ids.push_back(model_.actors[i].id);
    }
    return cli::list(ids);
  }

  template <class Name>
  static std::string joined(const Numbers& members, const Name& name) {
    std::vector<std::string> out;
    for (const auto x : members) out.push_back(name(x));
    return cli::list_and(out);
  }
  std::string groups(const Numbers& members) const {
    return joined(members, [&](std::size_t g) { return model_.groups[g].name; });
  }
  std::string sectors(const Numbers& members) const {
    return joined(members, [&](std::size_t s) { return in_words(model_.sectors[s]); });
  }
  static std::string states(const Numbers& members) {
    return joined(members, [](std::size_t s) {
      return in_words(std::string(to_string(static_cast<AuthorityState>(s))));
    });
  }

  /// Which authority, where that is a question.
  std::string towards(std::size_t authority) const {
    return model_.authorities.size() < 2 ? "" : " of " + model_.authorities[authority].id;
  }

  static std::string bounds(float at_least, float at_most) {
    constexpr float none = std::numeric_limits<float>::infinity();
    if (at_most == none) return "at least " + number(at_least);
    if (at_least == -none) return "at most " + number(at_most);
    return number(at_least) + " to " + number(at_most);
  }

  std::string words(const CountCondition& c) const {
    const Ladder& ladder = model_.ladders[index_of(c.ladder)];
    const std::string among = c.among.size() == model_.actors.size()
                                  ? "all states"
                                  : fmt::format("{} states", c.among.size());
    return fmt::format("{}{} of {} stand{} at {} or higher", bounds(c.at_least, c.at_most),
                       c.by_importance ? " of the importance" : "", among, towards(c.authority),
                       ladder.rungs[c.rung]);
  }
  std::string words(const StateCondition& c) const {
    return fmt::format("{} of {} is {}", in_words(std::string(to_string(c.state))),
                       model_.authorities[c.authority].id, bounds(c.at_least, c.at_most));
  }
  std::string words(const AuthorityRungCondition& c) const {
    const AuthorityLadder& ladder = c.ladder == 0 ? model_.rights : model_.posture;
    const std::string whom = c.ladder == 0 ? "" : " towards " + model_.groups[c.ladder - 1].name;
    const std::string top =
        c.at_most + 1U < ladder.size() ? " and not above " + ladder.rungs[c.at_most] : "";
    return fmt::format("{} of {}{} is at {} or higher{}", in_words(ladder.key),
                       model_.authorities[c.authority].id, whom, ladder.rungs[c.at_least], top);
  }

  const Model& model_;
};

Json step_or_null(std::uint32_t step) { return step == forever ? Json(nullptr) : Json(step); }

}  // namespace

Json events_json(const Model& model) {
  const Words words(model);
  Json out = Json::array();
  for (const auto& event : model.events) {
    std::set<std::size_t> actors;
    std::vector<std::string> changes, conditions;
    for (const auto& change : event.changes) {
      changes.push_back(words.change(change));
      words.collect(change, actors);
    }
    for (const auto& condition : event.when) conditions.push_back(words.condition(condition));
    std::string what = fmt::format("{}", fmt::join(changes, "; "));
    if (!conditions.empty()) what += ", once " + cli::list_and(conditions);
    out.push_back({{"id", event.id},
                   {"note", event.note},
                   {"first_step", event.first_step},
                   {"last_step", step_or_null(event.last_step)},
                   {"duration", step_or_null(event.duration)},
                   {"probability", plain(event.probability)},
                   {"conditional", !event.when.empty()},
                   {"what", std::move(what)},
                   {"actors", actors}});
  }
  return out;
}

}  // namespace entente::lab
