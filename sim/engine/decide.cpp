#include "engine/decide.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/kernels.hpp"
#include "core/lanes.hpp"
#include "core/math.hpp"
#include "core/random.hpp"
#include "engine/choice.hpp"
#include "engine/look_up.hpp"
#include "entente/core/error.hpp"

namespace entente::detail {
namespace {

/// Whether picking out those who may move saves more than it costs.
bool worth_picking(const CompiledModel& m, const Tile& tile, LadderRole role,
                   const ActorBlock& block) {
  if (m.varies(Param::attention, 0)) return true;
  const float* of_actor = &tile.fixed->opportunity[index_of(role) * m.actors + block.first];
  float sum = 0.0F;
  for (std::size_t a = 0; a < block.count; ++a) sum += of_actor[a];
  return sum < picking_pays * static_cast<float>(block.count);
}

/// Takes the elements whose draw may move them. All others stay, so they are not computed: where
/// actors reconsider seldom, that is most of the work.
void take_movable(const CompiledModel& m, const Tile& tile, LadderRole role, const Rung* rung,
                  Workspace& work) {
  work.take_all();
  if (!worth_picking(m, tile, role, work.block)) return;
  std::uint8_t* flags = work.flags.data();
  if (m.varies(Param::attention, 0)) {
    ChoiceRow choice;
    choice.rungs = m.ladders[index_of(role)].rungs;
    choice.rung = rung;
    choice.opportunity = opportunities(m, tile, role, work);
    choice.draws = work.draws.data();
    lanes::each(work.elements, [=](std::size_t x) { flags[x] = may_move(choice, x) ? 1 : 0; });
  } else {
    const std::int32_t* limits = &tile.fixed->limit[index_of(role) * m.actors + work.block.first];
    const std::uint32_t* draws = work.draws.data();
    const auto top = static_cast<Rung>(m.ladders[index_of(role)].rungs - 1);
    const std::size_t lane_count = work.lanes;
    lanes::each(work.block.count, [=](std::size_t a) {
      const std::int32_t limit = limits[a];
      for (std::size_t x = a * lane_count; x < (a + 1) * lane_count; ++x) {
        const auto half = static_cast<std::int32_t>(draws[x] >> 1);
        const bool falls = (half < limit) & (rung[x] > 0);
        const bool rises = (INT32_MAX - half < limit) & (rung[x] < top);
        flags[x] = falls | rises ? 1 : 0;
      }
    });
  }
  work.take_flagged();
}

/// What the fixed channels make of V(above) - V(own) and V(below) - V(own), by actor and rung.
struct FixedRows {
  const float* up;
  const float* down;
};

/// Sets the utilities to the fixed part, plus what one profile makes of an intensity, if given.
/// Together, since both look up by the same rungs.
void start_utilities(const CompiledLadder& ladder, const FixedRows& fixed, const Rung* rung,
                     const float* intensity, Profile profile, Workspace& work) {
  float* up = work.up.data();
  float* down = work.down.data();
  const std::size_t rungs = ladder.rungs;
  const ProfileSteps steps = ladder.steps[static_cast<std::size_t>(profile)];
  const std::size_t lane_count = work.lanes;
  if (intensity != nullptr && rungs <= kernels::longest_table(lane_count)) {
    kernels::affine_by_table(fixed.up, rungs, steps.up.data(), rung, intensity, work.block.count,
                             lane_count, up);
    kernels::affine_by_table(fixed.down, rungs, steps.down.data(), rung, intensity,
                             work.block.count, lane_count, down);
    return;
  }
  with_rungs(rungs, [&](auto size) {
    if (intensity == nullptr) {
      lanes::each(work.block.count, [=](std::size_t a) {
        const float* to_up = fixed.up + a * rungs;
        const float* to_down = fixed.down + a * rungs;
        for (std::size_t x = a * lane_count; x < (a + 1) * lane_count; ++x) {
          const std::int32_t own = rung[x];
          up[x] = look_up<size>(to_up, own);
          down[x] = look_up<size>(to_down, own);
        }
      });
    } else {
      lanes::each(work.block.count, [=](std::size_t a) {
        const float* to_up = fixed.up + a * rungs;
        const float* to_down = fixed.down + a * rungs;
        for (std::size_t x = a * lane_count; x < (a + 1) * lane_count; ++x) {
          const std::int32_t own = rung[x];
          up[x] = look_up<size>(to_up, own) + intensity[x] * look_up<size>(steps.up, own);
          down[x] = look_up<size>(to_down, own) + intensity[x] * look_up<size>(steps.down, own);
        }
      });
    }
  });
}

/// The fixed part of elements that do not fill rows of lanes.
void pick_fixed(const CompiledLadder& ladder, const FixedRows& fixed, const Rung* rung,
                Workspace& work) {
  float* up = work.up.data();
  float* down = work.down.data();
  const std::size_t rungs = ladder.rungs;
  const std::uint32_t* actor = work.actors();
  lanes::each(work.size, [=](std::size_t x) {
    const std::size_t at = actor[x] * rungs + rung[x];
    up[x] = fixed.up[at];
    down[x] = fixed.down[at];
  });
}

/// Adds what one profile makes of an intensity.
void add_profile(const CompiledLadder& ladder, Profile profile, const float* intensity,
                 const Rung* rung, Workspace& work) {
  const ProfileSteps steps = ladder.steps[static_cast<std::size_t>(profile)];
  float* up = work.up.data();
  float* down = work.down.data();
  with_rungs(ladder.rungs, [&](auto size) {
    lanes::each(work.size, [=](std::size_t x) {
      const std::int32_t own = rung[x];
      up[x] += intensity[x] * look_up<size>(steps.up, own);
      down[x] += intensity[x] * look_up<size>(steps.down, own);
    });
  });
}

/// Intensities of the channels that differ between replicates, in `work.intensity`; those that
/// share a profile are added, so that each profile is looked up once. Returns the profiles.
std::vector<Profile> add_intensities(const CompiledModel& m, const CompiledLadder& ladder,
                                     Workspace& work) {
  std::array<bool, profile_count> used{};
  for (const auto& channel : ladder.channels) {
    if (channel.fixed) continue;
    const auto p = static_cast<std::size_t>(channel.profile);
    auto* sum = work.intensity[p].data();
    auto* out = used[p] ? work.scratch[0].data() : sum;
    m.terms[channel.term]->intensity(channel.channel, work.rows, out);
    if (used[p]) {
      lanes::each(work.size, [=](std::size_t x) { sum[x] += out[x]; });
    }
    used[p] = true;
  }
  std::vector<Profile> profiles;
  for (std::size_t p = 0; p < profile_count; ++p) {
    if (used[p]) profiles.push_back(static_cast<Profile>(p));
  }
  return profiles;
}

/// V(above) - V(own) and V(below) - V(own), in `work.up` and `work.down`.
void sum_utilities(const CompiledModel& m, const CompiledLadder& ladder, const FixedRows& fixed,
                   const Rung* rung, Workspace& work) {
  constexpr std::size_t wide = 16;
  const auto profiles = add_intensities(m, ladder, work);
  const auto intensity = [&](Profile profile) {
    return work.intensity[static_cast<std::size_t>(profile)].data();
  };
  std::size_t next = 0;
  if (work.whole && work.lanes >= wide) {
    if (profiles.empty()) {
      start_utilities(ladder, fixed, rung, nullptr, Profile::baseline, work);
    } else {
      start_utilities(ladder, fixed, rung, intensity(profiles[0]), profiles[0], work);
      next = 1;
    }
  } else {
    pick_fixed(ladder, fixed, rung, work);
  }
  for (; next < profiles.size(); ++next) {
    add_profile(ladder, profiles[next], intensity(profiles[next]), rung, work);
  }
}

/// One ladder's decisions towards one authority, for the error message.
struct Decisions {
  std::size_t authority;
  LadderRole ladder;
  std::uint32_t step;
  const AuthorityRows& shared;
  const ChoiceRow& row;
};

/// Finds the first term whose intensity is not finite, for the error message. Only decisions that
/// may be moves count, in lanes that are recorded: whether a run fails must not depend on what else
/// happens to be computed.
void report(const CompiledModel& m, const Tile& tile, Workspace& work, const Decisions& of) {
  const std::string where =
      "step " + std::to_string(of.step) + " (" + m.model.calendar.label(of.step) + ")";
  const auto& ladder = m.ladders[index_of(of.ladder)];
  const auto element = [&](std::size_t x) { return work.whole ? x : work.element[x]; };
  const auto counts = [&](std::size_t x) {
    return may_move(of.row, x) && element(x) % work.lanes < tile.active;
  };
  compute_drivers(m, tile, of.shared, of.authority, of.ladder,
                  ladder.fixed_reads | ladder.moving_reads, work);
  load_covariates(m, tile, of.shared, of.authority, work);
  std::vector<float> values(work.size);
  for (const auto& channel : ladder.channels) {
    m.terms[channel.term]->intensity(channel.channel, work.rows, values.data());
    for (std::size_t x = 0; x < work.size; ++x) {
      if (is_utility(values[x]) || !counts(x)) continue;
      const std::size_t actor = work.block.first + element(x) / work.lanes;
      throw NumericalError(
          where + ", actor " + m.model.actors[actor].id + ", authority " +
          m.model.authorities[of.authority].id + ", ladder " +
          m.model.ladders[index_of(of.ladder)].key + ", term " + m.term_names[channel.term] +
          ": found a utility that is not finite; allowed: " + "finite; replicate " +
          std::to_string(tile.replicate[element(x) % work.lanes]));
    }
  }
  for (std::size_t x = 0; x < work.size; ++x) {
    if (counts(x) && !(is_utility(work.up[x]) && is_utility(work.down[x]))) {
      throw NumericalError(where + ": the sum of utilities is not finite");
    }
  }
}

}  // namespace

const float* opportunities(const CompiledModel& m, const Tile& tile, LadderRole role,
                           Workspace& work) {
  auto* out = work.opportunity.data();
  if (!m.varies(Param::attention, 0)) {
    return work.by_actor(&tile.fixed->opportunity[index_of(role) * m.actors + work.block.first],
                         out);
  }
  const float rate_dt = m.ladders[index_of(role)].rate_dt;
  const float* attention = work.parameter(m, tile, Param::attention, 0, out);
  lanes::each(work.size,
              [=](std::size_t x) { out[x] = math::one_minus_exp_minus(rate_dt * attention[x]); });
  return out;
}

void refresh_fixed(const CompiledModel& m, Tile& tile, const AuthorityRows& shared,
                   std::size_t authority, Workspace& work) {
  work.ready = {};
  work.take_actors();
  load_covariates(m, tile, shared, authority, work);
  if (m.fixed_drivers.contains(Driver::alignment_weight) && m.needs(Driver::alignment_weight)) {
    compute_alignment_weight(m, tile, shared, authority, work,
                             &tile.fixed->alignment_weight[work.block.first]);
  }
  if (m.fixed_potential && m.needs(Driver::economic)) {
    compute_potential(m, tile, shared, authority, work,
                      &tile.fixed->potential[authority * m.actors + work.block.first]);
  }
  auto* intensity = work.intensity[0].data();
  for (const auto role : all_ladders) {
    const auto& ladder = m.ladders[index_of(role)];
    const std::size_t first = work.block.first;
    float* fixed_up = &tile.fixed->up[tile.fixed_row(authority, role, first)];
    float* fixed_down = &tile.fixed->down[tile.fixed_row(authority, role, first)];
    std::fill_n(fixed_up, work.size * ladder.rungs, 0.0F);
    std::fill_n(fixed_down, work.size * ladder.rungs, 0.0F);
    compute_drivers(m, tile, shared, authority, role, ladder.fixed_reads, work);
    for (const auto& channel : ladder.channels) {
      if (!channel.fixed) continue;
      m.terms[channel.term]->intensity(channel.channel, work.rows, intensity);
      const auto& steps = ladder.steps[static_cast<std::size_t>(channel.profile)];
      for (std::size_t a = 0; a < work.size; ++a) {
        for (std::size_t r = 0; r < ladder.rungs; ++r) {
          fixed_up[a * ladder.rungs + r] += intensity[a] * steps.up[r];
          fixed_down[a * ladder.rungs + r] += intensity[a] * steps.down[r];
        }
      }
    }
    const float* attention = work.parameter(m, tile, Param::attention, 0, work.opportunity.data());
    float* opportunity = &tile.fixed->opportunity[index_of(role) * m.actors + first];
    const float rate_dt = ladder.rate_dt;
    std::int32_t* limit = &tile.fixed->limit[index_of(role) * m.actors + first];
    lanes::each(work.size, [=](std::size_t a) {
      opportunity[a] = math::one_minus_exp_minus(rate_dt * attention[a]);
      limit[a] = draw_limit(opportunity[a]);
    });
  }
}

void decide_block(const CompiledModel& m, Tile& tile, const AuthorityRows& shared,
                  std::size_t authority, Workspace& work, std::uint32_t step) {
  work.ready = {};
  for (const auto role : all_ladders) {
    const auto& ladder = m.ladders[index_of(role)];
    if (ladder.rungs == 1) continue;
    const std::size_t first = tile.rung_row(authority, role, work.block.first);
    const Rung* before = &tile.rungs[first];
    Rung* after = &tile.next_rungs[first];
    work.draw(m, step, random::stream(random::Purpose::choice, authority, index_of(role)));
    take_movable(m, tile, role, before, work);
    if (!work.whole) std::copy_n(before, work.elements, after);
    if (work.size == 0) continue;

    const Rung* rung = work.by_element(before, work.rung.data());
    compute_drivers(m, tile, shared, authority, role, ladder.moving_reads, work);
    if (m.covariates_vary) load_covariates(m, tile, shared, authority, work);
    const std::size_t fixed = tile.fixed_row(authority, role, work.block.first);
    sum_utilities(m, ladder, {&tile.fixed->up[fixed], &tile.fixed->down[fixed]}, rung, work);

    ChoiceRow choice;
    choice.size = work.size;
    choice.rungs = ladder.rungs;
    choice.rung = rung;
    choice.up = work.up.data();
    choice.down = work.down.data();
    choice.opportunity = opportunities(m, tile, role, work);
    choice.draws = work.by_element(work.draws.data(), work.words.data());
    choice.inverse_temperature = m.inverse_temperature;
    choice.next = work.whole ? after : work.next.data();
    if (!choose(choice)) report(m, tile, work, {authority, role, step, shared, choice});
    if (work.whole) continue;
    for (std::size_t x = 0; x < work.size; ++x) after[work.element[x]] = work.next[x];
  }
}

}  // namespace entente::detail
