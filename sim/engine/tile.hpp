#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/compiled.hpp"

namespace entente::detail {

inline constexpr Rung no_pin = 255;

/// A pair that an event keeps from choosing in this step: where it ends, by replicate.
struct Pin {
  std::size_t index;       ///< into Tile::rungs or Tile::authority_rungs, in rows of lanes
  std::vector<Rung> low;   ///< (lanes); no_pin = free
  std::vector<Rung> high;  ///< (lanes); equals `low` unless a band
};

/// State of up to `lanes` replicates of a model, structure of arrays, replicate innermost: row x of
/// an array starts at x * lanes.
struct Tile {
  Tile(const CompiledModel& compiled, std::size_t lane_count);

  /// Puts every lane to the initial state; lane l becomes replicate first + l.
  void reset(const CompiledModel& m, std::size_t first, std::size_t active);

  [[nodiscard]] std::size_t rung_row(std::size_t authority, LadderRole ladder,
                                     std::size_t actor) const {
    return ((authority * ladder_count + index_of(ladder)) * actors + actor) * lanes;
  }
  [[nodiscard]] std::size_t authority_row(std::size_t authority, std::size_t ladder) const {
    return (authority * authority_ladders + ladder) * lanes;
  }
  [[nodiscard]] std::size_t state_row(std::size_t authority, AuthorityState state) const {
    return (authority * authority_state_count + static_cast<std::size_t>(state)) * lanes;
  }
  [[nodiscard]] std::size_t sum_row(std::size_t authority, std::size_t sum) const {
    return (authority * sums + sum) * lanes;
  }

  std::size_t lanes;
  std::size_t actors;
  std::size_t authority_ladders;
  std::size_t sums;  ///< per authority: world_sum_count + 2 per group
  std::size_t first_replicate = 0;
  std::size_t active = 0;                ///< lanes that are recorded
  std::vector<std::uint32_t> replicate;  ///< (lanes)

  // State of the world.
  std::vector<Rung> rungs;  ///< (K, D, N, lanes)
  std::vector<Rung> next_rungs;
  std::vector<Rung> authority_rungs;  ///< (K, 1 + G, lanes)
  std::vector<Rung> next_authority_rungs;
  std::vector<float> authority_states;  ///< (K, 4, lanes)
  std::vector<float> log_activity;      ///< (G, lanes)
  std::vector<float> activity;          ///< (G, lanes)
  std::vector<float> salience;          ///< (G, N, lanes)
  std::vector<std::uint8_t> body_yes;   ///< (B, lanes)

  // Sums over other actors, kept up to date as rungs move.
  std::vector<std::int32_t> peers;  ///< (K, fields, N, lanes)
  std::vector<std::int32_t>
      recognising;  ///< (K, lanes): sum omega_j [j recognises], units of 2^-30
  // Relation entries under events, and the row sums that go with them.
  std::vector<std::int32_t> alignment_edges;  ///< (touched_alignment, lanes)
  std::vector<std::int32_t> rivalry_edges;    ///< (touched_rivalry, lanes)
  std::vector<std::int32_t>
      alignment_shift;  ///< (N, lanes): row sum less its base; empty if untouched
  std::vector<std::int32_t> rivalry_shift;  ///< (N, lanes)

  // Events and parameters.
  std::vector<std::int32_t> fired;        ///< (E + B, lanes): step, -1 not yet, -2 never
  std::vector<std::uint8_t> active_rows;  ///< (E + B, lanes)
  std::vector<float> parameters;          ///< (slots): base or series value at this step
  std::vector<float> touched;             ///< (touched slots, lanes)
  std::vector<Pin> pins;                  ///< actors, this step
  std::vector<Pin> authority_pins;        ///< authorities, this step

  // Sums over actors of this step: (K, sums, lanes), units of 2^-26.
  std::vector<std::int32_t> world_sums;
};

}  // namespace entente::detail
