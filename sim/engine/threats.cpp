#include "engine/threats.hpp"

#include <algorithm>

#include "core/lanes.hpp"
#include "core/math.hpp"
#include "core/random.hpp"

namespace entente::detail {
namespace {

/// Means beyond this are held there; the Poisson law then needs more than a double can tell.
constexpr float largest_mean = 700.0F;

std::uint32_t attacks(float mean, std::uint32_t word) {
  // e^-m >= 1 - m, so a draw below the right side is no attack without computing the left.
  const double u = random::uniform(word);
  if (u < 1.0 - static_cast<double>(mean)) return 0;
  return math::poisson_quantile(static_cast<double>(mean), u);
}

}  // namespace

void load_single(const CompiledModel& m, const Tile& tile, Param param, std::size_t row,
                 std::size_t column, float* out) {
  const std::size_t slot = m.model.parameters.slot(param, row, column);
  const std::int32_t touched = m.touched_row[slot];
  if (touched >= 0) {
    std::copy_n(&tile.touched[static_cast<std::size_t>(touched) * tile.lanes], tile.lanes, out);
  } else {
    std::fill_n(out, tile.lanes, tile.parameters[slot]);
  }
}

void load_posture(const CompiledModel& m, const Tile& tile, std::size_t authority,
                  std::size_t group, float* out) {
  const auto* rung = &tile.authority_rungs[tile.authority_row(authority, 1 + group)];
  for (std::size_t l = 0; l < tile.lanes; ++l) out[l] = m.model.posture.value[rung[l]];
}

void drift_activity(const CompiledModel& m, Tile& tile, std::uint32_t step) {
  const auto stream = random::stream(random::Purpose::activity);
  for (std::size_t g = 0; g < m.groups; ++g) {
    const auto& group = m.compiled_groups[g];
    auto* log_activity = &tile.log_activity[g * tile.lanes];
    auto* activity = &tile.activity[g * tile.lanes];
    for (std::size_t l = 0; l < tile.lanes; ++l) {
      log_activity[l] *= group.keep;
      if (group.shock != 0.0F) {
        const auto word = random::word(m.model.seed, static_cast<std::uint32_t>(g), step, stream,
                                       tile.replicate[l]);
        log_activity[l] +=
            group.shock * static_cast<float>(math::normal_quantile(random::uniform(word)));
      }
      activity[l] = math::exp(log_activity[l]);
    }
  }
}

void strike(const CompiledModel& m, Tile& tile, Workspace& work, std::uint32_t step) {
  const std::size_t lanes = tile.lanes;
  for (std::size_t g = 0; g < m.groups; ++g) {
    const auto& constants = m.compiled_groups[g];
    const float cap = m.model.groups[g].salience_cap;
    const std::uint8_t* exposed = &m.exposed[g * m.actors + work.block.first];
    auto* salience = &tile.salience[(g * m.actors + work.block.first) * lanes];
    const float keep = constants.salience_keep;
    lanes::each(work.size, [=](std::size_t x) { salience[x] *= keep; });
    if (!work.exposed_to(m, g)) continue;
    // Rate of the group towards a fully exposed actor, by replicate.
    auto* rate = work.scratch2.data();
    load_single(m, tile, Param::attack_rate, 0, g, rate);
    auto* posture = work.up.data();
    load_posture(m, tile, m.model.groups[g].host, g, posture);
    const float effect = m.model.groups[g].effect;
    const auto* activity = &tile.activity[g * lanes];
    for (std::size_t l = 0; l < lanes; ++l) {
      const float prevented = posture[l] > 0.0F ? effect * posture[l] : 0.0F;
      rate[l] = m.dt * rate[l] * activity[l] * (1.0F - prevented);
    }
    work.draw(m, step, random::stream(random::Purpose::attacks, 0, g));
    work.load(m, tile, Param::exposure, g, work.scratch.data());
    for (std::size_t a = 0; a < work.block.count; ++a) {
      if (exposed[a] == 0) continue;
      for (std::size_t l = 0; l < lanes; ++l) {
        const std::size_t x = a * lanes + l;
        const float mean = std::min(rate[l] * work.scratch[x], largest_mean);
        const float raised = salience[x] + static_cast<float>(attacks(mean, work.draws[x]));
        salience[x] = raised > cap ? cap : raised;
      }
    }
  }
}

}  // namespace entente::detail
