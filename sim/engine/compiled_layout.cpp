// Which actors are drawn and computed together.

#include <algorithm>

#include "core/math.hpp"
#include "engine/compiled.hpp"

namespace entente::detail {

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
