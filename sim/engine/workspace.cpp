#include "engine/workspace.hpp"

#include <algorithm>

#include "core/kernels.hpp"
#include "core/random.hpp"

namespace entente::detail {
namespace {

/// Room behind flags and the places of those that are set (kernels::find_flags).
constexpr std::size_t padding = 64;

}  // namespace

Workspace::Workspace(const CompiledModel& m, const Tile& tile, std::size_t block_actors)
    : lanes(tile.lanes) {
  const std::size_t most = block_actors * lanes;
  for (auto* row : {&up, &down, &opportunity}) row->resize(most);
  for (auto& row : driver) row.resize(most);
  for (auto& row : intensity) row.resize(most);
  for (auto& row : scratch) row.resize(most);
  for (auto& row : integers) row.resize(most);
  for (auto* row : {&rung, &other_rung, &next}) row->resize(most);
  covariates.resize(m.model.covariates.size());
  for (auto& row : covariates) row.resize(most);
  covariate_rows.resize(covariates.size());
  for (auto* row : {&draws, &words, &quarter_, &replicate_}) row->resize(most);
  for (auto* row : {&actor, &lane, &actor_of_, &lane_of_}) row->resize(most);
  for (auto& row : words_) row.resize(most);
  flags.resize(most + padding);
  element.resize(most + padding);
  for (std::size_t a = 0; a < block_actors; ++a) {
    for (std::size_t l = 0; l < lanes; ++l) {
      actor_of_[a * lanes + l] = static_cast<std::uint32_t>(a);
      lane_of_[a * lanes + l] = static_cast<std::uint32_t>(l);
    }
  }
}

void Workspace::enter(const CompiledModel& m, const Tile& tile, const ActorBlock& next_block) {
  block = next_block;
  elements = block.count * lanes;
  for (std::size_t g = 0; g < block.group_count; ++g) {
    std::fill_n(&quarter_[g * lanes], lanes, m.draw_groups[block.first_group + g].quarter);
    std::copy_n(tile.replicate.begin(), lanes, &replicate_[g * lanes]);
  }
  ready = {};
  take_all();
}

void Workspace::take_all() {
  if (!whole) ready = {};
  whole = true;
  size = elements;
}

void Workspace::take_flagged() {
  whole = false;
  ready = {};
  size = kernels::find_flags(flags.data(), elements, element.data());
  for (std::size_t x = 0; x < size; ++x) {
    actor[x] = actor_of_[element[x]];
    lane[x] = lane_of_[element[x]];
  }
}

void Workspace::take_actors() {
  whole = false;
  ready = {};
  size = block.count;
  for (std::size_t a = 0; a < size; ++a) {
    element[a] = static_cast<std::uint32_t>(a * lanes);
    actor[a] = static_cast<std::uint32_t>(a);
    lane[a] = 0;
  }
}

Range Workspace::of_actors(std::size_t first, std::size_t last) const {
  if (whole) return {first * lanes, last * lanes};
  const auto* begin = actor.data();
  const auto* end = begin + size;
  const auto* from = std::lower_bound(begin, end, first);
  const auto* to = std::lower_bound(from, end, last);
  return {static_cast<std::size_t>(from - begin), static_cast<std::size_t>(to - begin)};
}

void Workspace::draw(const CompiledModel& m, std::uint32_t step, std::uint32_t stream) {
  constexpr std::size_t wide = 16;
  const auto make = [&](std::size_t first_group, std::size_t groups,
                        const std::array<std::uint32_t*, 4>& out) {
    random::words(m.model.seed, &quarter_[first_group * lanes], step, stream,
                  &replicate_[first_group * lanes], groups * lanes, out);
  };
  const std::array<std::uint32_t*, 4> aside{words_[0].data(), words_[1].data(), words_[2].data(),
                                            words_[3].data()};
  if (lanes < wide) make(0, block.group_count, aside);
  for (std::size_t g = 0; g < block.group_count; ++g) {
    const auto& group = m.draw_groups[block.first_group + g];
    auto* out = &draws[(group.first - block.first) * lanes];
    if (lanes >= wide && group.count == 4) {  // all four, in order: no need to go aside
      make(g, 1, {out, out + lanes, out + 2 * lanes, out + 3 * lanes});
      continue;
    }
    if (lanes >= wide) {
      make(
          g, 1,
          {aside[0] + g * lanes, aside[1] + g * lanes, aside[2] + g * lanes, aside[3] + g * lanes});
    }
    for (std::size_t a = 0; a < group.count; ++a) {
      std::copy_n(aside[m.draw_word[group.first + a]] + g * lanes, lanes, out + a * lanes);
    }
  }
}

std::optional<Range> Workspace::exposed_to(const CompiledModel& m, std::size_t group) const {
  const std::uint8_t* begin = &m.exposed[group * m.actors + block.first];
  const std::uint8_t* end = begin + block.count;
  const std::uint8_t* first = std::find(begin, end, 1);
  if (first == end) return std::nullopt;
  const std::uint8_t* last = end;
  while (last[-1] == 0) --last;
  return Range{static_cast<std::size_t>(first - begin), static_cast<std::size_t>(last - begin)};
}

const float* Workspace::parameter(const CompiledModel& m, const Tile& tile, Param param,
                                  std::size_t row, Range part, float* out) const {
  const std::size_t first = m.model.parameters.slot(param, row, block.first);
  const float* values = by_actor(&tile.parameters[first], part, out);
  if (!m.varies(param, row)) return values;
  if (values != out) std::copy(values + part.first, values + part.last, out + part.first);
  for (std::size_t x = part.first; x < part.last; ++x) {
    const std::size_t a = whole ? actor_of_[x] : actor[x];
    const std::int32_t touched = m.touched_row[first + a];
    if (touched < 0) continue;
    const std::size_t l = whole ? lane_of_[x] : lane[x];
    out[x] = tile.touched[static_cast<std::size_t>(touched) * lanes + l];
  }
  return out;
}

}  // namespace entente::detail
