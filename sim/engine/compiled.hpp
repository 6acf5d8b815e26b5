#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "entente/model/model.hpp"
#include "entente/model/term.hpp"

namespace entente::detail {

/// Importance is summed in units of 2^-30, other sums over actors in units of 2^-26: exact, hence
/// the same for any order of actors and any split over threads.
inline constexpr float importance_unit = 0x1p30F;
inline constexpr float sum_unit = 0x1p26F;

/// A change of the model with the row of the table that says in which replicates it is active.
struct ActiveChange {
  std::uint32_t source;  ///< row of the activity table: events first, then bodies
  EventOp op;
  float value;
};

/// A parameter that some event or body may alter: its value differs between replicates.
struct TouchedSlot {
  std::size_t slot;
  float min;
  float max;
  std::vector<ActiveChange> changes;  ///< in the order of the scenario
};

/// A relation entry that some event or body may alter.
struct TouchedEdge {
  std::uint32_t row;
  std::uint32_t column;
  std::int32_t base;  ///< in units of 2^-15
  std::vector<ActiveChange> changes;
};

/// One channel of one term on one ladder.
struct LadderChannel {
  std::uint32_t term;
  std::uint32_t channel;
  Profile profile;
};

/// What a step up or down changes in a profile, by the rung it starts from.
struct ProfileSteps {
  std::array<float, max_rungs> up{};
  std::array<float, max_rungs> down{};
};

/// A ladder as the choice kernel sees it.
struct CompiledLadder {
  std::size_t rungs = 0;
  std::array<float, max_rungs> height{};  ///< s_d(r)
  std::array<ProfileSteps, profile_count> steps{};
  std::vector<LadderChannel> channels;               ///< in the order of the terms
  std::array<std::int32_t, max_rungs> recognises{};  ///< 0 or 1
  float rate_dt = 0.0F;                              ///< lambda_d * Delta
};

/// A run of consecutive actors whose draws come from one Philox call.
struct DrawGroup {
  std::uint32_t quarter;  ///< entity / 4
  std::uint32_t first;    ///< actor
  std::uint32_t count;    ///< 1 to 4
};

/// Actors that the kernels handle together.
struct ActorBlock {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t first_group = 0;  ///< into CompiledModel::groups
  std::uint32_t group_count = 0;
};

/// Sums over other actors that drivers need; each is a row per actor, kept up to date as rungs
/// move.
enum class PeerField : std::uint8_t {
  alignment_engagement = 0,
  alignment_recognition = 1,
  alignment_coercion = 2,
  cover = 3,
  rival_coercion = 4,
  rival_engagement = 5
};
inline constexpr std::size_t peer_field_count = 6;

/// The sums over actors that an authority's choices need (section 7), by their first index; sums
/// per group follow.
enum class WorldSum : std::uint8_t {
  rights_gap = 0,  ///< sum omega wR rho (1 - s_engagement)
  coercion = 1,    ///< sum omega s_coercion
  engagement = 2,  ///< sum omega s_engagement
  force = 3,       ///< sum omega capability [top of the coercion ladder]
  closure = 4,     ///< sum omega trade s_coercion
  dividend = 5     ///< sum omega M s_engagement
};
inline constexpr std::size_t world_sum_count = 6;

/// Constants of a step of an armed group.
struct CompiledGroup {
  float keep = 1.0F;   ///< 1 - kappa Delta
  float shock = 0.0F;  ///< sigma sqrt(Delta)
  float initial_log = 0.0F;
  float salience_keep = 1.0F;
};

/// The model laid out for the kernels; immutable, shared by all tiles.
struct CompiledModel {
  CompiledModel(Model source, const TermRegistry& registry);

  Model model;
  std::size_t actors = 0, authorities = 0, groups = 0;
  std::size_t authority_ladders = 1;  ///< rights, then one posture per group
  float dt = 0.0F;                    ///< [yr]

  std::vector<std::unique_ptr<Term>> terms;
  std::vector<std::string> term_names;
  std::vector<std::string> driver_names;
  std::array<CompiledLadder, ladder_count> ladders;
  std::array<bool, driver_count> needed{};     ///< drivers that some active term reads
  std::array<bool, peer_field_count> peers{};  ///< peer fields that some needed driver reads
  float inverse_temperature = 1.0F;            ///< 1 / tau

  std::vector<DrawGroup> draw_groups;
  std::vector<std::uint32_t> draw_word;  ///< per actor, entity % 4
  std::vector<float> importance;         ///< omega_i
  std::vector<std::int32_t> importance_fixed;

  std::vector<CompiledGroup> compiled_groups;
  std::vector<std::uint8_t> exposed;  ///< [group][actor]: exposure may be above 0

  std::vector<TouchedSlot> touched;
  std::vector<std::int32_t> touched_row;  ///< per slot, or -1
  std::vector<TouchedEdge> touched_alignment;
  std::vector<TouchedEdge> touched_rivalry;
  std::size_t activity_rows = 0;  ///< events + bodies
  bool holds_states = false;      ///< some event or body holds a continuous state

  /// What a rung contributes to a peer field: its height in units of 1/240, or 0 or 1 for cover.
  std::array<std::array<std::int32_t, max_rungs>, peer_field_count> peer_values{};
  /// Initial peer sums: [authority][field][actor].
  std::vector<std::int32_t> initial_peers;

  /// Blocks of about `elements / lanes` actors.
  [[nodiscard]] std::vector<ActorBlock> blocks(std::size_t lanes) const;
  [[nodiscard]] std::size_t peer_row(std::size_t authority, PeerField field,
                                     std::size_t actor) const {
    return (authority * peer_field_count + static_cast<std::size_t>(field)) * actors + actor;
  }
  [[nodiscard]] bool needs(Driver driver) const { return needed[static_cast<std::size_t>(driver)]; }
  [[nodiscard]] bool keeps(PeerField field) const { return peers[static_cast<std::size_t>(field)]; }

 private:
  void add_terms(const TermRegistry& registry);
  void add_term(std::unique_ptr<Term> term, std::string name, const std::vector<Driver>& reads);
  void find_needs();
  void lay_out_draws();
  void find_touched();
  void find_exposed();
  void sum_initial_peers();
};

/// True for the state that is not a rung: of authorities, activity, salience.
[[nodiscard]] bool is_continuous(Space space);

/// The ladder whose rungs a field sums.
[[nodiscard]] LadderRole peer_ladder(PeerField field);

}  // namespace entente::detail
