#include "ensemble/replicate_view.hpp"

#include <algorithm>

namespace entente::detail {

MeasuredWorld::MeasuredWorld(const Model& model)
    : authorities(model.authorities.size()),
      groups(model.groups.size()),
      actors(model.actors.size()),
      steps(model.calendar.steps()),
      dt(model.calendar.dt()),
      rights(model.rights.value),
      posture(model.posture.value),
      initial_rungs(model.initial_rungs) {
  for (std::size_t d = 0; d < ladder_count; ++d) {
    heights[d] = model.ladders[d].height;
    rungs = std::max(rungs, model.ladders[d].size());
  }
  for (const auto& actor : model.actors) importance.push_back(actor.importance);
}

std::span<const Rung> ReplicateView::rungs(std::size_t authority, LadderRole ladder,
                                           std::size_t t) const {
  const std::size_t first = at(authority * ladder_count + index_of(ladder), t) * world_.actors;
  return std::span(tile_.rungs).subspan(first, world_.actors);
}

std::span<const Rung> ReplicateView::initial_rungs(std::size_t authority, LadderRole ladder) const {
  const std::size_t first = (authority * ladder_count + index_of(ladder)) * world_.actors;
  return std::span(world_.initial_rungs).subspan(first, world_.actors);
}

std::span<const std::uint32_t> ReplicateView::at_or_above(std::size_t authority, LadderRole ladder,
                                                          std::size_t t) const {
  const std::size_t first = at(authority * ladder_count + index_of(ladder), t) * world_.rungs;
  return std::span(tile_.at_or_above).subspan(first, world_.rungs);
}

float ReplicateView::state(std::size_t authority, AuthorityState state, std::size_t t) const {
  return tile_
      .authority_states[at(authority * authority_state_count + static_cast<std::size_t>(state), t)];
}

Rung ReplicateView::policy(std::size_t authority, std::size_t policy, std::size_t t) const {
  return tile_.authority_rungs[at(authority * (1 + world_.groups) + policy, t)];
}

bool fits(const MeasuredWorld& world, const TileResult& tile, RecordLevel level) {
  const std::size_t ends = tile.replicates * world.steps;
  const std::size_t rows = world.authorities * ladder_count * ends;
  return tile.at_or_above.size() == rows * world.rungs &&
         tile.authority_states.size() == world.authorities * authority_state_count * ends &&
         tile.authority_rungs.size() == world.authorities * (1 + world.groups) * ends &&
         (level == RecordLevel::summary || tile.rungs.size() == rows * world.actors);
}

}  // namespace entente::detail
