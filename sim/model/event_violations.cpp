#include "model/event_violations.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace entente::detail {
namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

bool is_rung_space(Space space) { return space == Space::rung || space == Space::authority_rung; }

bool is_relation_space(Space space) { return space == Space::alignment || space == Space::rivalry; }

class EventInspector {
 public:
  EventInspector(const Model& model, Findings& findings) : m_(model), findings_(findings) {}

  void inspect() {
    for (std::size_t e = 0; e < m_.events.size(); ++e) event(item("events", e), m_.events[e]);
    findings_.unique_ids("events", m_.events);
    for (std::size_t b = 0; b < m_.bodies.size(); ++b) body(item("bodies", b), m_.bodies[b]);
    findings_.unique_ids("bodies", m_.bodies);
  }

 private:
  // Actors that a condition or body counts.
  void counted(const std::string& path, const std::vector<std::uint32_t>& actors) {
    for (const auto i : actors) findings_.below(path, i, m_.actors.size());
    findings_.unique_numbers(path, "actor", actors);
  }

  void event(const std::string& path, const Event& e) {
    if (e.last_step < e.first_step) {
      findings_.report(path + ".last_step", text(e.last_step), text(e.first_step) + " or later");
    }
    if (e.duration == 0) findings_.report(path + ".duration", "0", "1 step or more");
    findings_.number(path + ".probability", e.probability, 0.0F, 1.0F);
    for (std::size_t c = 0; c < e.when.size(); ++c) {
      std::visit(
          [&](const auto& condition) { this->condition(item(path + ".when", c), condition); },
          e.when[c]);
    }
    changes(path, e.changes);
  }

  void actor_rung(const std::string& path, std::uint32_t authority, LadderRole ladder, Rung rung) {
    findings_.below(path + ".authority", authority, m_.authorities.size());
    if (findings_.below(path + ".ladder", index_of(ladder), ladder_count)) {
      findings_.below(path + ".rung", rung, m_.ladders[index_of(ladder)].size());
    }
  }

  void condition(const std::string& path, const CountCondition& c) {
    actor_rung(path, c.authority, c.ladder, c.rung);
    if (c.among.empty()) findings_.report(path + ".among", "no actor", "one or more");
    counted(path + ".among", c.among);
    if (!std::is_sorted(c.among.begin(), c.among.end())) {
      findings_.report(path + ".among", "actors out of order", "ascending");
    }
    findings_.bounds(path, c.at_least, c.at_most);
  }

  void condition(const std::string& path, const StateCondition& c) {
    findings_.below(path + ".authority", c.authority, m_.authorities.size());
    findings_.below(path + ".state", static_cast<std::size_t>(c.state), authority_state_count);
    findings_.bounds(path, c.at_least, c.at_most);
  }

  void condition(const std::string& path, const AuthorityRungCondition& c) {
    findings_.below(path + ".authority", c.authority, m_.authorities.size());
    if (findings_.below(path + ".ladder", c.ladder, 1 + m_.groups.size())) {
      findings_.below(path + ".at_least", c.at_least,
                      c.ladder == 0 ? m_.rights.size() : m_.posture.size());
    }
    findings_.bounds(path, c.at_least, c.at_most);
  }

  void body(const std::string& path, const Body& b) {
    actor_rung(path, b.authority, b.ladder, b.rung);
    if (b.members.empty()) findings_.report(path + ".members", "none", "one or more");
    counted(path + ".members", b.members);
    counted(path + ".vetoes", b.vetoes);
    if (!b.vetoes.empty() && index_of(b.ladder) < ladder_count) {
      findings_.below(path + ".veto_rung", b.veto_rung, m_.ladders[index_of(b.ladder)].size());
    }
    findings_.number(path + ".threshold", b.threshold, 0.0F, 1.0F);
    findings_.number(path + ".reverse_below", b.reverse_below, 0.0F, 1.0F);
    if (b.reverse_below > b.threshold) {
      findings_.report(path + ".reverse_below", text(b.reverse_below), "the threshold or less");
    }
    changes(path, b.changes);
  }

  void changes(const std::string& path, const std::vector<Change>& list) {
    for (std::size_t c = 0; c < list.size(); ++c) change(item(path + ".changes", c), list[c]);
  }

