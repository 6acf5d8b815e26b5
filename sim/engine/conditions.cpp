#include "engine/conditions.hpp"

#include <algorithm>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

/// Number or importance (units of 2^-30) of actors at or above a rung, by replicate.
void count_at_or_above(const CompiledModel& m, const Tile& tile, std::size_t authority,
                       LadderRole ladder, Rung rung, const std::vector<std::uint32_t>& among,
                       bool by_importance, std::vector<std::int32_t>& count) {
  count.assign(tile.lanes, 0);
  for (const auto i : among) {
    const std::int32_t weight = by_importance ? m.importance_fixed[i] : 1;
    const auto* row = &tile.rungs[tile.rung_row(authority, ladder, i)];
    auto* sum = count.data();
    lanes::each(tile.lanes, [=](std::size_t l) { sum[l] += row[l] >= rung ? weight : 0; });
  }
}

void keep_between(std::vector<std::uint8_t>& holds, std::size_t lane, float value, float at_least,
                  float at_most) {
  if (!(value >= at_least && value <= at_most)) holds[lane] = 0;
}

}  // namespace

void share_at_or_above(const CompiledModel& m, const Tile& tile, std::size_t authority,
                       LadderRole ladder, Rung rung, const std::vector<std::uint32_t>& members,
                       bool by_importance, std::vector<float>& share) {
  std::vector<std::int32_t> count;
  count_at_or_above(m, tile, authority, ladder, rung, members, by_importance, count);
  std::int32_t whole = 0;
  for (const auto i : members) whole += by_importance ? m.importance_fixed[i] : 1;
  share.resize(tile.lanes);
  for (std::size_t l = 0; l < tile.lanes; ++l) {
    share[l] = whole == 0 ? 0.0F : static_cast<float>(count[l]) / static_cast<float>(whole);
  }
}

void require(const CompiledModel& m, const Tile& tile, const Condition& condition,
             std::vector<std::uint8_t>& holds) {
  if (const auto* c = std::get_if<CountCondition>(&condition)) {
    std::vector<std::int32_t> count;
    count_at_or_above(m, tile, c->authority, c->ladder, c->rung, c->among, c->by_importance, count);
    const float unit = c->by_importance ? 1.0F / importance_unit : 1.0F;
    for (std::size_t l = 0; l < tile.lanes; ++l) {
      keep_between(holds, l, static_cast<float>(count[l]) * unit, c->at_least, c->at_most);
    }
  } else if (const auto* s = std::get_if<StateCondition>(&condition)) {
    const auto* row = &tile.authority_states[tile.state_row(s->authority, s->state)];
    for (std::size_t l = 0; l < tile.lanes; ++l) {
      keep_between(holds, l, row[l], s->at_least, s->at_most);
    }
  } else if (const auto* r = std::get_if<AuthorityRungCondition>(&condition)) {
    const auto* row = &tile.authority_rungs[tile.authority_row(r->authority, r->ladder)];
    for (std::size_t l = 0; l < tile.lanes; ++l) {
      if (row[l] < r->at_least || row[l] > r->at_most) holds[l] = 0;
    }
  }
}

}  // namespace entente::detail
