#include "engine/compiled.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/math.hpp"

namespace entente::detail {
namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

CompiledLadder compile_ladder(const Ladder& ladder, float dt) {
  CompiledLadder out;
  out.rungs = ladder.size();
  out.rate_dt = ladder.rate * dt;
  for (std::size_t r = 0; r < ladder.size(); ++r) {
    out.height[r] = static_cast<float>(ladder.height[r]) / static_cast<float>(height_unit);
    out.recognises[r] = r >= ladder.recognises_from ? 1 : 0;
  }
  for (std::size_t p = 0; p < profile_count; ++p) {
    const auto profile = static_cast<Profile>(p);
    auto& steps = out.steps[p];
    for (std::size_t r = 0; r < ladder.size(); ++r) {
      const float own = ladder.value(profile, static_cast<Rung>(r));
      if (r + 1 < ladder.size())
        steps.up[r] = ladder.value(profile, static_cast<Rung>(r + 1)) - own;
      if (r > 0) steps.down[r] = ladder.value(profile, static_cast<Rung>(r - 1)) - own;
    }
  }
  // Switching costs: the two direction profiles carry the ladder's own scale.
  for (std::size_t r = 0; r < ladder.size(); ++r) {
    if (r + 1 < ladder.size()) {
      out.steps[static_cast<std::size_t>(Profile::moving_up)].up[r] = ladder.up;
    }
    if (r > 0) out.steps[static_cast<std::size_t>(Profile::moving_down)].down[r] = ladder.down;
  }
  return out;
}

/// A profile that is the same on every rung moves no choice.
bool is_flat(const ProfileSteps& steps) {
  const auto zero = [](float step) { return step == 0.0F; };
  return std::all_of(steps.up.begin(), steps.up.end(), zero) &&
         std::all_of(steps.down.begin(), steps.down.end(), zero);
}

std::vector<std::string> names_of_drivers(const Model& model) {
  std::vector<std::string> names;
  for (std::size_t row = 0; row < recorded_driver_count; ++row) {
    const auto driver = static_cast<Driver>(row);
    const std::string name(to_string(driver));
    if (driver == Driver::alignment || driver == Driver::rival_claims) {
      for (const auto& ladder : model.ladders) names.push_back(name + "." + ladder.key);
    } else {
      names.push_back(name);
    }
  }
  return names;
}

/// Visits every change of events and bodies with its row in the activity table.
template <class Visit>
void for_changes(const Model& model, const Visit& visit) {
  std::uint32_t row = 0;
  for (const auto& event : model.events) {
    for (const auto& change : event.changes) visit(row, change);
    ++row;
  }
  for (const auto& body : model.bodies) {
    for (const auto& change : body.changes) visit(row, change);
    ++row;
  }
}

std::vector<TouchedSlot> touched_slots(const Model& model) {
  std::vector<std::pair<std::size_t, ActiveChange>> found;
  for_changes(model, [&](std::uint32_t row, const Change& change) {
    if (change.space != Space::parameter) return;
    for (const auto index : change.indices) {
      found.push_back({static_cast<std::size_t>(index), {row, change.op, change.value}});
    }
  });
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<TouchedSlot> slots;
  for (const auto& [slot, change] : found) {
    if (slots.empty() || slots.back().slot != slot) {
      const auto& limits = info(model.parameters.param_of(slot));
      slots.push_back({slot, limits.min, limits.max, {}});
    }
    slots.back().changes.push_back(change);
  }
  return slots;
}

std::vector<TouchedEdge> touched_edges(const Model& model, Space space, const Relation& relation) {
  std::vector<std::pair<std::uint64_t, ActiveChange>> found;
  for_changes(model, [&](std::uint32_t row, const Change& change) {
    if (change.space != space) return;
    for (const auto index : change.indices)
      found.push_back({index, {row, change.op, change.value}});
  });
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<TouchedEdge> edges;
  const std::uint64_t n = model.actors.size();
  for (const auto& [index, change] : found) {
    const auto row = static_cast<std::uint32_t>(index / n);
    const auto column = static_cast<std::uint32_t>(index % n);
    if (edges.empty() || edges.back().row != row || edges.back().column != column) {
      edges.push_back({row, column, relation.weight(row, column), {}});
    }
    edges.back().changes.push_back(change);
  }
  return edges;
}

}  // namespace

