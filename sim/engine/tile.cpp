#include "engine/tile.hpp"

#include <algorithm>

#include "core/math.hpp"

namespace entente::detail {
namespace {

template <class To, class From>
void broadcast(std::vector<To>& rows, const From& values, std::size_t lanes) {
  auto out = rows.begin();
  for (const auto value : values) out = std::fill_n(out, lanes, static_cast<To>(value));
}

}  // namespace

Fixed::Fixed(const CompiledModel& m) {
  std::size_t rungs = 0;
  for (const auto& ladder : m.ladders) rungs += ladder.rungs;
  for (auto* rows : {&up, &down}) {
    rows->resize(m.authorities * rungs * m.actors + max_rungs);  // look_up reads beyond
  }
  opportunity.resize(ladder_count * m.actors);
  limit.resize(ladder_count * m.actors);
  alignment_weight.resize(m.actors);
  potential.resize(m.fixed_potential ? m.authorities * m.actors : 0);
}

std::size_t Fixed::bytes() const {
  return sizeof(float) * (up.size() + down.size() + opportunity.size() + limit.size() +
                          alignment_weight.size() + potential.size());
}

Tile::Tile(const CompiledModel& m, std::size_t lane_count)
    : lanes(lane_count), actors(m.actors), authority_ladders(m.authority_ladders), sums(m.sums) {
  const std::size_t k = m.authorities;
  for (std::size_t d = 0; d < ladder_count; ++d) {
    ladder_start[d + 1] = ladder_start[d] + m.ladders[d].rungs;
  }
  addends.resize(m.addends);
  replicate.resize(lanes);
  rungs.resize(k * ladder_count * actors * lanes);
  next_rungs.resize(rungs.size());
  authority_rungs.resize(k * authority_ladders * lanes);
  next_authority_rungs.resize(authority_rungs.size());
  authority_states.resize(k * authority_state_count * lanes);
  log_activity.resize(m.groups * lanes);
  activity.resize(m.groups * lanes);
  salience.resize(m.groups * actors * lanes);
  body_yes.resize(m.model.bodies.size() * lanes);
  moved.resize(actors);
  peers.resize(m.initial_peers.size() * lanes);
  recognising.resize(k * lanes);
  alignment_edges.resize(m.touched_alignment.size() * lanes);
  rivalry_edges.resize(m.touched_rivalry.size() * lanes);
  if (!m.touched_alignment.empty()) alignment_shift.resize(actors * lanes);
  if (!m.touched_rivalry.empty()) rivalry_shift.resize(actors * lanes);
  fired.resize(m.activity_rows * lanes);
  active_rows.resize(m.activity_rows * lanes);
  turned.resize(m.activity_rows);
  touched.resize(m.touched.size() * lanes);
  world_sums.resize(k * sums * lanes);
}

void Tile::reset(const CompiledModel& m, std::size_t first, std::size_t active_lanes) {
  const Model& model = m.model;
  first_replicate = first;
  active = active_lanes;
  for (std::size_t l = 0; l < lanes; ++l) replicate[l] = static_cast<std::uint32_t>(first + l);

  broadcast(rungs, model.initial_rungs, lanes);
  std::vector<Rung> authority_start;
  std::vector<float> state_start;
  for (const auto& authority : model.authorities) {
    authority_start.push_back(authority.initial_rights);
    authority_start.insert(authority_start.end(), authority.initial_posture.begin(),
                           authority.initial_posture.end());
    state_start.insert(state_start.end(), authority.initial_state.begin(),
                       authority.initial_state.end());
  }
  broadcast(authority_rungs, authority_start, lanes);
  broadcast(authority_states, state_start, lanes);
  std::vector<float> log_start;
  std::vector<float> activity_start;
  for (const auto& group : m.compiled_groups) {
    log_start.push_back(group.initial_log);
    activity_start.push_back(math::exp(group.initial_log));
  }
  broadcast(log_activity, log_start, lanes);
  broadcast(activity, activity_start, lanes);
  broadcast(salience, model.initial_salience, lanes);
  std::vector<std::uint8_t> yes;
  yes.reserve(model.bodies.size());
  for (const auto& body : model.bodies) yes.push_back(body.initially ? 1 : 0);
  broadcast(body_yes, yes, lanes);

  broadcast(peers, m.initial_peers, lanes);
  std::vector<std::int32_t> recognised(m.authorities, 0);
  const auto recognition = index_of(LadderRole::recognition);
  for (std::size_t k = 0; k < m.authorities; ++k) {
    for (std::size_t i = 0; i < actors; ++i) {
      const Rung rung = model.initial_rungs[model.rung_index(k, LadderRole::recognition, i)];
      recognised[k] += m.ladders[recognition].recognises[rung] * m.importance_fixed[i];
    }
  }
  broadcast(recognising, recognised, lanes);
  const auto bases = [](const std::vector<TouchedEdge>& edges) {
    std::vector<std::int32_t> values;
    values.reserve(edges.size());
    for (const auto& edge : edges) values.push_back(edge.base);
    return values;
  };
  broadcast(alignment_edges, bases(m.touched_alignment), lanes);
  broadcast(rivalry_edges, bases(m.touched_rivalry), lanes);
  std::fill(alignment_shift.begin(), alignment_shift.end(), 0);
  std::fill(rivalry_shift.begin(), rivalry_shift.end(), 0);

  std::fill(fired.begin(), fired.end(), -1);
  std::fill(active_rows.begin(), active_rows.end(), std::uint8_t{0});
  first_step = true;
  std::fill(world_sums.begin(), world_sums.end(), 0);
  parameters.assign(model.parameters.all().begin(), model.parameters.all().end());
  std::vector<float> touched_start;
  touched_start.reserve(m.touched.size());
  for (const auto& slot : m.touched) touched_start.push_back(parameters[slot.slot]);
  broadcast(touched, touched_start, lanes);
  pins.clear();
  authority_pins.clear();
}

}  // namespace entente::detail
