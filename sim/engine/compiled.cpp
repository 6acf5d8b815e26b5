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

/// True for a change that comes at its date in every replicate.
std::vector<bool> certain_rows(const Model& model) {
  std::vector<bool> certain;
  for (const auto& event : model.events) {
    certain.push_back(event.probability >= 1.0F && event.when.empty());
  }
  certain.resize(model.events.size() + model.bodies.size(), false);
  return certain;
}

/// The parameters that events and bodies may alter, with their changes.
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
      slots.push_back({slot, limits.min, limits.max, {}, false});
    }
    slots.back().changes.push_back(change);
  }
  for (const auto& series : model.series) {
    for (const auto slot : series.slots) {
      const auto at = std::lower_bound(
          slots.begin(), slots.end(), slot,
          [](const TouchedSlot& touched, std::size_t wanted) { return touched.slot < wanted; });
      if (at != slots.end() && at->slot == slot) at->in_series = true;
    }
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
  find_touched();
  find_fixed_drivers();
  add_terms(registry);
  find_needs();
  find_sums();
  lay_out_draws();
  find_exposed();
  lay_out_peers();
}

void CompiledModel::find_touched() {
  const auto certain = certain_rows(model);
  touched_row.assign(model.parameters.all().size(), -1);
  for (auto& slot : touched_slots(model)) {
    const bool always =
        std::all_of(slot.changes.begin(), slot.changes.end(),
                    [&](const ActiveChange& change) { return certain[change.source]; });
    if (!always) touched_row[slot.slot] = static_cast<std::int32_t>(touched.size());
    (always ? scheduled : touched).push_back(std::move(slot));
  }
  for (const auto& parameter : parameter_infos()) {
    auto& rows = varying_rows[static_cast<std::size_t>(parameter.param)];
    for (std::size_t row = 0; row < model.parameters.rows(parameter.param); ++row) {
      const auto first = touched_row.begin() + static_cast<std::ptrdiff_t>(
                                                   model.parameters.slot(parameter.param, row, 0));
      const auto columns = static_cast<std::ptrdiff_t>(model.parameters.columns(parameter.param));
      const bool any =
          std::any_of(first, first + columns, [](std::int32_t place) { return place >= 0; });
      rows.push_back(any ? 1 : 0);
    }
  }
  touched_alignment = touched_edges(model, Space::alignment, model.alignment);
  touched_rivalry = touched_edges(model, Space::rivalry, model.rivalry);
  activity_rows = model.events.size() + model.bodies.size();
  for_changes(model, [&](std::uint32_t, const Change& change) {
    holds_states = holds_states || (change.op == EventOp::hold && is_continuous(change.space));
  });
}

void CompiledModel::find_fixed_drivers() {
  const auto all_fixed = [&](std::initializer_list<Param> params) {
    return std::none_of(params.begin(), params.end(), [&](Param param) {
      const auto& rows = varying_rows[static_cast<std::size_t>(param)];
      return std::find(rows.begin(), rows.end(), std::uint8_t{1}) != rows.end();
    });
  };
  const auto fixed = [&](Driver driver, std::initializer_list<Param> params) {
    if (all_fixed(params)) fixed_drivers = fixed_drivers | DriverSet{driver};
  };
  fixed(Driver::economic, {Param::interest, Param::offer, Param::dependence, Param::sanctions});
  fixed_potential = all_fixed({Param::interest, Param::offer});
  fixed(Driver::pressure, {Param::dependence, Param::opposition});
  fixed(Driver::confrontation, {Param::confrontation});
  fixed(Driver::need, {Param::need});
  fixed(Driver::mediation, {Param::mediation});
  fixed(Driver::security_weight, {Param::security_weight});
  fixed(Driver::economic_weight, {Param::economic_weight});
  fixed(Driver::rights_weight, {Param::rights_weight});
  if (touched_alignment.empty()) fixed(Driver::alignment_weight, {Param::alignment_weight});
  fixed(Driver::capability, {Param::capability});
}

void CompiledModel::add_terms(const TermRegistry& registry) {
  for (const auto& choice : model.terms) {
    const auto* term = registry.find(choice.key);
    if (term == nullptr || choice.values.size() != term->fields.size()) {
      throw std::invalid_argument("term '" + choice.key + "' is not in the registry as given");
    }
    add_term(term->make(choice.values), choice.key, true);
  }
  for (std::size_t c = 0; c < model.covariates.size(); ++c) {
    add_term(registry.covariate(model.covariates[c], c), model.covariates[c].key,
             !varies(Param::covariate, c));
  }
}

void CompiledModel::add_term(std::unique_ptr<Term> term, std::string name, bool fixed_covariate) {
  const auto index = static_cast<std::uint32_t>(terms.size());
  const auto channels = term->channels();
  for (const auto role : all_ladders) {
    auto& ladder = ladders[index_of(role)];
    if (ladder.rungs == 1) continue;
    for (std::uint32_t c = 0; c < channels.size(); ++c) {
      const auto& channel = channels[c];
      if (!channel.ladders.contains(role)) continue;
      if (is_flat(ladder.steps[static_cast<std::size_t>(channel.profile)])) continue;
      const bool fixed = fixed_covariate && (channel.reads - fixed_drivers).empty();
      ladder.channels.push_back({index, c, channel.profile, fixed});
      auto& reads = fixed ? ladder.fixed_reads : ladder.moving_reads;
      reads = reads | channel.reads;
    }
  }
  terms.push_back(std::move(term));
  term_names.push_back(std::move(name));
}

