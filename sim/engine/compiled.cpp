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
  name_drivers();
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

void CompiledModel::name_drivers() {
  for (std::size_t d = 0; d < driver_count; ++d) {
    const auto driver = static_cast<Driver>(d);
    const std::string name(to_string(driver));
    for (auto& columns : driver_columns) columns[d] = driver_names.size();
    if (!differs_by_ladder.contains(driver)) {
      driver_names.push_back(name);
      continue;
    }
    for (const auto role : all_ladders) {
      driver_columns[index_of(role)][d] = driver_names.size();
      driver_names.push_back(name + "." + model.ladders[index_of(role)].key);
    }
  }
  first_covariate_column = driver_names.size();
  for (const auto& covariate : model.covariates) {
    driver_names.push_back("covariate." + covariate.key);
  }
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

}  // namespace entente::detail
