#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/relation_rows.hpp"
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

/// A parameter that some event or body may alter.
struct TouchedSlot {
  std::size_t slot;
  float min;
  float max;
  std::vector<ActiveChange> changes;  ///< in the order of the scenario
  bool in_series;                     ///< its base changes with time
};

/// A relation entry that some event or body may alter.
struct TouchedEdge {
  std::uint32_t row;
  std::uint32_t column;
  std::int32_t base;  ///< in units of 2^-15
  std::vector<ActiveChange> changes;
};

/// A set of parameters.
using ParamSet = std::bitset<param_count>;

/// One channel of one term on one ladder.
struct LadderChannel {
  std::uint32_t term;
  std::uint32_t channel;
  Profile profile;
  bool fixed;  ///< its intensity is the same in all replicates, whatever happens in them
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
  DriverSet fixed_reads;                             ///< drivers that fixed channels read
  DriverSet moving_reads;                            ///< drivers that the others read
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

/// Actors whom a group may strike.
struct StrikeBlock {
  std::uint32_t group;
  ActorBlock actors;
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

/// The sums over actors that an authority's choices and state need (section 7), by their first
/// index; sums per group and per sector follow.
enum class WorldSum : std::uint8_t {
  rights_gap = 0,  ///< sum omega wR rho (1 - s_engagement)
  coercion = 1,    ///< sum omega s_coercion
  engagement = 2,  ///< sum omega s_engagement
  force = 3,       ///< sum omega capability [top of the coercion ladder]
  closure = 4      ///< sum omega trade s_coercion
};
inline constexpr std::size_t world_sum_count = 5;

/// Of a group: sum omega x s_engagement and sum omega x s_coercion.
[[nodiscard]] constexpr std::size_t engagement_sum(std::size_t group) {
  return world_sum_count + 2 * group;
}
[[nodiscard]] constexpr std::size_t coercion_sum(std::size_t group) {
  return engagement_sum(group) + 1;
}

/// How a sum is formed: of omega_i times the factors times the value of the actor's rung, each
/// addend rounded to units of 2^-26.
struct WorldSumRule {
  struct Factor {
    Param param;
    std::size_t row;
  };
  std::size_t sum;
  LadderRole ladder;
  std::array<float, max_rungs> value;
  std::vector<Factor> factors;
  bool fixed;         ///< no factor differs between replicates
  std::size_t start;  ///< of the actors' addends by rung in Tile::addends, if fixed
};

/// Mean probability of reconsidering below which it pays to compute only those who may move.
inline constexpr float picking_pays = 0.2F;

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
  /// Names of what decisions are recorded to be computed from: drivers, then covariates.
  std::vector<std::string> driver_names;
  /// Position of a driver among those names, on a ladder.
  std::array<std::array<std::size_t, driver_count>, ladder_count> driver_columns{};
  std::size_t first_covariate_column = 0;
  std::array<CompiledLadder, ladder_count> ladders;
  DriverSet needed;                            ///< drivers that some active term reads
  DriverSet fixed_drivers;                     ///< drivers that are the same in all replicates
  bool fixed_potential = false;                ///< so is sum_s y o, a part of the economic driver
  std::array<bool, peer_field_count> peers{};  ///< peer fields that some needed driver reads
  std::array<std::size_t, peer_field_count> peer_place{};  ///< of a field among those
  std::size_t kept_peers = 0;                              ///< number of those
  float inverse_temperature = 1.0F;                        ///< 1 / tau

  std::vector<DrawGroup> draw_groups;
  std::vector<std::uint32_t> draw_word;  ///< per actor, entity % 4
  std::vector<float> importance;         ///< omega_i
  std::vector<std::int32_t> importance_fixed;

  std::size_t sums = 0;                 ///< per authority: world_sum_count + 2 (groups + sectors)
  std::vector<WorldSumRule> sum_rules;  ///< those that some coefficient reads
  std::size_t addends = 0;              ///< of all fixed rules
  ParamSet sum_params;                  ///< that fixed rules read

