#include <algorithm>
#include <concepts>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entente/model/model.hpp"

namespace entente {
namespace {

// Sums over actors are 32-bit integers: 256 in units of 2^-15, times a height of 240, stays below
// 2^31; so does the importance-weighted sum of what up to 30 sectors give, in units of 2^-26.
constexpr std::int64_t largest_row_sum = 256;
constexpr std::size_t largest_sector_count = 30;

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float largest = std::numeric_limits<float>::max();

std::string text(float value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.9g", static_cast<double>(value));
  return buffer;
}

template <std::unsigned_integral Count>
std::string text(Count value) {
  return std::to_string(value);
}

std::string item(std::string_view list, std::size_t i) {
  return std::string(list) + '[' + std::to_string(i) + ']';
}

std::string range_text(float min, float max) {
  if (min <= -largest && max >= largest) return "finite numbers";
  if (max >= largest) return text(min) + " or more";
  return text(min) + " to " + text(max);
}

bool is_rung_space(Space space) { return space == Space::rung || space == Space::authority_rung; }

bool is_relation_space(Space space) { return space == Space::alignment || space == Space::rivalry; }

// Walks a model from the sizes of its parts to what they refer to, in the order of its members.
class Inspector {
 public:
  explicit Inspector(const Model& model) : m_(model) {}

  std::vector<std::string> inspect() {
    entities();
    ladders();
    parameters();
    series();
    relations();
    number("rivalry_presence", m_.rivalry_presence, 0.0F, largest);
    positive("temperature", m_.temperature);
    terms();
    for (std::size_t e = 0; e < m_.events.size(); ++e) event(item("events", e), m_.events[e]);
    unique_ids("events", m_.events);
    for (std::size_t b = 0; b < m_.bodies.size(); ++b) body(item("bodies", b), m_.bodies[b]);
    unique_ids("bodies", m_.bodies);
    touched_rows("alignment", Space::alignment, m_.alignment);
    touched_rows("rivalry", Space::rivalry, m_.rivalry);
    initial_state();
    return std::move(messages_);
  }

 private:
  // --- what a value may be -------------------------------------------------------------------

  void report(const std::string& path, const std::string& found, const std::string& allowed) {
    messages_.push_back(path + ": found " + found + "; allowed: " + allowed);
  }

  bool number(const std::string& path, float value, float min, float max) {
    const bool fits = value >= min && value <= max;  // false for NaN
    if (!fits) report(path, text(value), range_text(min, max));
    return fits;
  }

  void finite(const std::string& path, float value) { number(path, value, -largest, largest); }

  void positive(const std::string& path, float value) {
    if (!(value > 0.0F && value <= largest)) report(path, text(value), "above 0");
  }

  bool size(const std::string& path, std::size_t found, std::size_t wanted) {
    if (found != wanted) report(path, text(found) + " values", text(wanted));
    return found == wanted;
  }

  bool below(const std::string& path, std::uint64_t value, std::uint64_t count) {
    if (value >= count) report(path, text(value), "below " + text(count));
    return value < count;
  }

  template <class List>
  void unique_ids(std::string_view list, const List& entries) {
    std::vector<std::string_view> ids;
    for (const auto& entry : entries) ids.push_back(entry.id);
    unique_names(list, std::move(ids));
  }

  void unique_names(std::string_view list, std::vector<std::string_view> names) {
    std::sort(names.begin(), names.end());
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool again = i > 0 && names[i] == names[i - 1];
      if (names[i].empty()) report(std::string(list), "an empty name", "a name");
      if (again && !names[i].empty()) {
        report(std::string(list), "'" + std::string(names[i]) + "' twice", "once");
      }
    }
  }

  // Actors that a condition or body counts.
  void counted(const std::string& path, const std::vector<std::uint32_t>& actors) {
    for (const auto i : actors) below(path, i, m_.actors.size());
    std::vector<std::uint32_t> sorted = actors;
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice != sorted.end()) report(path, "actor " + text(*twice) + " twice", "once");
  }

  // --- who there is --------------------------------------------------------------------------

  void entities() {
    if (m_.actors.empty()) report("actors", "none", "one or more");
    if (m_.authorities.empty()) report("authorities", "none", "one or more");
    if (m_.sectors.size() > largest_sector_count) {
      report("sectors", text(m_.sectors.size()), text(largest_sector_count) + " or fewer");
    }
    unique_ids("actors", m_.actors);
    importance();
    unique_ids("authorities", m_.authorities);
    for (std::size_t k = 0; k < m_.authorities.size(); ++k) {
      authority(item("authorities", k), m_.authorities[k]);
    }
    unique_ids("groups", m_.groups);
    for (std::size_t g = 0; g < m_.groups.size(); ++g) group(item("groups", g), m_.groups[g]);
    unique_names("sectors", {m_.sectors.begin(), m_.sectors.end()});
  }

