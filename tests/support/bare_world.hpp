#pragma once

#include <cstddef>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/engine/simulation.hpp"
#include "entente/model/model.hpp"

namespace entente::test {

/// A valid world in which nothing pulls: `actors` actors of equal importance, one authority, no
/// groups, no terms, monthly steps. Tests add the one mechanism that they are about.
///
/// Engagement has five rungs, recognition two, coercion three; everyone starts at the bottom.
[[nodiscard]] Model bare_world(std::size_t actors, std::uint32_t steps);

/// Adds a group with the given attack rate, host 0, no dynamics of its own.
void add_group(Model& model, float attack_rate);

/// All tiles of a run, and answers to questions about them.
struct Memory {
  /// Rung of an actor at the end of a step.
  [[nodiscard]] Rung rung(const Model& model, LadderRole ladder, std::size_t replicate,
                          std::uint32_t step, std::size_t actor, std::size_t authority = 0) const;
  /// Share of replicates with any of the first `actors` actors at a rung at the end of a step.
  [[nodiscard]] double share_at(const Model& model, LadderRole ladder, std::uint32_t step,
                                Rung rung) const;
  [[nodiscard]] std::size_t replicates() const;
  /// Everything that was recorded about replicates, in one sequence: equal runs have equal bytes.
  [[nodiscard]] std::vector<std::uint8_t> bytes(const Model& model) const;

  std::vector<TileResult> tiles;
};

/// Runs a model with the built-in terms.
[[nodiscard]] Memory simulate(const Model& model, const RunOptions& options);
[[nodiscard]] Memory simulate(const Model& model, std::size_t replicates);

}  // namespace entente::test
