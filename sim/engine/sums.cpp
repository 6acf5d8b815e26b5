#include "engine/sums.hpp"

#include <algorithm>

#include "core/lanes.hpp"
#include "engine/look_up.hpp"

namespace entente::detail {
namespace {

/// The product of a rule's factors, of the elements taken.
const float* factors(const CompiledModel& m, const Tile& tile, const WorldSumRule& rule,
                     Workspace& work) {
  float* out = work.scratch[0].data();
  std::fill_n(out, work.size, 1.0F);
  for (const auto& factor : rule.factors) {
    const float* row = work.parameter(m, tile, factor.param, factor.row, work.scratch[1].data());
    lanes::each(work.size, [=](std::size_t x) { out[x] = out[x] * row[x]; });
  }
  return out;
}

/// What the block's actors add on each rung of a fixed rule.
void refresh_addends(const CompiledModel& m, Tile& tile, const WorldSumRule& rule,
                     Workspace& work) {
  work.take_actors();
  const float* factor = factors(m, tile, rule, work);
  const std::size_t rungs = m.ladders[index_of(rule.ladder)].rungs;
  for (std::size_t a = 0; a < work.block.count; ++a) {
    const std::size_t i = work.block.first + a;
    const float weight = m.importance[i] * sum_unit;
    for (std::size_t r = 0; r < rungs; ++r) {
      tile.addends[rule.start + i * rungs + r] =
          static_cast<std::int32_t>(weight * (factor[a] * rule.value[r]));
    }
  }
}

void add_fixed(const CompiledModel& m, const Tile& tile, const WorldSumRule& rule, const Rung* rung,
               const Workspace& work, std::int32_t* out) {
  const std::size_t rungs = m.ladders[index_of(rule.ladder)].rungs;
  for (std::size_t a = 0; a < work.block.count; ++a) {
    const std::int32_t* addend = &tile.addends[rule.start + (work.block.first + a) * rungs];
    for (std::size_t l = 0; l < work.lanes; ++l) out[l] += addend[rung[a * work.lanes + l]];
  }
}

void add_moving(const CompiledModel& m, const Tile& tile, const WorldSumRule& rule,
                const Rung* rung, Workspace& work, std::int32_t* out) {
  work.take_all();
  const float* factor = factors(m, tile, rule, work);
  const RungTable value = rule.value;
  with_rungs(m.ladders[index_of(rule.ladder)].rungs, [&](auto size) {
    for (std::size_t a = 0; a < work.block.count; ++a) {
      const float weight = m.importance[work.block.first + a] * sum_unit;
      const std::size_t first = a * work.lanes;
      lanes::each(work.lanes, [=](std::size_t l) {
        const float height = look_up<size>(value, rung[first + l]);
        out[l] += static_cast<std::int32_t>(weight * (factor[first + l] * height));
      });
    }
  });
}

}  // namespace

bool is_stale(const CompiledModel& m, const Tile& tile, const WorldSumRule& rule) {
  return !rule.fixed || tile.first_step || (tile.changed & m.sum_params).any();
}

void add_world_sums(const CompiledModel& m, Tile& tile, std::size_t authority, Workspace& work,
                    std::int32_t* sums) {
  for (const auto& rule : m.sum_rules) {
    if (!is_stale(m, tile, rule)) continue;
    const Rung* rung = &tile.rungs[tile.rung_row(authority, rule.ladder, work.block.first)];
    auto* out = sums + rule.sum * work.lanes;
    if (rule.fixed) {
      if (authority == 0) refresh_addends(m, tile, rule, work);
      add_fixed(m, tile, rule, rung, work, out);
    } else {
      add_moving(m, tile, rule, rung, work, out);
    }
  }
}

}  // namespace entente::detail
