#include "engine/authority.hpp"

#include <algorithm>
#include <string>

#include "core/lanes.hpp"
#include "core/math.hpp"
#include "core/random.hpp"
#include "engine/by_lane.hpp"
#include "engine/choice.hpp"
#include "entente/core/error.hpp"

namespace entente::detail {
namespace {

/// Whether the first `count` utility differences are numbers; the lanes behind them are not
/// recorded.
bool finite(const std::vector<float>& row, std::size_t count) {
  return std::all_of(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(count), is_utility);
}

/// Decides one ladder whose utility is slope * value(r), less the cost of moving.
void decide_ladder(const CompiledModel& m, Tile& tile, std::size_t authority, std::size_t index,
                   const AuthorityLadder& ladder, const std::vector<float>& slope,
                   const std::uint32_t* draws, std::uint32_t step) {
  const std::size_t lanes = tile.lanes;
  const std::size_t row = tile.authority_row(authority, index);
  const Rung* rung = &tile.authority_rungs[row];
  std::vector<float> up(lanes);
  std::vector<float> down(lanes);
  std::vector<float> opportunity(lanes, math::one_minus_exp_minus(ladder.rate * m.dt));
  for (std::size_t l = 0; l < lanes; ++l) {
    const std::size_t r = rung[l];
    if (r + 1 < ladder.size())
      up[l] = slope[l] * (ladder.value[r + 1] - ladder.value[r]) - ladder.up;
    if (r > 0) down[l] = slope[l] * (ladder.value[r - 1] - ladder.value[r]) - ladder.down;
  }
  ChoiceRow choice;
  choice.size = lanes;
  choice.rungs = ladder.size();
  choice.rung = rung;
  choice.up = up.data();
  choice.down = down.data();
  choice.opportunity = opportunity.data();
  choice.draws = draws;
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
  const LaneWords draws(m, tile, m.authority_ladders, step,
                        random::stream(random::Purpose::authority, authority));
  decide_ladder(m, tile, authority, 0, m.model.rights, slope, draws[0], step);

  std::vector<float> kinship(lanes);
  std::vector<float> enmity(lanes);
  for (std::size_t g = 0; g < m.groups; ++g) {
    load_single(m, tile, Param::kinship, authority, g, kinship.data());
    load_single(m, tile, Param::enmity, authority, g, enmity.data());
    for (std::size_t l = 0; l < lanes; ++l) {
      slope[l] = c.posture_inducement * sum(engagement_sum(g), l) +
                 c.deterrence * sum(coercion_sum(g), l) -
                 c.posture_rally * of(WorldSum::coercion, l) +
                 enmity[l] * tile.activity[g * lanes + l] - kinship[l];
    }
    decide_ladder(m, tile, authority, 1 + g, m.model.posture, slope, draws[1 + g], step);
  }

  // sum_i omega_i M_i s_engagement(i), sector by sector.
  std::vector<float> dividend(lanes);
  if (c.dividend != 0.0F) {
    std::vector<float> sanctions(lanes);
    std::vector<float> offer(lanes);
    load_single(m, tile, Param::sanctions, authority, 0, sanctions.data());
    for (std::size_t s = 0; s < m.model.sectors.size(); ++s) {
      load_single(m, tile, Param::offer, authority, s, offer.data());
      for (std::size_t l = 0; l < lanes; ++l) {
        dividend[l] +=
            offer[l] * (sum(m.sector_sum(s), l) - sanctions[l] * sum(m.sector_sum(s) + 1, l));
      }
    }
  }

  std::vector<float> frozen(lanes);
  load_single(m, tile, Param::frozen, authority, 0, frozen.data());
  const float shock = c.hardliner_noise * static_cast<float>(math::sqrt(static_cast<double>(m.dt)));
  const auto keep = static_cast<float>(
      math::decay(static_cast<double>(m.dt), static_cast<double>(c.rights_salience_halflife)));
  const LaneWords words(m, tile, m.authorities, step, random::stream(random::Purpose::hardliner));
  std::vector<float> noise(lanes);
  {
    const std::uint32_t* word = words[authority];
    float* out = noise.data();
    lanes::each(lanes, [=](std::size_t l) {
      const double normal = math::normal_quantile(random::uniform(word[l]));
      out[l] = shock * static_cast<float>(normal);
    });
  }
  for (std::size_t l = 0; l < lanes; ++l) {
    float share = hardliner[l] + m.dt * (c.pull * (c.hardliner_home - hardliner[l]) +
                                         c.harden * of(WorldSum::coercion, l) -
                                         c.soften * of(WorldSum::engagement, l));
    share += noise[l];
    hardliner[l] = unit_interval(share);
    distress[l] = unit_interval(
        distress[l] + m.dt * (c.freeze * frozen[l] + c.closure * of(WorldSum::closure, l) -
                              c.relax * distress[l] - c.dividend * dividend[l]));
    control[l] = unit_interval(control[l] + m.dt * (c.recover * (c.control_home - control[l]) -
                                                    c.shake * of(WorldSum::force, l)));
    salience[l] *= keep;
  }
}

}  // namespace entente::detail