  void importance() {
    std::vector<std::uint32_t> entities;
    double sum = 0.0;
    for (std::size_t i = 0; i < m_.actors.size(); ++i) {
      number(item("actors", i) + ".importance", m_.actors[i].importance, 0.0F, 1.0F);
      sum += static_cast<double>(m_.actors[i].importance);
      entities.push_back(m_.actors[i].entity);
    }
    if (!m_.actors.empty() && !(sum > 0.999 && sum < 1.001)) {
      report("actors", "importance that sums to " + text(static_cast<float>(sum)), "1");
    }
    std::sort(entities.begin(), entities.end());
    const auto twice = std::adjacent_find(entities.begin(), entities.end());
    if (twice != entities.end()) report("actors", "entity " + text(*twice) + " twice", "once");
  }

  void group(const std::string& path, const Group& g) {
    below(path + ".host", g.host, m_.authorities.size());
    number(path + ".reversion", g.reversion, 0.0F, largest);
    if (g.reversion * static_cast<float>(m_.calendar.dt()) > 1.0001F) {
      report(path + ".reversion", text(g.reversion),
             "at most 1 per step; more overshoots the mean, so take shorter steps");
    }
    number(path + ".volatility", g.volatility, 0.0F, largest);
    positive(path + ".halflife", g.halflife);
    number(path + ".salience_cap", g.salience_cap, 0.0F, largest);
    number(path + ".effect", g.effect, 0.0F, 1.0F);
    positive(path + ".initial_activity", g.initial_activity);
  }

  void authority(const std::string& path, const Authority& a) {
    dynamics(path + ".dynamics.", a.dynamics);
    below(path + ".initial_rights", a.initial_rights, m_.rights.size());
    if (size(path + ".initial_posture", a.initial_posture.size(), m_.groups.size())) {
      for (std::size_t g = 0; g < m_.groups.size(); ++g) {
        below(item(path + ".initial_posture", g), a.initial_posture[g], m_.posture.size());
      }
    }
    for (std::size_t s = 0; s < authority_state_count; ++s) {
      number(item(path + ".initial_state", s), a.initial_state[s], 0.0F, state_max(s));
    }
  }

  static float state_max(std::size_t state) {
    return state == static_cast<std::size_t>(AuthorityState::rights_salience) ? 10.0F : 1.0F;
  }

  void dynamics(const std::string& path, const AuthorityDynamics& d) {
    const std::pair<const char*, float> any[] = {{"inducement", d.inducement},
                                                 {"relief", d.relief},
                                                 {"doctrine", d.doctrine},
                                                 {"rally", d.rally},
                                                 {"posture_inducement", d.posture_inducement},
                                                 {"deterrence", d.deterrence},
                                                 {"posture_rally", d.posture_rally},
                                                 {"pull", d.pull},
                                                 {"harden", d.harden},
                                                 {"soften", d.soften},
                                                 {"hardliner_noise", d.hardliner_noise},
                                                 {"relax", d.relax},
                                                 {"freeze", d.freeze},
                                                 {"closure", d.closure},
                                                 {"dividend", d.dividend},
                                                 {"recover", d.recover},
                                                 {"shake", d.shake}};
    for (const auto& [name, value] : any) finite(path + name, value);
    number(path + "hardliner_home", d.hardliner_home, 0.0F, 1.0F);
    number(path + "control_home", d.control_home, 0.0F, 1.0F);
    number(path + "incoherence", d.incoherence, 0.0F, 1.0F);
    positive(path + "rights_salience_halflife", d.rights_salience_halflife);
    positive(path + "temperature", d.temperature);
  }

  // --- ladders -------------------------------------------------------------------------------

  void ladders() {
    for (const auto role : all_ladders) {
      ladder("ladders." + std::string(to_string(role)), m_.ladders[index_of(role)]);
    }
    authority_ladder("ladders.rights", m_.rights, 0.0F);
    if (!m_.groups.empty()) authority_ladder("ladders.posture", m_.posture, -1.0F);
  }

  void rung_count(const std::string& path, std::size_t count) {
    if (count == 0 || count > max_rungs) {
      report(path + ".rungs", text(count) + " rungs", "1 to " + text(max_rungs));
    }
  }

