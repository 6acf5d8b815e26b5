#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "entente/model/ladder.hpp"
#include "entente/model/parameters.hpp"

namespace entente {

/// Stored in result files: never renumber.
enum class EventOp : std::uint8_t {
  set = 1,
  add = 2,
  scale = 3,
  hold = 4,  ///< keep at the value as long as the event is active
  band = 5   ///< keep a rung between `value` and `high` as long as the event is active
};

/// What a change acts on. Stored in result files: never renumber.
///
/// Parameters and relations are never altered: their value at a step is the base value (or series)
/// with every active change applied in the order of the event list, so an event that ends leaves no
/// trace. State is altered when the event fires (set, add, scale) or at every step (hold, band).
enum class Space : std::uint8_t {
  parameter = 1,        ///< index: slot of the ParameterTable
  rung = 2,             ///< index: (authority * 3 + ladder) * actors + actor
  authority_rung = 3,   ///< index: authority * (1 + groups) + (0 = rights, 1 + g = posture to g)
  authority_state = 4,  ///< index: authority * 4 + AuthorityState
  activity = 5,         ///< index: group
  salience = 6,         ///< index: group * actors + actor
  alignment = 7,        ///< index: row * actors + column
  rivalry = 8           ///< index: row * actors + column
};

/// Continuous state of an authority, each in its own range.
enum class AuthorityState : std::uint8_t {
  hardliner = 0,       ///< l in [0, 1]
  distress = 1,        ///< D in [0, 1]
  control = 2,         ///< c in [0, 1]
  rights_salience = 3  ///< u in [0, 10], decays
};
inline constexpr std::size_t authority_state_count = 4;

struct Change {
  EventOp op = EventOp::set;
  Space space = Space::parameter;
  std::vector<std::uint64_t> indices;  ///< ascending
  float value = 0.0F;  ///< a rung's number for rungs; utility units of the target otherwise
  float high = 0.0F;   ///< upper rung of a band

  friend bool operator==(const Change&, const Change&) = default;
};

/// True when the number (or importance share) of actors at or above a rung lies within bounds.
struct CountCondition {
  std::uint32_t authority = 0;
  LadderRole ladder = LadderRole::recognition;
  Rung rung = 0;
  std::vector<std::uint32_t> among;  ///< actors, ascending
  bool by_importance = false;        ///< compare the share of importance instead of the number
  float at_least = -std::numeric_limits<float>::infinity();
  float at_most = std::numeric_limits<float>::infinity();

  friend bool operator==(const CountCondition&, const CountCondition&) = default;
};

/// True when an authority's continuous state lies within bounds.
struct StateCondition {
  std::uint32_t authority = 0;
  AuthorityState state = AuthorityState::hardliner;
  float at_least = -std::numeric_limits<float>::infinity();
  float at_most = std::numeric_limits<float>::infinity();

  friend bool operator==(const StateCondition&, const StateCondition&) = default;
};

/// True when an authority's rung lies within bounds.
struct AuthorityRungCondition {
  std::uint32_t authority = 0;
  std::uint32_t ladder = 0;  ///< 0 = rights, 1 + g = posture to group g
  Rung at_least = 0;
  Rung at_most = max_rungs;

  friend bool operator==(const AuthorityRungCondition&, const AuthorityRungCondition&) = default;
};

using Condition = std::variant<CountCondition, StateCondition, AuthorityRungCondition>;

inline constexpr std::uint32_t forever = std::numeric_limits<std::uint32_t>::max();

/// A dated intervention. It is drawn once per replicate with its probability, fires at the first
/// step of [first_step, last_step] at whose start all conditions hold, and is active from then on
/// for `duration` steps.
struct Event {
  std::string id;    ///< unique; its hash addresses the event's draw
  std::string note;  ///< why, with the source
  std::uint32_t first_step = 0;
  std::uint32_t last_step = forever;  ///< last step at which a condition may fire it
  std::uint32_t duration = forever;   ///< in steps
  float probability = 1.0F;
  std::vector<Condition> when;  ///< all must hold
  std::vector<Change> changes;

  friend bool operator==(const Event&, const Event&) = default;
};

/// A collective decision (UN credentials, a sanctions list, a bloc's common position): yes when the
/// share of members at or above a rung reaches `threshold` and no veto holder stands below its
/// rung; kept until the share falls below `reverse_below`. While yes, its changes are active, from
/// the next step on.
struct Body {
  std::string id;
  std::uint32_t authority = 0;
  LadderRole ladder = LadderRole::recognition;
  Rung rung = 0;
  std::vector<std::uint32_t> members;
  bool by_importance = false;
  float threshold = 0.5F;      ///< share of members [1]
  float reverse_below = 0.0F;  ///< share of members [1]
  std::vector<std::uint32_t> vetoes;
  Rung veto_rung = 0;  ///< a veto holder below this rung of the same ladder blocks
  bool initially = false;
  std::vector<Change> changes;

  friend bool operator==(const Body&, const Body&) = default;
};

}  // namespace entente
