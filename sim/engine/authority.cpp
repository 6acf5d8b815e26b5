#include "engine/authority.hpp"

#include <algorithm>
#include <string>

#include "core/lanes.hpp"
#include "core/math.hpp"
#include "core/random.hpp"
#include "engine/choice.hpp"
#include "engine/threats.hpp"
#include "entente/core/error.hpp"

namespace entente::detail {
namespace {

/// Adds omega_i * value to a sum by replicate, rounded to units of 2^-26: exact afterwards.
void accumulate(const CompiledModel& m, const Workspace& work, const float* values,
                std::int32_t* sum) {
  for (std::size_t a = 0; a < work.block.count; ++a) {
    const float weight = m.importance[work.block.first + a] * sum_unit;
    const float* row = values + a * work.lanes;
    lanes::each(work.lanes,
                [=](std::size_t l) { sum[l] += static_cast<std::int32_t>(weight * row[l]); });
  }
}

/// Whether the first `count` utility differences are numbers; the lanes behind them are not
/// recorded.
bool finite(const std::vector<float>& row, std::size_t count) {
  return std::all_of(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(count), is_utility);
}

/// Decides one ladder whose utility is slope * value(r), less the cost of moving.
void decide_ladder(const CompiledModel& m, Tile& tile, std::size_t authority, std::size_t index,
                   const AuthorityLadder& ladder, const std::vector<float>& slope,
                   std::uint32_t step) {
  const std::size_t lanes = tile.lanes;
  const std::size_t row = tile.authority_row(authority, index);
  const Rung* rung = &tile.authority_rungs[row];
  std::vector<float> up(lanes);
  std::vector<float> down(lanes);
  std::vector<float> opportunity(lanes, math::one_minus_exp_minus(ladder.rate * m.dt));
  std::vector<std::uint32_t> draws(lanes);
  const auto stream = random::stream(random::Purpose::authority, authority);
  for (std::size_t l = 0; l < lanes; ++l) {
    const std::size_t r = rung[l];
    if (r + 1 < ladder.size())
      up[l] = slope[l] * (ladder.value[r + 1] - ladder.value[r]) - ladder.up;
    if (r > 0) down[l] = slope[l] * (ladder.value[r - 1] - ladder.value[r]) - ladder.down;
    draws[l] = random::word(m.model.seed, static_cast<std::uint32_t>(index), step, stream,
                            tile.replicate[l]);
  }
  ChoiceRow choice;
  choice.size = lanes;
  choice.rungs = ladder.size();
  choice.rung = rung;
  choice.up = up.data();
  choice.down = down.data();
  choice.opportunity = opportunity.data();
  choice.draws = draws.data();
  choice.inverse_temperature = 1.0F / m.model.authorities[authority].dynamics.temperature;
  choice.next = &tile.next_authority_rungs[row];
  const std::size_t recorded = tile.active;
  if (!choose(choice) && !(finite(up, recorded) && finite(down, recorded))) {
    throw NumericalError("step " + std::to_string(step) + " (" + m.model.calendar.label(step) +
                         "), authority " + m.model.authorities[authority].id + ", ladder " +
                         ladder.key + ": found a utility that is not finite; allowed: finite");
  }
}

float unit_interval(float x) {
  if (x < 0.0F) return 0.0F;
  return x > 1.0F ? 1.0F : x;
}

}  // namespace

void add_world_sums(const CompiledModel& m, const Tile& tile, Workspace& work, std::int32_t* sums) {
  const auto sum = [&](std::size_t index) { return sums + index * work.lanes; };
  const auto of = [&](WorldSum which) { return sum(static_cast<std::size_t>(which)); };
  const float* engagement = work.height[index_of(LadderRole::engagement)].data();
  const float* coercion = work.height[index_of(LadderRole::coercion)].data();
  auto* value = work.scratch.data();
  auto* factor = work.scratch2.data();
  const auto product = [&](const float* height) {
    lanes::each(work.size, [=](std::size_t x) { value[x] = factor[x] * height[x]; });
    return value;
  };

  work.load(m, tile, Param::rights_weight, 0, value);
  work.load(m, tile, Param::rights_sensitivity, 0, factor);
  lanes::each(work.size,
              [=](std::size_t x) { value[x] = value[x] * factor[x] * (1.0F - engagement[x]); });
  accumulate(m, work, value, of(WorldSum::rights_gap));
  accumulate(m, work, coercion, of(WorldSum::coercion));
  accumulate(m, work, engagement, of(WorldSum::engagement));

  work.load(m, tile, Param::capability, 0, factor);
  const auto& ladder = m.ladders[index_of(LadderRole::coercion)];
  const float force = ladder.rungs > 1 ? ladder.height[ladder.rungs - 1] : 2.0F;
  lanes::each(work.size,
              [=](std::size_t x) { value[x] = coercion[x] >= force ? factor[x] : 0.0F; });
  accumulate(m, work, value, of(WorldSum::force));
  work.load(m, tile, Param::trade, 0, factor);
  accumulate(m, work, product(coercion), of(WorldSum::closure));
  if (m.needs(Driver::economic)) {
    const auto& economic = work.rows[static_cast<std::size_t>(Driver::economic)];
    std::copy_n(economic.begin(), work.size, factor);
    accumulate(m, work, product(engagement), of(WorldSum::dividend));
  }
  for (std::size_t g = 0; g < m.groups; ++g) {
    if (!work.exposed_to(m, g)) continue;
    work.load(m, tile, Param::exposure, g, factor);
    accumulate(m, work, product(engagement), sum(world_sum_count + 2 * g));
    accumulate(m, work, product(coercion), sum(world_sum_count + 2 * g + 1));
  }
}

void decide_authority(const CompiledModel& m, Tile& tile, std::size_t authority,
                      std::uint32_t step) {
  const std::size_t lanes = tile.lanes;
  const AuthorityDynamics& c = m.model.authorities[authority].dynamics;
  const auto sum = [&](std::size_t index, std::size_t l) {
    return static_cast<float>(tile.world_sums[tile.sum_row(authority, index) + l]) *
           (1.0F / sum_unit);
  };
  const auto of = [&](WorldSum which, std::size_t l) {
    return sum(static_cast<std::size_t>(which), l);
  };
  const auto state = [&](AuthorityState which) {
    return &tile.authority_states[tile.state_row(authority, which)];
  };
  auto* hardliner = state(AuthorityState::hardliner);
  auto* distress = state(AuthorityState::distress);
  auto* control = state(AuthorityState::control);
  auto* salience = state(AuthorityState::rights_salience);

  std::vector<float> slope(lanes);
  for (std::size_t l = 0; l < lanes; ++l) {
    slope[l] = c.inducement * of(WorldSum::rights_gap, l) + distress[l] * c.relief -
               c.doctrine * hardliner[l] - c.rally * of(WorldSum::coercion, l);
  }
  decide_ladder(m, tile, authority, 0, m.model.rights, slope, step);

  std::vector<float> kinship(lanes);
  std::vector<float> enmity(lanes);
  for (std::size_t g = 0; g < m.groups; ++g) {
    load_single(m, tile, Param::kinship, authority, g, kinship.data());
    load_single(m, tile, Param::enmity, authority, g, enmity.data());
    for (std::size_t l = 0; l < lanes; ++l) {
      slope[l] = c.posture_inducement * sum(world_sum_count + 2 * g, l) +
                 c.deterrence * sum(world_sum_count + 2 * g + 1, l) -
                 c.posture_rally * of(WorldSum::coercion, l) +
                 enmity[l] * tile.activity[g * lanes + l] - kinship[l];
    }
    decide_ladder(m, tile, authority, 1 + g, m.model.posture, slope, step);
  }

  std::vector<float> frozen(lanes);
  load_single(m, tile, Param::frozen, authority, 0, frozen.data());
  const float shock = c.hardliner_noise * static_cast<float>(math::sqrt(static_cast<double>(m.dt)));
  const auto keep = static_cast<float>(
      math::decay(static_cast<double>(m.dt), static_cast<double>(c.rights_salience_halflife)));
  const auto stream = random::stream(random::Purpose::hardliner);
  for (std::size_t l = 0; l < lanes; ++l) {
    float share = hardliner[l] + m.dt * (c.pull * (c.hardliner_home - hardliner[l]) +
                                         c.harden * of(WorldSum::coercion, l) -
                                         c.soften * of(WorldSum::engagement, l));
    if (shock != 0.0F) {
      const auto word = random::word(m.model.seed, static_cast<std::uint32_t>(authority), step,
                                     stream, tile.replicate[l]);
      share += shock * static_cast<float>(math::normal_quantile(random::uniform(word)));
    }
    hardliner[l] = unit_interval(share);
    distress[l] = unit_interval(
        distress[l] + m.dt * (c.freeze * frozen[l] + c.closure * of(WorldSum::closure, l) -
                              c.relax * distress[l] - c.dividend * of(WorldSum::dividend, l)));
    control[l] = unit_interval(control[l] + m.dt * (c.recover * (c.control_home - control[l]) -
                                                    c.shake * of(WorldSum::force, l)));
    salience[l] *= keep;
  }
}

}  // namespace entente::detail
