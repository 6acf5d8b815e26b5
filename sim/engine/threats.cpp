#include "engine/threats.hpp"

#include <algorithm>

#include "core/lanes.hpp"
#include "core/math.hpp"
#include "core/random.hpp"
#include "engine/by_lane.hpp"

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

void drift_activity(const CompiledModel& m, Tile& tile, std::uint32_t step) {
  const LaneWords words(m, tile, m.groups, step, random::stream(random::Purpose::activity));
  for (std::size_t g = 0; g < m.groups; ++g) {
    const auto group = m.compiled_groups[g];
    auto* log_activity = &tile.log_activity[g * tile.lanes];
    auto* activity = &tile.activity[g * tile.lanes];
    const std::uint32_t* word = words[g];
    lanes::each(tile.lanes, [=](std::size_t l) {
      const double normal = math::normal_quantile(random::uniform(word[l]));
      log_activity[l] = log_activity[l] * group.keep + group.shock * static_cast<float>(normal);
      activity[l] = math::exp(log_activity[l]);
    });
  }
}

void strike(const CompiledModel& m, Tile& tile, std::size_t g, Workspace& work,
            std::uint32_t step) {
  const std::size_t lanes = tile.lanes;
  const auto& constants = m.compiled_groups[g];
  const float cap = m.model.groups[g].salience_cap;
  auto* salience = &tile.salience[(g * m.actors + work.block.first) * lanes];
  const float keep = constants.salience_keep;
  lanes::each(work.elements, [=](std::size_t x) { salience[x] *= keep; });
  if (!work.exposed_to(m, g)) return;
  // Rate of the group towards a fully exposed actor, by replicate.
  auto* rate = work.scratch[0].data();
  load_single(m, tile, Param::attack_rate, 0, g, rate);
  auto* posture = work.scratch[1].data();
  load_posture(m, tile, m.model.groups[g].host, g, posture);
  const float effect = m.model.groups[g].effect;
  const auto* activity = &tile.activity[g * lanes];
  for (std::size_t l = 0; l < lanes; ++l) {
    const float prevented = posture[l] > 0.0F ? effect * posture[l] : 0.0F;
    rate[l] = m.dt * rate[l] * activity[l] * (1.0F - prevented);
  }
  work.draw(m, step, random::stream(random::Purpose::attacks, 0, g));
  work.take_all();
  const float* by_lane = work.by_lane(rate, work.scratch[2].data());
  const float* exposure = work.parameter(m, tile, Param::exposure, g, work.scratch[1].data());
  const std::uint32_t* draws = work.draws.data();
  float* mean = work.scratch[0].data();
  std::uint8_t* flags = work.flags.data();
  lanes::each(work.size, [=](std::size_t x) {
    const float product = by_lane[x] * exposure[x];
    mean[x] = product < largest_mean ? product : largest_mean;
    // e^-m >= 1 - m: a draw well below the right side is no attack, whatever the left side is.
    flags[x] = random::from_zero(draws[x]) < 0.999999F - mean[x] ? 0 : 1;
  });
  work.take_flagged();
  for (std::size_t e = 0; e < work.size; ++e) {
    const std::size_t x = work.element[e];
    const float raised = salience[x] + static_cast<float>(attacks(mean[x], draws[x]));
    salience[x] = raised > cap ? cap : raised;
  }
}

}  // namespace entente::detail
