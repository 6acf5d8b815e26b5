#pragma once

#include <array>
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

/// A change of rung in one replicate.
struct Step {
  std::uint32_t lane;
  Rung from;
  Rung to;
};

/// The actors who move on one ladder towards one authority.
struct Moves {
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  std::vector<std::uint32_t> actors;
  std::vector<std::size_t> start;  ///< of an actor's steps in `steps`; one more than actors
  std::vector<Step> steps;         ///< only where somebody asks for them
};

/// What follows from parameters alone that are the same in all replicates.
struct Fixed {
  explicit Fixed(const CompiledModel& m);

  std::vector<float> up;            ///< (K, D, N, rungs): V(above) - V(own) by fixed channels
  std::vector<float> down;          ///< (K, D, N, rungs): V(below) - V(own)
  std::vector<float> opportunity;   ///< (D, N): probability of reconsidering
  std::vector<std::int32_t> limit;  ///< (D, N): half a draw this far from both ends moves nobody
  std::vector<float> alignment_weight;  ///< (N): that of who looks at anybody
  std::vector<float> potential;         ///< (K, N): sum_s y o, if m.fixed_potential

  [[nodiscard]] std::size_t bytes() const;
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
  /// First of the actor's rungs in `Fixed::up` and `Fixed::down`.
  [[nodiscard]] std::size_t fixed_row(std::size_t authority, LadderRole ladder,
                                      std::size_t actor) const {
    const std::size_t before = ladder_start[index_of(ladder)];
    const std::size_t options = ladder_start[index_of(ladder) + 1] - before;
    return (authority * ladder_start[ladder_count] + before) * actors + actor * options;
  }
  [[nodiscard]] std::size_t sum_row(std::size_t authority, std::size_t sum) const {
    return (authority * sums + sum) * lanes;
  }

  std::size_t lanes;
  std::size_t actors;
  std::size_t authority_ladders;
  std::size_t sums;                                          ///< per authority
  std::array<std::size_t, ladder_count + 1> ladder_start{};  ///< rungs of the ladders before
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
  std::vector<std::int32_t> peers;  ///< (K, fields that are kept, N, lanes)
  std::vector<std::int32_t>
      recognising;                   ///< (K, lanes): sum omega_j [j recognises], units of 2^-30
  Moves moves;                       ///< scratch of those who bring them up to date
  std::vector<std::uint32_t> moved;  ///< scratch: (N) lanes in which an actor moves
  std::vector<std::int32_t> peer_deltas;  ///< scratch: (moves, lanes)
  std::vector<std::int32_t> peer_values;  ///< scratch: values of all actors' rungs, in pairs
  std::vector<std::uint8_t> peer_bytes;   ///< scratch: values of all actors' rungs, 240 at most
  // Relation entries under events, and the row sums that go with them.
  std::vector<std::int32_t> alignment_edges;  ///< (touched_alignment, lanes)
  std::vector<std::int32_t> rivalry_edges;    ///< (touched_rivalry, lanes)
  std::vector<std::int32_t>
      alignment_shift;  ///< (N, lanes): row sum less its base; empty if untouched
  std::vector<std::int32_t> rivalry_shift;  ///< (N, lanes)

  // Events and parameters.
  std::vector<std::int32_t> fired;        ///< (E + B, lanes): step, -1 not yet, -2 never
  std::vector<std::uint8_t> active_rows;  ///< (E + B, lanes)
  std::vector<std::uint8_t> turned;       ///< (E + B): `active_rows` changed somewhere in this step
  std::vector<float> parameters;          ///< (slots): value at this step, but for touched ones
  std::vector<float> touched;             ///< (touched slots, lanes)
  bool first_step = true;
  ParamSet changed;       ///< whose values in `parameters` are not what they were a step ago
  std::vector<Pin> pins;  ///< actors, this step
  std::vector<Pin> authority_pins;  ///< authorities, this step

  Fixed* fixed = nullptr;             ///< of this step
  std::vector<std::int32_t> addends;  ///< to world sums, by fixed rule, actor and rung

  // Sums over actors: (K, sums, lanes), units of 2^-26.
  std::vector<std::int32_t> world_sums;
};

}  // namespace entente::detail