bool is_continuous(Space space) {
  return space == Space::authority_state || space == Space::activity || space == Space::salience;
}

LadderRole peer_ladder(PeerField field) {
  switch (field) {
    case PeerField::alignment_engagement:
    case PeerField::rival_engagement:
      return LadderRole::engagement;
    case PeerField::alignment_recognition:
    case PeerField::cover:
      return LadderRole::recognition;
    case PeerField::alignment_coercion:
    case PeerField::rival_coercion:
      break;
  }
  return LadderRole::coercion;
}

CompiledModel::CompiledModel(Model source, const TermRegistry& registry)
    : model(std::move(source)) {
  if (const auto faults = violations(model); !faults.empty()) {
    throw std::invalid_argument(joined(faults));
  }
  actors = model.actors.size();
  authorities = model.authorities.size();
  groups = model.groups.size();
  authority_ladders = 1 + groups;
  const double years = model.calendar.dt();
  dt = static_cast<float>(years);
  inverse_temperature = 1.0F / model.temperature;
  driver_names = names_of_drivers(model);
  for (const auto role : all_ladders) {
    ladders[index_of(role)] = compile_ladder(model.ladders[index_of(role)], dt);
  }
  for (const auto& group : model.groups) {
    compiled_groups.push_back({1.0F - group.reversion * dt,
                               group.volatility * static_cast<float>(math::sqrt(years)),
                               static_cast<float>(math::log(group.initial_activity)),
                               static_cast<float>(math::decay(years, group.halflife))});
  }
  add_terms(registry);
  find_needs();
  lay_out_draws();
  find_touched();
  find_exposed();
  sum_initial_peers();
}

void CompiledModel::add_terms(const TermRegistry& registry) {
  for (const auto& choice : model.terms) {
    const auto* term = registry.find(choice.key);
    if (term == nullptr || choice.values.size() != term->fields.size()) {
      throw std::invalid_argument("term '" + choice.key + "' is not in the registry as given");
    }
    add_term(term->make(choice.values), choice.key, term->reads);
  }
  for (std::size_t c = 0; c < model.covariates.size(); ++c) {
    add_term(registry.covariate(model.covariates[c], c), model.covariates[c].key, {});
  }
}

void CompiledModel::add_term(std::unique_ptr<Term> term, std::string name,
                             const std::vector<Driver>& reads) {
  const auto index = static_cast<std::uint32_t>(terms.size());
  bool acts = false;
  const auto channels = term->channels();
  for (const auto role : all_ladders) {
    auto& ladder = ladders[index_of(role)];
    for (std::uint32_t c = 0; c < channels.size(); ++c) {
      const auto profile = channels[c].profile;
      if (!channels[c].ladders.contains(role)) continue;
      if (is_flat(ladder.steps[static_cast<std::size_t>(profile)])) continue;
      ladder.channels.push_back({index, c, profile});
      acts = true;
    }
  }
  if (acts) {
    for (const auto driver : reads) needed[static_cast<std::size_t>(driver)] = true;
  }
  terms.push_back(std::move(term));
  term_names.push_back(std::move(name));
}

void CompiledModel::find_needs() {
  for (const auto& authority : model.authorities) {
    if (authority.dynamics.dividend != 0.0F) {
      needed[static_cast<std::size_t>(Driver::economic)] = true;
    }
  }
  if (needs(Driver::grievance)) needed[static_cast<std::size_t>(Driver::security)] = true;
  for (std::size_t field = 0; field < 3; ++field) peers[field] = needs(Driver::alignment);
  peers[static_cast<std::size_t>(PeerField::cover)] = needs(Driver::cover);
  peers[static_cast<std::size_t>(PeerField::rival_coercion)] = needs(Driver::rivalry);
  peers[static_cast<std::size_t>(PeerField::rival_engagement)] =
      needs(Driver::rivalry) && model.rivalry_presence != 0.0F;
}