  std::vector<CompiledGroup> compiled_groups;
  std::vector<std::uint8_t> exposed;  ///< [group][actor]: exposure may be above 0
  std::vector<std::uint8_t> salient;  ///< [group][actor]: salience may be

  /// Parameters whose changes hang on chance or on the course of a replicate: one value a lane.
  std::vector<TouchedSlot> touched;
  std::vector<std::int32_t> touched_row;  ///< per slot, into `touched`, or -1
  std::array<std::vector<std::uint8_t>, param_count> varying_rows;  ///< by row: any is touched
  bool covariates_vary = false;
  /// Parameters whose changes are certain, hence the same in all replicates.
  std::vector<TouchedSlot> scheduled;
  std::vector<TouchedEdge> touched_alignment;
  std::vector<TouchedEdge> touched_rivalry;
  std::size_t activity_rows = 0;  ///< events + bodies
  bool holds_states = false;      ///< some event or body holds a continuous state

  /// What a rung contributes to a peer field: its height in units of 1/240, or 0 or 1 for cover.
  std::array<std::array<std::int32_t, max_rungs>, peer_field_count> peer_values{};
  /// Initial peer sums: [authority][field that is kept][actor].
  std::vector<std::int32_t> initial_peers;
  /// 1 / sum_j W_ij in units of 2^15, 0 where nobody is looked at; before any event.
  std::vector<float> inverse_row_sums;
  RelationRows alignment_rows;
  RelationRows rivalry_rows;

  /// Most actors of a block.
  [[nodiscard]] std::size_t block_actors(std::size_t lanes) const;
  /// All actors, in blocks.
  [[nodiscard]] std::vector<ActorBlock> blocks(std::size_t lanes) const;
  /// Those for whom a group's salience may be above 0, group by group.
  [[nodiscard]] std::vector<StrikeBlock> strike_blocks(std::size_t lanes) const;
  [[nodiscard]] std::size_t peer_row(std::size_t authority, PeerField field,
                                     std::size_t actor) const {
    return (authority * kept_peers + peer_place[static_cast<std::size_t>(field)]) * actors + actor;
  }
  [[nodiscard]] bool needs(Driver driver) const { return needed.contains(driver); }
  /// Of a sector: sum omega y s_engagement, and the same times dependence.
  [[nodiscard]] std::size_t sector_sum(std::size_t sector) const {
    return world_sum_count + 2 * groups + 2 * sector;
  }
  [[nodiscard]] bool keeps(PeerField field) const { return peers[static_cast<std::size_t>(field)]; }
  /// Whether replicates may differ in a row of a parameter.
  [[nodiscard]] bool varies(Param param, std::size_t row) const {
    return varying_rows[static_cast<std::size_t>(param)][row] != 0;
  }

 private:
  void name_drivers();
  void find_touched();
  void find_fixed_drivers();
  void add_terms(const TermRegistry& registry);
  void add_term(std::unique_ptr<Term> term, std::string name, bool fixed_covariate);
  void find_needs();
  void find_sums();
  void add_sum(std::size_t sum, LadderRole ladder, const std::array<float, max_rungs>& value,
               std::vector<WorldSumRule::Factor> factors);
  void lay_out_draws();
  void find_exposed();
  void lay_out_peers();
};

/// Drivers that have a value for each ladder.
inline constexpr DriverSet differs_by_ladder{Driver::alignment, Driver::rival_claims};

/// True for the state that is not a rung: of authorities, activity, salience.
[[nodiscard]] bool is_continuous(Space space);

/// The ladder whose rungs a field sums.
[[nodiscard]] LadderRole peer_ladder(PeerField field);

/// Whether a field weighs others by alignment; else by rivalry.
[[nodiscard]] constexpr bool looks_by_alignment(PeerField field) {
  return static_cast<std::size_t>(field) < 4;
}

}  // namespace entente::detail
