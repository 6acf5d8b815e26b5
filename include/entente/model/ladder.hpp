#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

using Rung = std::uint8_t;

/// What a ladder of an actor is for. Names and rungs come from the scenario; the roles are the
/// model's, since terms tie one ladder to another.
enum class LadderRole : std::uint8_t { engagement = 0, recognition = 1, coercion = 2 };
inline constexpr std::size_t ladder_count = 3;
inline constexpr std::array<LadderRole, ladder_count> all_ladders{
    LadderRole::engagement, LadderRole::recognition, LadderRole::coercion};

[[nodiscard]] constexpr std::size_t index_of(LadderRole d) noexcept {
  return static_cast<std::size_t>(d);
}

/// How much of a benefit or cost each rung carries. Stored in result files: never renumber.
///
/// `moving_up` and `moving_down` are the ladder's `up` for the option above and its `down` for the
/// option below the present rung, so that switching costs are a profile like any other; covariates
/// may not use them.
enum class Profile : std::uint8_t {
  baseline = 0,        ///< alpha_d(r), T0
  security = 1,        ///< phi_security(r)
  economic = 2,        ///< phi_economic(r)
  exposure = 3,        ///< phi_exposure(r)
  signal = 4,          ///< phi_signal(r)
  height = 5,          ///< s_d(r)
  height_squared = 6,  ///< s_d(r)^2
  recognises = 7,      ///< 1 from the first recognising rung of the recognition ladder on
  moving_up = 8,
  moving_down = 9
};
inline constexpr std::size_t profile_count = 10;

/// One name per profile, as in YAML.
[[nodiscard]] std::string_view to_string(Profile profile);
[[nodiscard]] std::string_view to_string(LadderRole role);

/// Rung heights are taken in units of 1/240, so that sums over actors are exact integers and the
/// heights r/(R-1) of ladders with up to 7 rungs are met exactly.
inline constexpr int height_unit = 240;

/// Largest number of rungs on a ladder.
inline constexpr std::size_t max_rungs = 16;

/// An ordered list of rungs of an actor's decision.
struct Ladder {
  std::string key;                    ///< name in the scenario
  std::vector<std::string> rungs;     ///< lowest first, 1 to `max_rungs`
  std::vector<std::uint16_t> height;  ///< s_d(r) in units of 1/240, 0 to 240
  std::vector<float> baseline;        ///< alpha_d(r) [utility]
  std::vector<float> security;        ///< phi_security(r) [1]
  std::vector<float> economic;        ///< phi_economic(r) [1]
  std::vector<float> exposure;        ///< phi_exposure(r) [1]
  std::vector<float> signal;          ///< phi_signal(r) [1]
  Rung recognises_from = max_rungs;  ///< first rung that counts as recognition (recognition ladder)
  float rate = 1.0F;                 ///< lambda_d, reconsiderations per year [1/yr]
  float up = 0.0F;                   ///< up_d, cost of a step up [utility]
  float down = 0.0F;                 ///< down_d, cost of a step down [utility]

  [[nodiscard]] std::size_t size() const noexcept { return rungs.size(); }
  /// Value of a profile at rung r; 0 for the two direction profiles.
  [[nodiscard]] float value(Profile profile, Rung r) const;

  friend bool operator==(const Ladder&, const Ladder&) = default;
};

/// An ordered list of rungs of an authority's decision, each with the value that formulas use:
/// q in [0, 1] on the rights ladder, p in [-1, 1] on a posture ladder.
struct AuthorityLadder {
  std::string key;
  std::vector<std::string> rungs;
  std::vector<float> value;
  float rate = 1.0F;  ///< reconsiderations per year [1/yr]
  float up = 0.0F;    ///< cost of a step up [utility]
  float down = 0.0F;  ///< cost of a step down [utility]

  [[nodiscard]] std::size_t size() const noexcept { return rungs.size(); }

  friend bool operator==(const AuthorityLadder&, const AuthorityLadder&) = default;
};

}  // namespace entente
