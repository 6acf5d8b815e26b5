#pragma once

#include "entente/estimate/history.hpp"
#include "support/bare_world.hpp"

namespace entente::test {

/// One replicate of a run as a history that is known in full.
[[nodiscard]] inline Path recorded_path(const Model& model, const Memory& run,
                                        std::size_t replicate) {
  Path path;
  path.authorities = model.authorities.size();
  path.steps = model.calendar.steps();
  path.actors = model.actors.size();
  path.walked.resize(path.authorities * ladder_count * (path.steps + 1) * path.actors);
  path.observed.resize(path.authorities * ladder_count * path.steps * path.actors);
  for (std::size_t k = 0; k < path.authorities; ++k) {
    for (const auto ladder : all_ladders) {
      for (std::size_t i = 0; i < path.actors; ++i) {
        path.walked[path.at(k, ladder, 0, i)] = model.initial_rungs[model.rung_index(k, ladder, i)];
        for (std::uint32_t t = 0; t < path.steps; ++t) {
          path.walked[path.at(k, ladder, t + 1, i)] = run.rung(model, ladder, replicate, t, i, k);
          path.observed[path.decision(k, ladder, t, i)] =
              model.ladders[index_of(ladder)].size() > 1 ? 1 : 0;
        }
      }
    }
  }
  path.standing = path.walked;
  return path;
}

}  // namespace entente::test
