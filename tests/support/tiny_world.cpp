#include "tiny_world.hpp"

#include <string>
#include <utility>
#include <vector>

#include "entente/terms/registry.hpp"

namespace entente::test {
namespace {

constexpr std::size_t actor_count = 5;
constexpr std::uint32_t alf = 0, bra = 1, cha = 2, del = 3, ech = 4;
constexpr std::size_t bandits = 0, exiles = 1;
constexpr std::size_t mining = 0, transit = 1;

using Row = std::vector<float>;

Ladder ladder(std::string key, std::vector<std::string> rungs, std::vector<std::uint16_t> height) {
  Ladder l;
  l.key = std::move(key);
  l.rungs = std::move(rungs);
  l.height = std::move(height);
  for (auto* profile : {&l.baseline, &l.security, &l.economic, &l.exposure, &l.signal}) {
    profile->assign(l.size(), 0.0F);
  }
  return l;
}

Ladder engagement() {
  Ladder l = ladder("engagement", {"severed", "contact", "dialogue", "mission", "ambassador"},
                    {0, 60, 120, 180, 240});
  l.baseline = {0.0F, 0.2F, 0.1F, 0.0F, -0.2F};
  l.security = {0.0F, 0.45F, 0.65F, 0.85F, 1.0F};
  l.economic = {0.0F, 0.1F, 0.35F, 0.7F, 1.0F};
  l.exposure = {0.0F, 0.05F, 0.2F, 0.4F, 0.65F};
  l.signal = {0.0F, 0.0F, 0.1F, 0.3F, 0.6F};
  l.rate = 3.0F;
  l.up = 0.4F;
  l.down = 0.8F;
  return l;
}

Ladder recognition() {
  Ladder l = ladder("recognition", {"withheld", "recognised"}, {0, 240});
  l.baseline = {0.0F, -1.0F};
  l.economic = {0.0F, 0.15F};
  l.exposure = {0.0F, 1.0F};
  l.signal = {0.0F, 1.0F};
  l.recognises_from = 1;
  l.rate = 1.5F;
  l.up = 0.5F;
  l.down = 2.0F;
  return l;
}

Ladder coercion() {
  Ladder l = ladder("coercion", {"none", "pressure", "force"}, {0, 120, 240});
  l.baseline = {0.0F, -0.5F, -1.2F};
  l.rate = 2.5F;
  l.up = 0.6F;
  l.down = 0.2F;
  return l;
}

AuthorityLadder authority_ladder(std::string key, std::vector<std::string> rungs, Row value) {
  AuthorityLadder l;
  l.key = std::move(key);
  l.rungs = std::move(rungs);
  l.value = std::move(value);
  l.rate = 1.0F;
  l.up = 0.5F;
  l.down = 0.3F;
  return l;
}

std::vector<Actor> actors() {
  return {{"ALF", "Alfa", "North", 2, 0.15F},
          {"BRA", "Bravo", "South", 3, 0.1F},
          {"CHA", "Charlie", "North", 4, 0.2F},
          {"DEL", "Delta", "West", 9, 0.5F},
          {"ECH", "Echo", "West", 17, 0.05F}};
}

std::vector<Group> groups() {
  Group first;
  first.id = "bandits";
  first.name = "Bandits";
  first.reversion = 1.0F;
  first.volatility = 0.5F;
  first.halflife = 1.5F;
  first.salience_cap = 3.0F;
  first.effect = 0.6F;
  Group second = first;
  second.id = "exiles";
  second.name = "Exiles";
  second.halflife = 0.75F;
  second.initial_activity = 1.5F;
  return {first, second};
}

AuthorityDynamics dynamics() {
  AuthorityDynamics d;
  d.inducement = 1.0F;
  d.relief = 0.5F;
  d.doctrine = 1.2F;
  d.rally = 0.8F;
  d.posture_inducement = 1.0F;
  d.deterrence = 0.7F;
  d.posture_rally = 0.4F;
  d.hardliner_home = 0.6F;
  d.pull = 0.5F;
  d.harden = 0.4F;
  d.soften = 0.3F;
  d.hardliner_noise = 0.1F;
  d.relax = 0.5F;
  d.freeze = 0.4F;
  d.closure = 0.6F;
  d.dividend = 0.5F;
  d.control_home = 0.9F;
  d.recover = 1.0F;
  d.shake = 0.5F;
  d.incoherence = 0.5F;
  d.rights_salience_halflife = 0.5F;
  return d;
}

Authority authority(std::size_t k) {
  Authority a;
  a.id = "AU" + std::to_string(k + 1);
  a.name = "Authority " + std::to_string(k + 1);
  a.dynamics = dynamics();
  a.initial_rights = 1;
  a.initial_posture = {3, 0};
  a.initial_state = {0.6F, 0.3F, 0.9F, 0.2F};
  return a;
}

void set_row(ParameterTable& table, Param param, std::size_t row, const Row& values) {
  for (std::size_t x = 0; x < values.size(); ++x) table.at(param, row, x) = values[x];
}

void set_actors(ParameterTable& table) {
  set_row(table, Param::security_weight, 0, {1.5F, 1.0F, 0.8F, 0.6F, 0.5F});
  set_row(table, Param::economic_weight, 0, {0.8F, 1.2F, 1.0F, 0.5F, 0.7F});
  set_row(table, Param::rights_weight, 0, {0.2F, 0.4F, 0.1F, 1.5F, 1.0F});
  set_row(table, Param::alignment_weight, 0, {0.5F, 1.0F, 0.0F, 1.0F, 2.0F});
  set_row(table, Param::rights_sensitivity, 0, {0.1F, 0.3F, 0.05F, 0.9F, 0.8F});
  set_row(table, Param::attention, 0, {2.0F, 1.0F, 1.0F, 1.5F, 0.5F});
  set_row(table, Param::capability, 0, {0.6F, 0.4F, 0.9F, 1.0F, 0.0F});
  set_row(table, Param::dependence, 0, {0.3F, 0.5F, 0.1F, 0.0F, 0.8F});
  set_row(table, Param::trade, 0, {0.6F, 0.2F, 0.3F, 0.05F, 0.0F});
  set_row(table, Param::exposure, bandits, {0.3F, 0.8F, 0.6F, 0.2F, 0.0F});
  set_row(table, Param::exposure, exiles, {0.9F, 0.0F, 0.1F, 0.0F, 0.0F});
  set_row(table, Param::interest, mining, {0.2F, 0.4F, 0.9F, 0.1F, 0.0F});
  set_row(table, Param::interest, transit, {0.7F, 0.5F, 0.3F, 0.0F, 0.2F});
  set_row(table, Param::covariate, 0, {1.0F, 1.0F, 0.0F, 0.0F, 0.5F});
  set_row(table, Param::attack_rate, 0, {6.0F, 12.0F});
  set_row(table, Param::threat_floor, 0, {0.2F, 0.1F});
}

void set_authority(ParameterTable& table, std::size_t k) {
  set_row(table, Param::border, k, {1.0F, 0.5F, 0.2F, 0.0F, 0.0F});
  set_row(table, Param::need, k, {0.6F, 0.3F, 0.0F, 0.5F, 0.1F});
  set_row(table, Param::confrontation, k, {0.2F, 0.3F, 0.9F, 0.0F, 0.0F});
  set_row(table, Param::offer, k, {0.6F, 0.8F});
  table.at(Param::sanctions, k, 0) = 0.7F;
  table.at(Param::opposition, k, 0) = 0.6F;
  table.at(Param::mediation, k, 0) = 0.1F;
  table.at(Param::frozen, k, 0) = 0.5F;
  set_row(table, Param::kinship, k, {-0.5F, 1.2F});
  set_row(table, Param::enmity, k, {1.5F, 0.0F});
}

Relation alignment() {
  // CHA looks at nobody.
  return Relation::normalised(actor_count, std::vector<double>{0, 1, 3, 1, 0,  //
                                                               2, 0, 1, 2, 1,  //
                                                               0, 0, 0, 0, 0,  //
                                                               1, 1, 0, 0, 5,  //
                                                               0, 0, 0, 1, 0});
}

Relation rivalry() {
  // ECH has no rivals.
  return Relation::scaled(actor_count, std::vector<double>{0,   0.9, 0,   0,   0,  //
                                                           0.9, 0,   0.1, 0,   0,  //
                                                           0,   0.2, 0,   0.8, 0,  //
                                                           0,   0,   0.8, 0,   0,  //
                                                           0,   0,   0,   0,   0});
}

Change change(EventOp op, Space space, std::vector<std::uint64_t> indices, float value,
              float high = 0.0F) {
  return {op, space, std::move(indices), value, high};
}

Event event(std::string id, std::uint32_t first_step, std::vector<Change> changes) {
  Event e;
  e.id = std::move(id);
  e.note = "made up";
  e.first_step = first_step;
  e.changes = std::move(changes);
  return e;
}

std::vector<Event> events(const Model& m) {
  const auto rung = [&](LadderRole role, std::uint32_t actor) -> std::uint64_t {
    return m.rung_index(0, role, actor);
  };
  const ParameterTable& table = m.parameters;

  Event attack = event("attack", 3,
                       {change(EventOp::add, Space::salience, {bandits * actor_count + cha}, 2.0F),
                        change(EventOp::scale, Space::activity, {bandits}, 1.5F)});
  attack.probability = 0.5F;

  Event ban = event("ban", 4,
                    {change(EventOp::add, Space::authority_state, {3}, 0.8F),
                     change(EventOp::set, Space::authority_rung, {0}, 0.0F)});

  Event talks = event(
      "talks", 6,
      {change(EventOp::hold, Space::parameter, {table.slot(Param::mediation, 0, 0)}, 0.9F),
       change(
           EventOp::scale, Space::parameter,
           {table.slot(Param::security_weight, 0, alf), table.slot(Param::security_weight, 0, bra)},
           0.5F)});
  talks.duration = 4;

  Event pact = event(
      "pact", 8,
      {change(EventOp::set, Space::alignment, {std::uint64_t{ech} * actor_count + bra}, 0.5F),
       change(EventOp::add, Space::rivalry, {std::uint64_t{alf} * actor_count + bra}, -0.6F)});
  pact.duration = 6;

  Event common_position = event(
      "common-position", 5,
      {change(EventOp::band, Space::rung,
              {rung(LadderRole::engagement, del), rung(LadderRole::engagement, ech)}, 1.0F, 2.0F)});
  common_position.duration = 10;

  Event first_mover =
      event("first-mover", 12,
            {change(EventOp::set, Space::rung, {rung(LadderRole::recognition, cha)}, 1.0F)});
  first_mover.when = {StateCondition{0, AuthorityState::control, 0.5F, 1.0F}};

  Event landslide =
      event("landslide", 2,
            {change(EventOp::add, Space::parameter, {table.slot(Param::opposition, 0, 0)}, -0.4F)});
  landslide.when = {
      CountCondition{0, LadderRole::recognition, 1, {alf, bra, cha, ech}, false, 2.0F},
      AuthorityRungCondition{0, 1, 1}};

  return {attack, ban, talks, pact, common_position, first_mover, landslide};
}

Body assembly(const Model& m) {
  Body body;
  body.id = "assembly";
  body.rung = 1;
  body.members = {alf, bra, cha, del, ech};
  body.threshold = 0.6F;
  body.reverse_below = 0.4F;
  body.vetoes = {del};
  body.veto_rung = 0;
  body.changes = {
      change(EventOp::add, Space::parameter, {m.parameters.slot(Param::standing, 0, 0)}, 0.3F)};
  return body;
}

std::vector<TermChoice> all_terms() {
  std::vector<TermChoice> terms;
  for (const auto& info : builtin_terms().terms) {
    TermChoice choice{std::string(info.key), {}};
    for (const auto& field : info.fields) choice.values.push_back(field.fallback);
    terms.push_back(std::move(choice));
  }
  return terms;
}

void set_initial_state(Model& m) {
  const std::size_t per_authority = ladder_count * actor_count;
  m.initial_rungs.assign(m.authorities.size() * per_authority, 0);
  const Rung first[per_authority] = {3, 1, 2, 0, 1,  // engagement
                                     0, 0, 0, 0, 0,  // recognition
                                     1, 0, 0, 1, 0};
  for (std::size_t x = 0; x < per_authority; ++x) m.initial_rungs[x] = first[x];
  if (m.authorities.size() > 1) {
    m.initial_rungs[m.rung_index(1, LadderRole::engagement, del)] = 4;
    m.initial_rungs[m.rung_index(1, LadderRole::recognition, del)] = 1;
  }
  m.initial_salience.assign(m.groups.size() * actor_count, 0.0F);
  m.initial_salience[bandits * actor_count + bra] = 0.5F;
  m.initial_salience[exiles * actor_count + alf] = 1.0F;
}

}  // namespace

Model tiny_world(std::size_t authorities) {
  Model m;
  m.title = "Tiny world";
  m.seed = 7;
  m.calendar = Calendar(*parse_date("2021-08"), *parse_date("2023-07"), StepUnit::month);
  m.actors = actors();
  for (std::size_t k = 0; k < authorities; ++k) m.authorities.push_back(authority(k));
  m.groups = groups();
  m.sectors = {"mining", "transit"};
  m.ladders = {engagement(), recognition(), coercion()};
  m.rights = authority_ladder("rights", {"repressive", "restrictive", "conditional", "open"},
                              {0.0F, 0.33F, 0.67F, 1.0F});
  m.posture = authority_ladder("posture", {"shelters", "tolerates", "restrains", "fights"},
                               {-1.0F, -0.3F, 0.4F, 1.0F});
  m.covariates = {{"shared_religion",
                   0.4F,
                   Profile::economic,
                   {LadderRole::engagement, LadderRole::recognition}}};
  m.parameters = ParameterTable(m.extents());
  set_actors(m.parameters);
  for (std::size_t k = 0; k < authorities; ++k) set_authority(m.parameters, k);
  Series sanctions{{m.parameters.slot(Param::sanctions, 0, 0)}, {}};
  for (std::uint32_t t = 0; t < m.calendar.steps(); ++t) {
    sanctions.values.push_back(t < 6 ? 0.8F : 0.5F);
  }
  m.series = {std::move(sanctions)};
  m.alignment = alignment();
  m.rivalry = rivalry();
  m.rivalry_presence = 0.3F;
  m.terms = all_terms();
  m.events = events(m);
  m.bodies = {assembly(m)};
  set_initial_state(m);
  return m;
}

}  // namespace entente::test