void CompiledModel::lay_out_draws() {
  for (std::uint32_t i = 0; i < actors; ++i) {
    const std::uint32_t entity = model.actors[i].entity;
    draw_word.push_back(entity % 4);
    if (draw_groups.empty() || draw_groups.back().quarter != entity / 4 ||
        draw_groups.back().count == 4) {
      draw_groups.push_back({entity / 4, i, 0});
    }
    ++draw_groups.back().count;
    importance.push_back(model.actors[i].importance);
    importance_fixed.push_back(
        static_cast<std::int32_t>(model.actors[i].importance * importance_unit));
  }
}

void CompiledModel::find_touched() {
  touched = touched_slots(model);
  touched_row.assign(model.parameters.all().size(), -1);
  for (std::size_t row = 0; row < touched.size(); ++row) {
    touched_row[touched[row].slot] = static_cast<std::int32_t>(row);
  }
  touched_alignment = touched_edges(model, Space::alignment, model.alignment);
  touched_rivalry = touched_edges(model, Space::rivalry, model.rivalry);
  activity_rows = model.events.size() + model.bodies.size();
  for_changes(model, [&](std::uint32_t, const Change& change) {
    holds_states = holds_states || (change.op == EventOp::hold && is_continuous(change.space));
  });
}

void CompiledModel::find_exposed() {
  for (std::size_t g = 0; g < groups; ++g) {
    for (std::size_t i = 0; i < actors; ++i) {
      const auto slot = model.parameters.slot(Param::exposure, g, i);
      bool possible = model.parameters.all()[slot] > 0.0F || touched_row[slot] >= 0;
      for (const auto& series : model.series) {
        possible = possible ||
                   std::find(series.slots.begin(), series.slots.end(), slot) != series.slots.end();
      }
      exposed.push_back(possible ? 1 : 0);
    }
  }
}

void CompiledModel::sum_initial_peers() {
  for (std::size_t f = 0; f < peer_field_count; ++f) {
    const auto field = static_cast<PeerField>(f);
    const auto ladder = index_of(peer_ladder(field));
    for (std::size_t r = 0; r < ladders[ladder].rungs; ++r) {
      peer_values[f][r] = field == PeerField::cover ? ladders[ladder].recognises[r]
                                                    : model.ladders[ladder].height[r];
    }
  }
  initial_peers.assign(authorities * peer_field_count * actors, 0);
  for (std::size_t k = 0; k < authorities; ++k) {
    for (std::size_t f = 0; f < peer_field_count; ++f) {
      if (!peers[f]) continue;
      const auto field = static_cast<PeerField>(f);
      const auto& relation = f < 4 ? model.alignment : model.rivalry;
      for (std::size_t j = 0; j < actors; ++j) {
        const Rung rung = model.initial_rungs[model.rung_index(k, peer_ladder(field), j)];
        const std::int32_t value = peer_values[f][rung];
        for (const auto& entry : relation.column(j)) {
          initial_peers[peer_row(k, field, entry.row)] += entry.weight * value;
        }
      }
    }
  }
}

std::vector<ActorBlock> CompiledModel::blocks(std::size_t lanes) const {
  constexpr std::size_t elements = 256;
  const std::size_t target = std::max<std::size_t>(4, elements / lanes);
  std::vector<ActorBlock> out;
  for (std::uint32_t g = 0; g < draw_groups.size(); ++g) {
    if (out.empty() || out.back().count + draw_groups[g].count > target) {
      out.push_back({draw_groups[g].first, 0, g, 0});
    }
    out.back().count += draw_groups[g].count;
    ++out.back().group_count;
  }
  return out;
}

}  // namespace entente::detail