  // Of the places that a change acts on, the first one that is wrong is named.
  void change(const std::string& path, const Change& c) {
    const auto op = static_cast<unsigned>(c.op);
    const auto space = static_cast<unsigned>(c.space);
    if (op < 1 || op > 5) {
      findings_.report(path + ".op", text(op), "1 to 5");
      return;
    }
    if (space < 1 || space > 8) {
      findings_.report(path + ".space", text(space), "1 to 8");
      return;
    }
    if (c.op == EventOp::band && !is_rung_space(c.space)) {
      findings_.report(path + ".op", "band", "set, add, scale or hold; a band is for rungs");
    }
    if (c.op == EventOp::scale && is_rung_space(c.space)) {
      findings_.report(path + ".op", "scale", "set, add, hold or band; rungs are whole numbers");
    }
    findings_.finite(path + ".value", c.value);
    if (c.indices.empty()) findings_.report(path + ".indices", "none", "one or more");
    const std::size_t before = findings_.count();
    for (std::size_t x = 0; x < c.indices.size() && findings_.count() == before; ++x) {
      if (x > 0 && c.indices[x] <= c.indices[x - 1]) {
        findings_.report(item(path + ".indices", x), text(c.indices[x]), "ascending, each once");
      }
      if (findings_.below(item(path + ".indices", x), c.indices[x], space_size(c.space))) {
        target(path, c, c.indices[x]);
      }
    }
  }

  [[nodiscard]] std::uint64_t space_size(Space space) const {
    const std::uint64_t n = m_.actors.size();
    switch (space) {
      case Space::parameter:
        return m_.parameters.all().size();
      case Space::rung:
        return m_.authorities.size() * ladder_count * n;
      case Space::authority_rung:
        return m_.authorities.size() * (1 + m_.groups.size());
      case Space::authority_state:
        return m_.authorities.size() * authority_state_count;
      case Space::activity:
        return m_.groups.size();
      case Space::salience:
        return m_.groups.size() * n;
      case Space::alignment:
      case Space::rivalry:
        return n * n;
    }
    return 0;
  }

  // The value against what it is set on; what is added may be anything finite.
  void target(const std::string& path, const Change& c, std::uint64_t index) {
    if (is_rung_space(c.space)) {
      rung_target(path, c, index);
      return;
    }
    if (is_relation_space(c.space) && index / m_.actors.size() == index % m_.actors.size()) {
      findings_.report(path + ".indices", text(index) + " (an actor and itself)",
                       "pairs of two actors");
    }
    if (c.op == EventOp::scale && c.space != Space::parameter) {
      findings_.number(path + ".value", c.value, 0.0F, largest_float);
    }
    if (c.op != EventOp::set && c.op != EventOp::hold) return;
    const auto [min, max] = limits(c.space, index);
    findings_.number(path + ".value", c.value, min, max);
  }

  [[nodiscard]] std::pair<float, float> limits(Space space, std::uint64_t index) const {
    switch (space) {
      case Space::parameter: {
        const auto& row = info(m_.parameters.param_of(static_cast<std::size_t>(index)));
        return {row.min, row.max};
      }
      case Space::authority_state:
        return {0.0F, state_max(static_cast<std::size_t>(index % authority_state_count))};
      case Space::activity:
      case Space::salience:
        return {0.0F, largest_float};
      case Space::alignment:
      case Space::rivalry:
        return {0.0F, 1.0F};
      case Space::rung:
      case Space::authority_rung:
        break;
    }
    return {-infinity, infinity};
  }

  void rung_target(const std::string& path, const Change& c, std::uint64_t index) {
    const std::size_t rungs = rungs_at(c.space, index);
    if (c.op == EventOp::add) {
      constexpr auto most = static_cast<float>(max_rungs);
      findings_.whole(path + ".value", c.value, -most, most);
      return;
    }
    const float top = static_cast<float>(rungs) - 1.0F;
    findings_.whole(path + ".value", c.value, 0.0F, top);
    if (c.op == EventOp::band) {
      findings_.whole(path + ".high", c.high, 0.0F, top);
      findings_.bounds(path, c.value, c.high);
    }
  }

  [[nodiscard]] std::size_t rungs_at(Space space, std::uint64_t index) const {
    if (space == Space::rung) return m_.ladders[index / m_.actors.size() % ladder_count].size();
    return index % (1 + m_.groups.size()) == 0 ? m_.rights.size() : m_.posture.size();
  }

  const Model& m_;
  Findings& findings_;
};

}  // namespace

float state_max(std::size_t state) {
  return state == static_cast<std::size_t>(AuthorityState::rights_salience) ? 10.0F : 1.0F;
}

void inspect_events(const Model& model, Findings& findings) {
  EventInspector(model, findings).inspect();
}

}  // namespace entente::detail
