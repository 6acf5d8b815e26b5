#include "engine/decide.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "core/lanes.hpp"
#include "core/math.hpp"
#include "core/random.hpp"
#include "engine/choice.hpp"
#include "entente/core/error.hpp"

namespace entente::detail {
namespace {

/// V(above) - V(own) and V(below) - V(own): the sum over profiles of intensity times step. Goes
/// rung by rung, so that steps are constants of a loop over lanes; rungs that nobody in the block
/// stands on cost nothing.
void add_up_profiles(const CompiledLadder& ladder, const std::array<bool, profile_count>& used,
                     const Rung* rung, Workspace& work) {
  const std::size_t size = work.size;
  float* up = work.up.data();
  float* down = work.down.data();
  float* sum_up = work.scratch.data();
  float* sum_down = work.scratch2.data();
  for (std::size_t r = 0; r < ladder.rungs; ++r) {
    if (std::memchr(rung, static_cast<int>(r), size) == nullptr) continue;
    std::fill_n(sum_up, size, 0.0F);
    std::fill_n(sum_down, size, 0.0F);
    for (std::size_t p = 0; p < profile_count; ++p) {
      if (!used[p]) continue;
      const float* intensity = work.intensity[p].data();
      const float step_up = ladder.steps[p].up[r];
      const float step_down = ladder.steps[p].down[r];
      lanes::each(size, [=](std::size_t x) {
        sum_up[x] += intensity[x] * step_up;
        sum_down[x] += intensity[x] * step_down;
      });
    }
    lanes::each(size, [=](std::size_t x) {
      up[x] = rung[x] == r ? sum_up[x] : up[x];
      down[x] = rung[x] == r ? sum_down[x] : down[x];
    });
  }
}

/// Finds the first term whose intensity is not finite, for the error message. Lanes that are not
/// recorded do not count: whether a run fails must not depend on the width of its tiles.
void report(const CompiledModel& m, const Tile& tile, const Workspace& work, const Block& block,
            std::size_t authority, LadderRole ladder, std::uint32_t step) {
  const std::string where =
      "step " + std::to_string(step) + " (" + m.model.calendar.label(step) + ")";
  std::vector<float> row(work.size);
  for (const auto& channel : m.ladders[index_of(ladder)].channels) {
    m.terms[channel.term]->intensity(channel.channel, block, row.data());
    for (std::size_t x = 0; x < work.size; ++x) {
      if (is_utility(row[x]) || x % work.lanes >= tile.active) continue;
      const std::size_t actor = work.block.first + x / work.lanes;
      throw NumericalError(
          where + ", actor " + m.model.actors[actor].id + ", authority " +
          m.model.authorities[authority].id + ", ladder " + m.model.ladders[index_of(ladder)].key +
          ", term " + m.term_names[channel.term] +
          ": found a utility that is not finite; allowed: " + "finite; replicate " +
          std::to_string(tile.replicate[x % work.lanes]));
    }
  }
  for (std::size_t x = 0; x < work.size; ++x) {
    if (x % work.lanes < tile.active && !(is_utility(work.up[x]) && is_utility(work.down[x]))) {
      throw NumericalError(where + ": the sum of utilities is not finite");
    }
  }
}

void load_opportunity(const CompiledModel& m, const Tile& tile, LadderRole ladder,
                      Workspace& work) {
  const float rate_dt = m.ladders[index_of(ladder)].rate_dt;
  work.load(m, tile, Param::attention, 0, work.opportunity.data());
  float* opportunity = work.opportunity.data();
  lanes::each(work.size, [=](std::size_t x) {
    opportunity[x] = math::one_minus_exp_minus(rate_dt * opportunity[x]);
  });
}

}  // namespace

void decide_block(const CompiledModel& m, Tile& tile, Workspace& work, std::size_t authority,
                  std::uint32_t step, Capture* capture) {
  Block block;
  block.size = work.size;
  block.covariates = work.covariate_rows;
  for (std::size_t row = 0; row < driver_count; ++row) block.rows[row] = work.rows[row].data();
  if (capture != nullptr) capture->drivers(work, authority, step);

  for (const auto role : all_ladders) {
    const auto& ladder = m.ladders[index_of(role)];
    const std::size_t row = tile.rung_row(authority, role, work.block.first);
    const Rung* rung = &tile.rungs[row];
    if (ladder.rungs == 1) {
      std::copy_n(rung, work.size, &tile.next_rungs[row]);
      continue;
    }
    block.rows[static_cast<std::size_t>(Driver::alignment)] = work.alignment[index_of(role)].data();
    block.rows[static_cast<std::size_t>(Driver::rival_claims)] =
        work.rival_claims[index_of(role)].data();

    // Intensities that share a profile are added first: then each profile is looked up once.
    std::array<bool, profile_count> used{};
    for (const auto& channel : ladder.channels) {
      const auto p = static_cast<std::size_t>(channel.profile);
      auto* sum = work.intensity[p].data();
      auto* out = used[p] ? work.scratch.data() : sum;
      m.terms[channel.term]->intensity(channel.channel, block, out);
      if (capture != nullptr) {
        capture->contribution(work, authority, role, step, channel.term, ladder.steps[p], out,
                              rung);
      }
      if (used[p]) {
        lanes::each(work.size, [=](std::size_t x) { sum[x] += out[x]; });
      }
      used[p] = true;
    }
    add_up_profiles(ladder, used, rung, work);

    load_opportunity(m, tile, role, work);
    work.draw(m, step, random::stream(random::Purpose::choice, authority, index_of(role)));
    if (capture != nullptr) capture->luck(work, authority, role, step);
    ChoiceRow choice;
    choice.size = work.size;
    choice.rungs = ladder.rungs;
    choice.rung = rung;
    choice.up = work.up.data();
    choice.down = work.down.data();
    choice.opportunity = work.opportunity.data();
    choice.draws = work.draws.data();
    choice.inverse_temperature = m.inverse_temperature;
    choice.next = &tile.next_rungs[row];
    if (!choose(choice)) report(m, tile, work, block, authority, role, step);
  }
}

}  // namespace entente::detail