  void moves(const std::string& path, float rate, float up, float down) {
    number(path + ".rate", rate, 0.0F, largest);
    finite(path + ".up", up);
    finite(path + ".down", down);
  }

  void ladder(const std::string& path, const Ladder& l) {
    rung_count(path, l.size());
    if (size(path + ".height", l.height.size(), l.size())) heights(path, l);
    const std::pair<const char*, const std::vector<float>*> profiles[] = {
        {".baseline", &l.baseline},
        {".security", &l.security},
        {".economic", &l.economic},
        {".exposure", &l.exposure},
        {".signal", &l.signal}};
    for (const auto& [name, values] : profiles) {
      size(path + name, values->size(), l.size());
      for (std::size_t r = 0; r < values->size(); ++r) finite(item(path + name, r), (*values)[r]);
    }
    if (l.recognises_from != max_rungs) {
      below(path + ".recognises_from", l.recognises_from, l.size());
    }
    moves(path, l.rate, l.up, l.down);
  }

  void heights(const std::string& path, const Ladder& l) {
    for (std::size_t r = 0; r < l.size(); ++r) {
      below(item(path + ".height", r), l.height[r], std::uint64_t{height_unit} + 1);
    }
    if (!std::is_sorted(l.height.begin(), l.height.end())) {
      report(path + ".height", "a rung below the one before it", "ascending heights");
    }
  }

  void authority_ladder(const std::string& path, const AuthorityLadder& l, float min) {
    rung_count(path, l.size());
    size(path + ".value", l.value.size(), l.size());
    for (std::size_t r = 0; r < l.value.size(); ++r) {
      number(item(path + ".value", r), l.value[r], min, 1.0F);
    }
    moves(path, l.rate, l.up, l.down);
  }

  // --- numbers -------------------------------------------------------------------------------

  void parameters() {
    const Extents wanted = m_.extents();
    const Extents& found = m_.parameters.extents();
    const std::size_t before = messages_.size();
    size("parameters.actors", found.actors, wanted.actors);
    size("parameters.authorities", found.authorities, wanted.authorities);
    size("parameters.groups", found.groups, wanted.groups);
    size("parameters.sectors", found.sectors, wanted.sectors);
    size("parameters.covariates", found.covariates, wanted.covariates);
    if (messages_.size() != before) return;
    for (const auto& row : parameter_infos()) {
      const auto values = m_.parameters.values(row.param);
      for (std::size_t x = 0; x < values.size(); ++x) {
        if (values[x] >= row.min && values[x] <= row.max) continue;
        number(item("parameters." + std::string(row.key), x), values[x], row.min, row.max);
      }
    }
  }

  void series() {
    for (std::size_t s = 0; s < m_.series.size(); ++s) {
      const Series& one = m_.series[s];
      const std::string path = item("series", s);
      size(path + ".values", one.values.size(), m_.calendar.steps());
      for (const auto slot : one.slots) {
        if (!below(path + ".slots", slot, m_.parameters.all().size())) continue;
        const ParamInfo& limits = info(m_.parameters.param_of(slot));
        for (std::size_t t = 0; t < one.values.size(); ++t) {
          // The same values for every slot: one message each is enough.
          if (!number(item(path + ".values", t), one.values[t], limits.min, limits.max)) return;
        }
      }
    }
  }

  void relations() {
    const std::size_t n = m_.actors.size();
    if (size("alignment", m_.alignment.actors(), n)) {
      for (std::size_t i = 0; i < n; ++i) {
        const std::int32_t sum = m_.alignment.row_sum(i);
        if (sum != 0 && sum != relation_unit) {
          report(item("alignment", i), "a row that sums to " + std::to_string(sum) + "/32768",
                 "1 or 0");
        }
      }
      diagonal("alignment", m_.alignment);
    }
    if (size("rivalry", m_.rivalry.actors(), n)) diagonal("rivalry", m_.rivalry);
  }

  void diagonal(const std::string& path, const Relation& relation) {
    for (std::size_t j = 0; j < relation.actors(); ++j) {
      for (const auto& entry : relation.column(j)) {
        const bool fits = entry.weight >= 0 && entry.weight <= relation_unit;
        if (entry.row != j && fits) continue;
        const std::string place = item(item(path, entry.row), j);
        if (entry.row == j) report(place, "an actor and itself", "pairs of two actors");
        if (!fits) report(place, std::to_string(entry.weight) + "/32768", "0 to 1");
      }
    }
  }

