#include "entente/model/ladder.hpp"

namespace entente {
namespace {

constexpr std::array<std::string_view, profile_count> profile_names{
    "baseline", "security",       "economic",   "exposure",  "signal",
    "height",   "height_squared", "recognises", "moving_up", "moving_down"};
constexpr std::array<std::string_view, ladder_count> role_names{"engagement", "recognition",
                                                                "coercion"};

}  // namespace

std::string_view to_string(Profile profile) {
  return profile_names[static_cast<std::size_t>(profile)];
}

std::string_view to_string(LadderRole role) { return role_names[index_of(role)]; }

float Ladder::value(Profile profile, Rung r) const {
  const float s = static_cast<float>(height[r]) / static_cast<float>(height_unit);
  switch (profile) {
    case Profile::baseline:
      return baseline[r];
    case Profile::security:
      return security[r];
    case Profile::economic:
      return economic[r];
    case Profile::exposure:
      return exposure[r];
    case Profile::signal:
      return signal[r];
    case Profile::height:
      return s;
    case Profile::height_squared:
      return s * s;
    case Profile::recognises:
      return r >= recognises_from ? 1.0F : 0.0F;
    case Profile::moving_up:
    case Profile::moving_down:
      return 0.0F;
  }
  return 0.0F;
}

}  // namespace entente
