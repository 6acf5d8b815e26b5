#include "engine/workspace.hpp"

#include <algorithm>

#include "core/random.hpp"

namespace entente::detail {

Workspace::Workspace(const CompiledModel& m, const Tile& tile, std::size_t block_actors)
    : lanes(tile.lanes) {
  const std::size_t most = block_actors * lanes;
  for (auto* row : {&scratch, &scratch2, &up, &down, &opportunity}) row->resize(most);
  for (auto& row : rows) row.resize(most);
  for (auto& row : intensity) row.resize(most);
  for (auto* set : {&height, &alignment, &rival_claims}) {
    for (auto& row : *set) row.resize(most);
  }
  covariates.assign(m.model.covariates.size(), std::vector<float>(most));
  for (const auto& row : covariates) covariate_rows.push_back(row.data());
  draws.resize(most);
  for (auto* row : {&quarter_, &replicate_}) row->resize(most);
  for (auto& row : words_) row.resize(most);
}

void Workspace::enter(const CompiledModel& m, const Tile& tile, const ActorBlock& next) {
  block = next;
  size = block.count * lanes;
  for (std::size_t g = 0; g < block.group_count; ++g) {
    std::fill_n(&quarter_[g * lanes], lanes, m.draw_groups[block.first_group + g].quarter);
    std::copy_n(tile.replicate.begin(), lanes, &replicate_[g * lanes]);
  }
}

void Workspace::draw(const CompiledModel& m, std::uint32_t step, std::uint32_t stream) {
  random::words(m.model.seed, quarter_.data(), step, stream, replicate_.data(),
                block.group_count * lanes,
                {words_[0].data(), words_[1].data(), words_[2].data(), words_[3].data()});
  for (std::size_t g = 0; g < block.group_count; ++g) {
    const auto& group = m.draw_groups[block.first_group + g];
    for (std::size_t a = 0; a < group.count; ++a) {
      const std::size_t actor = group.first + a;
      std::copy_n(&words_[m.draw_word[actor]][g * lanes], lanes,
                  &draws[(actor - block.first) * lanes]);
    }
  }
}

bool Workspace::exposed_to(const CompiledModel& m, std::size_t group) const {
  const std::uint8_t* exposed = &m.exposed[group * m.actors + block.first];
  return std::any_of(exposed, exposed + block.count, [](std::uint8_t e) { return e != 0; });
}

void Workspace::load(const CompiledModel& m, const Tile& tile, Param param, std::size_t row,
                     float* out) const {
  const std::size_t first = m.model.parameters.slot(param, row, block.first);
  for (std::size_t a = 0; a < block.count; ++a) {
    const std::int32_t touched = m.touched_row[first + a];
    if (touched >= 0) {
      std::copy_n(&tile.touched[static_cast<std::size_t>(touched) * lanes], lanes, out + a * lanes);
    } else {
      std::fill_n(out + a * lanes, lanes, tile.parameters[first + a]);
    }
  }
}

}  // namespace entente::detail