  // Row sums at their largest, when every event that raises an entry does.
  void touched_rows(const std::string& path, Space space, const Relation& relation) {
    const std::size_t n = m_.actors.size();
    if (relation.actors() != n) return;
    std::vector<std::uint64_t> touched;
    const auto collect = [&](const std::vector<Change>& changes) {
      for (const auto& change : changes) {
        if (change.space != space) continue;
        for (const auto index : change.indices) {
          if (index < std::uint64_t{n} * n) touched.push_back(index);
        }
      }
    };
    for (const auto& event : m_.events) collect(event.changes);
    for (const auto& body : m_.bodies) collect(body.changes);
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());

    std::vector<std::int64_t> sums(n);
    for (std::size_t i = 0; i < n; ++i) sums[i] = relation.row_sum(i);
    for (const auto index : touched) {
      const auto i = static_cast<std::size_t>(index / n);
      const auto j = static_cast<std::size_t>(index % n);
      sums[i] += relation_unit - relation.weight(i, j);
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (sums[i] > largest_row_sum * relation_unit) {
        report(item(path, i),
               "a row that may sum to " + text(static_cast<float>(sums[i]) / 32768.0F),
               "256 or less");
      }
    }
  }

  void terms() {
    std::vector<std::string_view> names;
    for (std::size_t x = 0; x < m_.terms.size(); ++x) {
      names.push_back(m_.terms[x].key);
      for (std::size_t f = 0; f < m_.terms[x].values.size(); ++f) {
        finite(item(item("terms", x) + ".values", f), m_.terms[x].values[f]);
      }
    }
    for (std::size_t c = 0; c < m_.covariates.size(); ++c) {
      const CovariateChoice& choice = m_.covariates[c];
      const std::string path = item("covariates", c);
      names.push_back(choice.key);
      finite(path + ".coefficient", choice.coefficient);
      below(path + ".profile", static_cast<std::size_t>(choice.profile), profile_count);
      if (choice.ladders.bits == 0 || choice.ladders.bits >> ladder_count != 0) {
        report(path + ".ladders", text(choice.ladders.bits), "one or more of the three ladders");
      }
    }
    unique_names("terms and covariates", std::move(names));
  }

  // --- events --------------------------------------------------------------------------------

  void event(const std::string& path, const Event& e) {
    if (e.last_step < e.first_step) {
      report(path + ".last_step", text(e.last_step), text(e.first_step) + " or later");
    }
    if (e.duration == 0) report(path + ".duration", "0", "1 step or more");
    number(path + ".probability", e.probability, 0.0F, 1.0F);
    for (std::size_t c = 0; c < e.when.size(); ++c) {
      std::visit(
          [&](const auto& condition) { this->condition(item(path + ".when", c), condition); },
          e.when[c]);
    }
    changes(path, e.changes);
  }

  void bounds(const std::string& path, float low, float high) {
    if (!(low <= high)) report(path, text(low) + " to " + text(high), "a range that is not empty");
  }

  void actor_rung(const std::string& path, std::uint32_t authority, LadderRole ladder, Rung rung) {
    below(path + ".authority", authority, m_.authorities.size());
    if (below(path + ".ladder", index_of(ladder), ladder_count)) {
      below(path + ".rung", rung, m_.ladders[index_of(ladder)].size());
    }
  }

  void condition(const std::string& path, const CountCondition& c) {
    actor_rung(path, c.authority, c.ladder, c.rung);
    if (c.among.empty()) report(path + ".among", "no actor", "one or more");
    counted(path + ".among", c.among);
    if (!std::is_sorted(c.among.begin(), c.among.end())) {
      report(path + ".among", "actors out of order", "ascending");
    }
    bounds(path, c.at_least, c.at_most);
  }

  void condition(const std::string& path, const StateCondition& c) {
    below(path + ".authority", c.authority, m_.authorities.size());
    below(path + ".state", static_cast<std::size_t>(c.state), authority_state_count);
    bounds(path, c.at_least, c.at_most);
  }

  void condition(const std::string& path, const AuthorityRungCondition& c) {
    below(path + ".authority", c.authority, m_.authorities.size());
    if (below(path + ".ladder", c.ladder, 1 + m_.groups.size())) {
      below(path + ".at_least", c.at_least, c.ladder == 0 ? m_.rights.size() : m_.posture.size());
    }
    bounds(path, c.at_least, c.at_most);
  }

  void body(const std::string& path, const Body& b) {
    actor_rung(path, b.authority, b.ladder, b.rung);
    if (b.members.empty()) report(path + ".members", "none", "one or more");
    counted(path + ".members", b.members);
    counted(path + ".vetoes", b.vetoes);
    if (!b.vetoes.empty() && index_of(b.ladder) < ladder_count) {
      below(path + ".veto_rung", b.veto_rung, m_.ladders[index_of(b.ladder)].size());
    }
    number(path + ".threshold", b.threshold, 0.0F, 1.0F);
    number(path + ".reverse_below", b.reverse_below, 0.0F, 1.0F);
    if (b.reverse_below > b.threshold) {
      report(path + ".reverse_below", text(b.reverse_below), "the threshold or less");
    }
    changes(path, b.changes);
  }

  void changes(const std::string& path, const std::vector<Change>& list) {
    for (std::size_t c = 0; c < list.size(); ++c) change(item(path + ".changes", c), list[c]);
  }

  void change(const std::string& path, const Change& c) {
    const auto op = static_cast<unsigned>(c.op);
    const auto space = static_cast<unsigned>(c.space);
    if (op < 1 || op > 5) return report(path + ".op", text(op), "1 to 5");
    if (space < 1 || space > 8) return report(path + ".space", text(space), "1 to 8");
    if (c.op == EventOp::band && !is_rung_space(c.space)) {
      report(path + ".op", "band", "set, add, scale or hold; a band is for rungs");
    }
    if (c.op == EventOp::scale && is_rung_space(c.space)) {
      report(path + ".op", "scale", "set, add, hold or band; rungs are whole numbers");
    }
    finite(path + ".value", c.value);
    if (c.indices.empty()) report(path + ".indices", "none", "one or more");
    for (std::size_t x = 0; x < c.indices.size(); ++x) {
      if (x > 0 && c.indices[x] <= c.indices[x - 1]) {
        report(item(path + ".indices", x), text(c.indices[x]), "ascending, each once");
      }
      if (below(item(path + ".indices", x), c.indices[x], space_size(c.space))) {
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
    if (is_rung_space(c.space)) return rung_target(path, c, index);
    if (is_relation_space(c.space) && index / m_.actors.size() == index % m_.actors.size()) {
      report(path + ".indices", text(index) + " (an actor and itself)", "pairs of two actors");
    }
    if (c.op == EventOp::scale && c.value < 0.0F && c.space != Space::parameter) {
      report(path + ".value", text(c.value), "0 or more");
    }
    if (c.op != EventOp::set && c.op != EventOp::hold) return;
    const auto [min, max] = limits(c.space, index);
    number(path + ".value", c.value, min, max);
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
        return {0.0F, largest};
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
    if (c.op == EventOp::add) return whole(path + ".value", c.value, -1.0F * max_rungs, max_rungs);
    const float top = static_cast<float>(rungs) - 1.0F;
    whole(path + ".value", c.value, 0.0F, top);
    if (c.op == EventOp::band) {
      whole(path + ".high", c.high, 0.0F, top);
      bounds(path, c.value, c.high);
    }
  }

  [[nodiscard]] std::size_t rungs_at(Space space, std::uint64_t index) const {
    if (space == Space::rung) return m_.ladders[index / m_.actors.size() % ladder_count].size();
    return index % (1 + m_.groups.size()) == 0 ? m_.rights.size() : m_.posture.size();
  }

  void whole(const std::string& path, float value, float min, float max) {
    if (!number(path, value, min, max)) return;
    if (static_cast<float>(static_cast<int>(value)) != value) {
      report(path, text(value), "whole numbers; rungs are counted from 0");
    }
  }

  // --- the start -----------------------------------------------------------------------------

  void initial_state() {
    const std::size_t n = m_.actors.size();
    if (size("initial_rungs", m_.initial_rungs.size(), m_.authorities.size() * ladder_count * n)) {
      for (std::size_t x = 0; x < m_.initial_rungs.size(); ++x) {
        if (m_.initial_rungs[x] < rungs_at(Space::rung, x)) continue;
        below(item("initial_rungs", x), m_.initial_rungs[x], rungs_at(Space::rung, x));
      }
    }
    if (size("initial_salience", m_.initial_salience.size(), m_.groups.size() * n)) {
      for (std::size_t x = 0; x < m_.initial_salience.size(); ++x) {
        number(item("initial_salience", x), m_.initial_salience[x], 0.0F,
               m_.groups[x / n].salience_cap);
      }
    }
  }

  const Model& m_;
  std::vector<std::string> messages_;
};

}  // namespace

std::vector<std::string> violations(const Model& model) { return Inspector(model).inspect(); }

}  // namespace entente