void CompiledModel::find_needs() {
  for (const auto& ladder : ladders) {
    needed = needed | ladder.fixed_reads | ladder.moving_reads;
  }
  if (needs(Driver::grievance)) needed = needed | DriverSet{Driver::security};
  for (const auto& authority : model.authorities) {
    if (authority.dynamics.dividend != 0.0F) needed = needed | DriverSet{Driver::economic};
  }
  const auto& rows = varying_rows[static_cast<std::size_t>(Param::covariate)];
  covariates_vary = std::find(rows.begin(), rows.end(), std::uint8_t{1}) != rows.end();
  const auto aligns = [&](LadderRole role) {
    return ladders[index_of(role)].moving_reads.contains(Driver::alignment);
  };
  for (const auto field : {PeerField::alignment_engagement, PeerField::alignment_recognition,
                           PeerField::alignment_coercion}) {
    peers[static_cast<std::size_t>(field)] = aligns(peer_ladder(field));
  }
  peers[static_cast<std::size_t>(PeerField::cover)] = needs(Driver::cover);
  peers[static_cast<std::size_t>(PeerField::rival_coercion)] = needs(Driver::rivalry);
  peers[static_cast<std::size_t>(PeerField::rival_engagement)] =
      needs(Driver::rivalry) && model.rivalry_presence != 0.0F;
}

void CompiledModel::find_sums() {
  sums = world_sum_count + 2 * (groups + model.sectors.size());
  const auto any = [&](std::initializer_list<float AuthorityDynamics::*> coefficients) {
    return std::any_of(model.authorities.begin(), model.authorities.end(), [&](const auto& each) {
      return std::any_of(coefficients.begin(), coefficients.end(),
                         [&](auto coefficient) { return each.dynamics.*coefficient != 0.0F; });
    });
  };
  using D = AuthorityDynamics;
  const auto index = [](WorldSum sum) { return static_cast<std::size_t>(sum); };
  const auto& engagement = ladders[index_of(LadderRole::engagement)].height;
  const auto& coercion = ladders[index_of(LadderRole::coercion)].height;
  if (any({&D::inducement})) {
    auto gap = engagement;
    for (auto& height : gap) height = 1.0F - height;
    add_sum(index(WorldSum::rights_gap), LadderRole::engagement, gap,
            {{Param::rights_weight, 0}, {Param::rights_sensitivity, 0}});
  }
  if (any({&D::rally, &D::posture_rally, &D::harden})) {
    add_sum(index(WorldSum::coercion), LadderRole::coercion, coercion, {});
  }
  if (any({&D::soften})) {
    add_sum(index(WorldSum::engagement), LadderRole::engagement, engagement, {});
  }
  if (const auto rungs = ladders[index_of(LadderRole::coercion)].rungs;
      any({&D::shake}) && rungs > 1) {
    std::array<float, max_rungs> force{};
    for (std::size_t r = 0; r < rungs; ++r) force[r] = coercion[r] >= coercion[rungs - 1] ? 1 : 0;
    add_sum(index(WorldSum::force), LadderRole::coercion, force, {{Param::capability, 0}});
  }
  if (any({&D::closure})) {
    add_sum(index(WorldSum::closure), LadderRole::coercion, coercion, {{Param::trade, 0}});
  }
  for (std::size_t g = 0; g < groups; ++g) {
    if (any({&D::posture_inducement})) {
      add_sum(engagement_sum(g), LadderRole::engagement, engagement, {{Param::exposure, g}});
    }
    if (any({&D::deterrence})) {
      add_sum(coercion_sum(g), LadderRole::coercion, coercion, {{Param::exposure, g}});
    }
  }
  for (std::size_t s = 0; s < model.sectors.size() && any({&D::dividend}); ++s) {
    add_sum(sector_sum(s), LadderRole::engagement, engagement, {{Param::interest, s}});
    add_sum(sector_sum(s) + 1, LadderRole::engagement, engagement,
            {{Param::interest, s}, {Param::dependence, 0}});
  }
}

