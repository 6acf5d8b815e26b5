#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "entente/core/calendar.hpp"
#include "entente/model/event.hpp"
#include "entente/model/ladder.hpp"
#include "entente/model/parameters.hpp"
#include "entente/model/relation.hpp"
#include "entente/model/term.hpp"

namespace entente {

/// A state that decides how to deal with the authorities.
struct Actor {
  std::string id;  ///< ISO 3166-1 alpha-3 for real countries
  std::string name;
  std::string region;
  /// Address of the actor's luck: its place in the table of all actors it was taken from. A country
  /// keeps its luck when others are left out. Unique within a model.
  std::uint32_t entity = 0;
  float importance = 0.0F;  ///< omega_i; the sum over actors is 1 [1]

  friend bool operator==(const Actor&, const Actor&) = default;
};

/// An armed group and the dynamics of its activity (section 3, stage 2).
struct Group {
  std::string id;
  std::string name;
  std::uint32_t host = 0;         ///< authority on whose ground it sits
  float reversion = 1.0F;         ///< kappa [1/yr]
  float volatility = 0.0F;        ///< sigma [yr^-1/2]
  float halflife = 1.0F;          ///< of salience [yr]
  float salience_cap = 1.0F;      ///< largest h_ig [1]
  float effect = 0.0F;            ///< share of attacks that a fighting authority prevents [1]
  float initial_activity = 1.0F;  ///< a_g at the start [1]

  friend bool operator==(const Group&, const Group&) = default;
};

/// Coefficients of an authority's utilities and the dynamics of its state (section 7).
struct AuthorityDynamics {
  // rights ladder
  float inducement = 0.0F;
  float relief = 0.0F;
  float doctrine = 0.0F;
  float rally = 0.0F;
  // posture ladders
  float posture_inducement = 0.0F;
  float deterrence = 0.0F;
  float posture_rally = 0.0F;
  // hardliner share
  float hardliner_home = 0.5F;   ///< l0
  float pull = 0.0F;             ///< [1/yr]
  float harden = 0.0F;           ///< [1/yr]
  float soften = 0.0F;           ///< [1/yr]
  float hardliner_noise = 0.0F;  ///< [yr^-1/2]
  // distress
  float relax = 0.0F;     ///< [1/yr]
  float freeze = 0.0F;    ///< [1/yr]
  float closure = 0.0F;   ///< [1/yr]
  float dividend = 0.0F;  ///< [1/yr]
  // control
  float control_home = 1.0F;  ///< c0
  float recover = 0.0F;       ///< [1/yr]
  float shake = 0.0F;         ///< [1/yr]
  // others
  float incoherence = 0.0F;               ///< loss of trust at l = 1/2 [1]
  float rights_salience_halflife = 1.0F;  ///< [yr]
  float temperature = 1.0F;               ///< tau of the authority's own logit [utility]

  friend bool operator==(const AuthorityDynamics&, const AuthorityDynamics&) = default;
};

struct Authority {
  std::string id;
  std::string name;
  AuthorityDynamics dynamics;
  Rung initial_rights = 0;
  std::vector<Rung> initial_posture;                         ///< one per group
  std::array<float, authority_state_count> initial_state{};  ///< by AuthorityState

  friend bool operator==(const Authority&, const Authority&) = default;
};

/// A parameter whose base value changes with time. Values per step, shape (steps).
struct Series {
  std::vector<std::size_t> slots;
  std::vector<float> values;
  bool interpolated = false;  ///< values before a point lean towards it: they know the future

  friend bool operator==(const Series&, const Series&) = default;
};

/// Everything the engine needs and nothing else: a world with every number resolved. Plain data;
/// immutable once a simulation has been built on it.
struct Model {
  std::string title;
  std::uint64_t seed = 1;
  Calendar calendar;

  std::vector<Actor> actors;
  std::vector<Authority> authorities;
  std::vector<Group> groups;
  std::vector<std::string> sectors;

  std::array<Ladder, ladder_count> ladders;  ///< by LadderRole
  AuthorityLadder rights;
  AuthorityLadder posture;

  ParameterTable parameters;
  std::vector<Series> series;
  Relation alignment;             ///< W, rows sum to 1 or 0
  Relation rivalry;               ///< V
  float rivalry_presence = 0.0F;  ///< eta
  float temperature = 1.0F;       ///< tau [utility]

  std::vector<TermChoice> terms;
  std::vector<CovariateChoice> covariates;
  std::vector<Event> events;
  std::vector<Body> bodies;

  std::vector<Rung> initial_rungs;      ///< [authority][ladder][actor]
  std::vector<float> initial_salience;  ///< [group][actor]

  [[nodiscard]] Extents extents() const {
    return {actors.size(), authorities.size(), groups.size(), sectors.size(), covariates.size()};
  }
  [[nodiscard]] std::size_t rung_index(std::size_t authority, LadderRole ladder,
                                       std::size_t actor) const {
    return (authority * ladder_count + index_of(ladder)) * actors.size() + actor;
  }

  friend bool operator==(const Model&, const Model&) = default;
};

/// Sizes, ranges and cross references of a model; the engine's preconditions.
///
/// @return  one message per violation, empty when the model can be simulated. A scenario that was
///          read without errors gives none; models built in code are checked by the same list.
[[nodiscard]] std::vector<std::string> violations(const Model& model);

/// What keeps two models from meeting the same luck draw by draw, and from being compared actor by
/// actor: other actors or entities, calendar, rungs, authorities, groups, seed. Draws have
/// addresses (seed, replicate, step, entity, authority, group, purpose), so where these agree, the
/// difference between two runs is what the models differ in.
///
/// @return  one message per difference, empty when there is none
[[nodiscard]] std::vector<std::string> mismatches(const Model& baseline, const Model& variant);

}  // namespace entente
