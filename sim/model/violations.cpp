#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entente/model/model.hpp"
#include "model/event_violations.hpp"
#include "model/findings.hpp"

namespace entente {
namespace {

using detail::Findings;
using detail::inspect_events;
using detail::item;
using detail::largest_float;
using detail::state_max;
using detail::text;

// Sums over actors are 32-bit integers: 256 in units of 2^-15, times a height of 240, stays below
// 2^31; so does the importance-weighted sum of what up to 30 sectors give, in units of 2^-26.
constexpr std::int64_t largest_row_sum = 256;
constexpr std::size_t largest_sector_count = 30;
// The address of a draw has 12 bits for the authority and 16 for the group.
constexpr std::size_t largest_authority_count = 4096;
constexpr std::size_t largest_group_count = 65536;

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
    findings_.number("rivalry_presence", m_.rivalry_presence, 0.0F, largest_float);
    findings_.positive("temperature", m_.temperature);
    terms();
    inspect_events(m_, findings_);
    touched_rows("alignment", Space::alignment, m_.alignment);
    touched_rows("rivalry", Space::rivalry, m_.rivalry);
    initial_state();
    return findings_.take();
  }

 private:
  // --- who there is --------------------------------------------------------------------------

  void entities() {
    if (m_.actors.empty()) findings_.report("actors", "none", "one or more");
    if (m_.authorities.empty()) findings_.report("authorities", "none", "one or more");
    at_most("authorities", m_.authorities.size(), largest_authority_count);
    at_most("groups", m_.groups.size(), largest_group_count);
    at_most("sectors", m_.sectors.size(), largest_sector_count);
    findings_.unique_ids("actors", m_.actors);
    importance();
    findings_.unique_ids("authorities", m_.authorities);
    for (std::size_t k = 0; k < m_.authorities.size(); ++k) {
      authority(item("authorities", k), m_.authorities[k]);
    }
    findings_.unique_ids("groups", m_.groups);
    for (std::size_t g = 0; g < m_.groups.size(); ++g) group(item("groups", g), m_.groups[g]);
    findings_.unique_names("sectors", {m_.sectors.begin(), m_.sectors.end()});
  }

  void at_most(const std::string& path, std::size_t count, std::size_t most) {
    if (count > most) findings_.report(path, text(count), text(most) + " or fewer");
  }

  void importance() {
    std::vector<std::uint32_t> entities;
    double sum = 0.0;
    for (std::size_t i = 0; i < m_.actors.size(); ++i) {
      findings_.number(item("actors", i) + ".importance", m_.actors[i].importance, 0.0F, 1.0F);
      sum += static_cast<double>(m_.actors[i].importance);
      entities.push_back(m_.actors[i].entity);
    }
    if (!m_.actors.empty() && !(sum > 0.999 && sum < 1.001)) {
      findings_.report("actors", "importance that sums to " + text(static_cast<float>(sum)), "1");
    }
    findings_.unique_numbers("actors", "entity", std::move(entities));
  }

  void group(const std::string& path, const Group& g) {
    findings_.below(path + ".host", g.host, m_.authorities.size());
    findings_.number(path + ".reversion", g.reversion, 0.0F, largest_float);
    slower_than_steps(path + ".reversion", g.reversion);
    findings_.number(path + ".volatility", g.volatility, 0.0F, largest_float);
    findings_.positive(path + ".halflife", g.halflife);
    findings_.number(path + ".salience_cap", g.salience_cap, 0.0F, largest_float);
    findings_.number(path + ".effect", g.effect, 0.0F, 1.0F);
    findings_.positive(path + ".initial_activity", g.initial_activity);
  }

  // States revert by explicit steps, which only slow reversion keeps from overshooting.
  void slower_than_steps(const std::string& path, float rate) {
    if (rate * static_cast<float>(m_.calendar.dt()) > 1.0001F) {
      findings_.report(path, text(rate),
                       "at most 1 per step; more overshoots the mean, so take shorter steps");
    }
  }