void CompiledModel::add_sum(std::size_t sum, LadderRole ladder,
                            const std::array<float, max_rungs>& value,
                            std::vector<WorldSumRule::Factor> factors) {
  WorldSumRule rule{sum, ladder, value, std::move(factors), true, addends};
  for (const auto& factor : rule.factors) {
    if (varies(factor.param, factor.row)) rule.fixed = false;
  }
  if (rule.fixed) {
    for (const auto& factor : rule.factors) {
      sum_params.set(static_cast<std::size_t>(factor.param));
    }
    addends += actors * ladders[index_of(ladder)].rungs;
  }
  sum_rules.push_back(std::move(rule));
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

void CompiledModel::find_exposed() {
  const auto values = model.parameters.values(Param::exposure);
  for (const float value : values) exposed.push_back(value > 0.0F ? 1 : 0);
  const std::size_t base = groups == 0 ? 0 : model.parameters.slot(Param::exposure, 0, 0);
  const auto may_change = [&](std::size_t slot) {
    if (slot >= base && slot - base < exposed.size()) exposed[slot - base] = 1;
  };
  for (const auto& slot : touched) may_change(slot.slot);
  for (const auto& slot : scheduled) may_change(slot.slot);
  for (const auto& series : model.series) {
    for (const auto slot : series.slots) may_change(slot);
  }
  salient = exposed;
  for (std::size_t x = 0; x < salient.size(); ++x) {
    if (model.initial_salience[x] > 0.0F) salient[x] = 1;
  }
  for_changes(model, [&](std::uint32_t, const Change& change) {
    if (change.space != Space::salience) return;
    for (const auto index : change.indices) salient[static_cast<std::size_t>(index)] = 1;
  });
}

void CompiledModel::lay_out_peers() {
  for (std::size_t f = 0; f < peer_field_count; ++f) {
    const auto field = static_cast<PeerField>(f);
    const auto ladder = index_of(peer_ladder(field));
    for (std::size_t r = 0; r < ladders[ladder].rungs; ++r) {
      peer_values[f][r] = field == PeerField::cover ? ladders[ladder].recognises[r]
                                                    : model.ladders[ladder].height[r];
    }
  }
  for (std::size_t f = 0; f < peer_field_count; ++f) {
    peer_place[f] = kept_peers;
    kept_peers += peers[f] ? 1 : 0;
  }
  initial_peers.assign(authorities * kept_peers * actors, 0);
  for (std::size_t k = 0; k < authorities; ++k) {
    for (std::size_t f = 0; f < peer_field_count; ++f) {
      if (!peers[f]) continue;
      const auto field = static_cast<PeerField>(f);
      const auto& relation = looks_by_alignment(field) ? model.alignment : model.rivalry;
      for (std::size_t j = 0; j < actors; ++j) {
        const Rung rung = model.initial_rungs[model.rung_index(k, peer_ladder(field), j)];
        const std::int32_t value = peer_values[f][rung];
        for (const auto& entry : relation.column(j)) {
          initial_peers[peer_row(k, field, entry.row)] += entry.weight * value;
        }
      }
    }
  }
  for (std::size_t i = 0; i < actors; ++i) {
    const std::int32_t sum = model.alignment.row_sum(i);
    inverse_row_sums.push_back(sum > 0 ? 1.0F / static_cast<float>(sum) : 0.0F);
  }
  if (std::any_of(peers.begin(), peers.begin() + 4, [](bool kept) { return kept; })) {
    alignment_rows = RelationRows(model.alignment);
  }
  if (needs(Driver::rivalry)) rivalry_rows = RelationRows(model.rivalry);
}

std::size_t CompiledModel::block_actors(std::size_t lanes) const {
  // Where few reconsider in a step, few elements of a block are computed, and their rows are short.
  constexpr std::size_t busy = 512;
  constexpr std::size_t quiet = 16384;
  float most = 0.0F;
  for (const auto& ladder : ladders) {
    if (ladder.rungs > 1) most = std::max(most, math::one_minus_exp_minus(ladder.rate_dt));
  }
  return std::max<std::size_t>(4, (most < picking_pays ? quiet : busy) / lanes);
}

namespace {

/// Adds a draw group to a list of blocks of at most `most` actors.
void append(const DrawGroup& group, std::uint32_t index, std::size_t most,
            std::vector<ActorBlock>& blocks) {
  const bool follows =
      !blocks.empty() && blocks.back().first_group + blocks.back().group_count == index;
  if (!follows || blocks.back().count + group.count > most) {
    blocks.push_back({group.first, 0, index, 0});
  }
  blocks.back().count += group.count;
  ++blocks.back().group_count;
}

}  // namespace

std::vector<ActorBlock> CompiledModel::blocks(std::size_t lanes) const {
  std::vector<ActorBlock> out;
  const std::size_t most = block_actors(lanes);
  for (std::uint32_t d = 0; d < draw_groups.size(); ++d) append(draw_groups[d], d, most, out);
  return out;
}

std::vector<StrikeBlock> CompiledModel::strike_blocks(std::size_t lanes) const {
  std::vector<StrikeBlock> out;
  const std::size_t most = block_actors(lanes);
  for (std::uint32_t g = 0; g < groups; ++g) {
    std::vector<ActorBlock> runs;
    for (std::uint32_t d = 0; d < draw_groups.size(); ++d) {
      const auto* first = &salient[g * actors + draw_groups[d].first];
      if (std::find(first, first + draw_groups[d].count, 1) == first + draw_groups[d].count) {
        continue;
      }
      append(draw_groups[d], d, most, runs);
    }
    for (const auto& run : runs) out.push_back({g, run});
  }
  return out;
}

}  // namespace entente::detail
