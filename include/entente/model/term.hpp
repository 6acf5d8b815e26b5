#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "entente/model/ladder.hpp"

namespace entente {

/// What an actor's utility may depend on, covariates apart: drivers first, the actor's weights
/// after. One row per quantity; the formulas stand in `sim/engine/drivers.cpp` and docs/model.md
/// section 4.
enum class Driver : std::uint8_t {
  security,       ///< S_i
  grievance,      ///< G_i = max(0, -S_i)
  economic,       ///< M_i
  rights,         ///< P_i
  alignment,      ///< A_i,d, of the ladder being decided
  cover,          ///< F_i
  bandwagon,      ///< B
  rivalry,        ///< V_i
  confrontation,  ///< C_i(t)
  pressure,       ///< H_i(t)
  need,           ///< n_i
  trust,          ///< xi
  engagement,     ///< s_engagement(i), own height at the start of the step
  coercion,       ///< s_coercion(i)
  rival_claims,   ///< sum over rival authorities of s_d(r_i,k'), of the ladder being decided
  mediation,      ///< mediation(t)
  // Weights: parameters of the actor.
  security_weight,
  economic_weight,
  rights_weight,
  alignment_weight,
  capability
};
inline constexpr std::size_t driver_count = 21;

[[nodiscard]] std::string_view to_string(Driver driver);

/// A set of ladders, by role.
struct LadderSet {
  std::uint8_t bits = 0;

  constexpr LadderSet() = default;
  constexpr LadderSet(std::initializer_list<LadderRole> roles) {
    for (const auto role : roles) bits |= static_cast<std::uint8_t>(1U << index_of(role));
  }
  friend constexpr bool operator==(LadderSet, LadderSet) = default;
  [[nodiscard]] constexpr bool contains(LadderRole role) const {
    return (bits >> index_of(role) & 1U) != 0;
  }
};

/// A set of drivers.
struct DriverSet {
  std::uint32_t bits = 0;

  constexpr DriverSet() = default;
  constexpr DriverSet(std::initializer_list<Driver> drivers) {
    for (const auto driver : drivers) bits |= 1U << static_cast<unsigned>(driver);
  }
  [[nodiscard]] constexpr bool contains(Driver driver) const {
    return (bits >> static_cast<unsigned>(driver) & 1U) != 0;
  }
  [[nodiscard]] friend constexpr DriverSet operator|(DriverSet a, DriverSet b) {
    a.bits |= b.bits;
    return a;
  }
  /// Those of `a` that are not in `b`.
  [[nodiscard]] friend constexpr DriverSet operator-(DriverSet a, DriverSet b) {
    a.bits &= ~b.bits;
    return a;
  }
  [[nodiscard]] constexpr bool empty() const { return bits == 0; }
};

/// The drivers in a set, in the order of the enumeration.
[[nodiscard]] std::vector<Driver> members(DriverSet set);

/// Decisions that are computed together, as rows of floats: each element is one actor in one
/// replicate.
struct Block {
  std::size_t size = 0;  ///< elements of each row
  std::array<const float*, driver_count> rows{};
  std::span<const float* const> covariates;  ///< z_c, one row per covariate

  [[nodiscard]] const float* operator[](Driver driver) const {
    return rows[static_cast<std::size_t>(driver)];
  }
};

/// A term's contribution to the utility of rung r is `intensity * profile(r)`, summed over its
/// channels. The intensity depends on the actor's state, the profile on the rung only: so one
/// number per actor and channel serves every option, and the utility is linear in coefficients.
struct Channel {
  Profile profile = Profile::baseline;
  LadderSet ladders;
  DriverSet reads;  ///< all that the intensity depends on, covariates apart
};

/// A mechanism of the actors' utility, with its coefficients fixed.
class Term {
 public:
  Term() = default;
  Term(const Term&) = delete;
  Term& operator=(const Term&) = delete;
  virtual ~Term() = default;

  [[nodiscard]] virtual std::span<const Channel> channels() const = 0;

  /// Writes the intensity [utility] of channel `c` for every element of the block.
  /// Called once per block and ladder, never per actor.
  virtual void intensity(std::size_t c, const Block& block, float* out) const = 0;
};

/// One number of a term that a scenario may set.
struct FieldInfo {
  std::string_view name;
  float fallback;
  std::string_view unit;
  float min;
  float max;
  std::string_view meaning;
};

/// All that is known of a term before its coefficients are; a row of the registry.
struct TermInfo {
  std::string_view key;      ///< as in YAML: `rights`
  std::string_view number;   ///< as in docs/model.md: `T3`
  std::string_view title;    ///< one line
  std::string_view formula;  ///< contribution to V(r)
  std::string_view sign;     ///< expected effect, in words
  std::string_view source;   ///< literature
  LadderSet ladders;         ///< where it acts
  DriverSet reads;           ///< of all channels
  std::vector<FieldInfo> fields;
  /// Builds the term from one value per field, in the order of `fields`.
  std::function<std::unique_ptr<Term>(std::span<const float>)> make;

  [[nodiscard]] const FieldInfo* field(std::string_view name) const;
};

/// A term switched on in a scenario, with a value per field of its TermInfo.
struct TermChoice {
  std::string key;
  std::vector<float> values;

  friend bool operator==(const TermChoice&, const TermChoice&) = default;
};

/// A regressor from data: contributes coefficient * z_i * profile(r) (T12).
struct CovariateChoice {
  std::string key;
  float coefficient = 0.0F;
  Profile profile = Profile::height;
  LadderSet ladders;
  /// Its values are to be estimated, one per actor: what an actor does beyond what its drivers say.
  bool by_actor = false;

  friend bool operator==(const CovariateChoice&, const CovariateChoice&) = default;
};

/// Where an engine finds the mechanisms: it knows `Term`, never a particular one.
struct TermRegistry {
  std::span<const TermInfo> terms;
  /// Builds the T12 term of the covariate in row `index` of Block::covariates.
  std::function<std::unique_ptr<Term>(const CovariateChoice&, std::size_t index)> covariate;

  [[nodiscard]] const TermInfo* find(std::string_view key) const;
};

}  // namespace entente