  void authority(const std::string& path, const Authority& a) {
    dynamics(path + ".dynamics.", a.dynamics);
    findings_.below(path + ".initial_rights", a.initial_rights, m_.rights.size());
    if (findings_.size(path + ".initial_posture", a.initial_posture.size(), m_.groups.size())) {
      for (std::size_t g = 0; g < m_.groups.size(); ++g) {
        findings_.below(item(path + ".initial_posture", g), a.initial_posture[g],
                        m_.posture.size());
      }
    }
    for (std::size_t s = 0; s < authority_state_count; ++s) {
      findings_.number(item(path + ".initial_state", s), a.initial_state[s], 0.0F, state_max(s));
    }
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
    for (const auto& [name, value] : any) findings_.finite(path + name, value);
    slower_than_steps(path + "pull", d.pull);
    slower_than_steps(path + "relax", d.relax);
    slower_than_steps(path + "recover", d.recover);
    findings_.number(path + "hardliner_home", d.hardliner_home, 0.0F, 1.0F);
    findings_.number(path + "control_home", d.control_home, 0.0F, 1.0F);
    findings_.number(path + "incoherence", d.incoherence, 0.0F, 1.0F);
    findings_.positive(path + "rights_salience_halflife", d.rights_salience_halflife);
    findings_.positive(path + "temperature", d.temperature);
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
      findings_.report(path + ".rungs", text(count) + " rungs", "1 to " + text(max_rungs));
    }
  }

  void moves(const std::string& path, float rate, float up, float down) {
    findings_.number(path + ".rate", rate, 0.0F, largest_float);
    findings_.finite(path + ".up", up);
    findings_.finite(path + ".down", down);
  }

  void ladder(const std::string& path, const Ladder& l) {
    rung_count(path, l.size());
    if (findings_.size(path + ".height", l.height.size(), l.size())) heights(path, l);
    const std::pair<const char*, const std::vector<float>*> profiles[] = {
        {".baseline", &l.baseline},
        {".security", &l.security},
        {".economic", &l.economic},
        {".exposure", &l.exposure},
        {".signal", &l.signal}};
    for (const auto& [name, values] : profiles) {
      findings_.size(path + name, values->size(), l.size());
      for (std::size_t r = 0; r < values->size(); ++r) {
        findings_.finite(item(path + name, r), (*values)[r]);
      }
    }
    if (l.recognises_from != max_rungs) {
      findings_.below(path + ".recognises_from", l.recognises_from, l.size());
    }
    moves(path, l.rate, l.up, l.down);
  }

  void heights(const std::string& path, const Ladder& l) {
    for (std::size_t r = 0; r < l.size(); ++r) {
      findings_.below(item(path + ".height", r), l.height[r], std::uint64_t{height_unit} + 1);
    }
    if (!std::is_sorted(l.height.begin(), l.height.end())) {
      findings_.report(path + ".height", "a rung below the one before it", "ascending heights");
    }
  }

  void authority_ladder(const std::string& path, const AuthorityLadder& l, float min) {
    rung_count(path, l.size());
    findings_.size(path + ".value", l.value.size(), l.size());
    for (std::size_t r = 0; r < l.value.size(); ++r) {
      findings_.number(item(path + ".value", r), l.value[r], min, 1.0F);
    }
    moves(path, l.rate, l.up, l.down);
  }

  // --- numbers -------------------------------------------------------------------------------

  void parameters() {
    const Extents wanted = m_.extents();
    const Extents& found = m_.parameters.extents();
    const std::size_t before = findings_.count();
    findings_.size("parameters.actors", found.actors, wanted.actors);
    findings_.size("parameters.authorities", found.authorities, wanted.authorities);
    findings_.size("parameters.groups", found.groups, wanted.groups);
    findings_.size("parameters.sectors", found.sectors, wanted.sectors);
    findings_.size("parameters.covariates", found.covariates, wanted.covariates);
    if (findings_.count() != before) return;
    for (const auto& row : parameter_infos()) {
      const auto values = m_.parameters.values(row.param);
      for (std::size_t x = 0; x < values.size(); ++x) {
        if (values[x] >= row.min && values[x] <= row.max) continue;
        findings_.number(item("parameters." + std::string(row.key), x), values[x], row.min,
                         row.max);
      }
    }
  }

  void series() {
    for (std::size_t s = 0; s < m_.series.size(); ++s) {
      const Series& one = m_.series[s];
      const std::string path = item("series", s);
      findings_.size(path + ".values", one.values.size(), m_.calendar.steps());
      for (const auto slot : one.slots) {
        if (!findings_.below(path + ".slots", slot, m_.parameters.all().size())) break;
        const ParamInfo& limits = info(m_.parameters.param_of(slot));
        const std::size_t before = findings_.count();
        for (std::size_t t = 0; t < one.values.size(); ++t) {
          const float value = one.values[t];
          if (value >= limits.min && value <= limits.max) continue;  // names cost more than checks
          findings_.number(item(path + ".values", t), value, limits.min, limits.max);
        }
        if (findings_.count() != before) break;  // the next slot would say the same
      }
    }
  }

  void relations() {
    const std::size_t n = m_.actors.size();
    if (findings_.size("alignment", m_.alignment.actors(), n)) {
      for (std::size_t i = 0; i < n; ++i) {
        const std::int32_t sum = m_.alignment.row_sum(i);
        if (sum != 0 && sum != relation_unit) {
          findings_.report(item("alignment", i),
                           "a row that sums to " + text(static_cast<float>(sum) / 32768.0F),
                           "1 or 0");
        }
      }
    }
    if (findings_.size("rivalry", m_.rivalry.actors(), n)) entries("rivalry", m_.rivalry);
  }

  void entries(const std::string& path, const Relation& relation) {
    for (std::size_t j = 0; j < relation.actors(); ++j) {
      for (const auto& entry : relation.column(j)) {
        if (entry.weight <= relation_unit) continue;
        findings_.report(item(item(path, entry.row), j),
                         text(static_cast<float>(entry.weight) / 32768.0F), "0 to 1");
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
        findings_.report(item(path, i),
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
        findings_.finite(item(item("terms", x) + ".values", f), m_.terms[x].values[f]);
      }
    }
    for (std::size_t c = 0; c < m_.covariates.size(); ++c) {
      const CovariateChoice& choice = m_.covariates[c];
      const std::string path = item("covariates", c);
      names.push_back(choice.key);
      findings_.finite(path + ".coefficient", choice.coefficient);
      // The two profiles of direction, which come last, are switching's.
      findings_.below(path + ".profile", static_cast<std::size_t>(choice.profile),
                      static_cast<std::size_t>(Profile::moving_up));
      if (choice.ladders.bits == 0 || choice.ladders.bits >> ladder_count != 0) {
        findings_.report(path + ".ladders", text(choice.ladders.bits),
                         "one or more of the three ladders");
      }
    }
    findings_.unique_names("terms and covariates", std::move(names));
  }

  // --- the start -----------------------------------------------------------------------------

  // Number of rungs on the ladder of an entry of initial_rungs.
  [[nodiscard]] std::size_t rungs_of(std::size_t index) const {
    return m_.ladders[index / m_.actors.size() % ladder_count].size();
  }

  void initial_state() {
    const std::size_t n = m_.actors.size();
    if (findings_.size("initial_rungs", m_.initial_rungs.size(),
                       m_.authorities.size() * ladder_count * n)) {
      for (std::size_t x = 0; x < m_.initial_rungs.size(); ++x) {
        if (m_.initial_rungs[x] < rungs_of(x)) continue;
        findings_.below(item("initial_rungs", x), m_.initial_rungs[x], rungs_of(x));
      }
    }
    if (findings_.size("initial_salience", m_.initial_salience.size(), m_.groups.size() * n)) {
      for (std::size_t x = 0; x < m_.initial_salience.size(); ++x) {
        const float value = m_.initial_salience[x];
        const float cap = m_.groups[x / n].salience_cap;
        if (value >= 0.0F && value <= cap) continue;
        findings_.number(item("initial_salience", x), value, 0.0F, cap);
      }
    }
  }

  const Model& m_;
  Findings findings_;
};

}  // namespace

std::vector<std::string> violations(const Model& model) { return Inspector(model).inspect(); }

}  // namespace entente
