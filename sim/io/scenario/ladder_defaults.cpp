#include "io/scenario/ladder_defaults.hpp"

#include <string>

namespace entente::detail {

std::vector<std::uint16_t> even_heights(std::size_t rungs) {
  constexpr auto unit = static_cast<std::size_t>(height_unit);
  std::vector<std::uint16_t> heights(rungs, 0);
  for (std::size_t r = 1; r < rungs; ++r)
    heights[r] = static_cast<std::uint16_t>((2 * unit * r / (rungs - 1) + 1) / 2);
  return heights;
}

Ladder default_ladder(LadderRole role) {
  Ladder ladder;
  ladder.key = to_string(role);
  switch (role) {
    case LadderRole::engagement:
      ladder.rungs = {"severed", "contact", "dialogue", "mission", "ambassador"};
      ladder.security = {0, 0.45F, 0.65F, 0.85F, 1};
      ladder.economic = {0, 0.10F, 0.35F, 0.70F, 1};
      ladder.exposure = {0, 0.05F, 0.20F, 0.40F, 0.65F};
      ladder.signal = {0, 0, 0.1F, 0.3F, 0.6F};
      ladder.rate = 2.0F;
      ladder.up = 0.5F;
      ladder.down = 1.5F;
      break;
    case LadderRole::recognition:
      ladder.rungs = {"withheld", "recognised"};
      ladder.security = {0, 0};
      ladder.economic = {0, 0.15F};
      ladder.exposure = {0, 1};
      ladder.signal = {0, 1};
      ladder.recognises_from = 1;
      ladder.rate = 1.0F;
      ladder.up = 0.5F;
      ladder.down = 1.5F;
      break;
    case LadderRole::coercion:
      ladder.rungs = {"none", "pressure", "force"};
      ladder.security = ladder.economic = ladder.exposure = ladder.signal = {0, 0, 0};
      ladder.rate = 2.0F;
      ladder.up = 0.5F;
      ladder.down = 0.5F;
      break;
  }
  ladder.baseline.assign(ladder.size(), 0.0F);
  ladder.height = even_heights(ladder.size());
  return ladder;
}

AuthorityLadder default_rights_ladder() {
  return {"rights",
          {"repressive", "restrictive", "conditional", "open"},
          {0, 0.33F, 0.67F, 1},
          0.5F,
          1.0F,
          1.0F};
}

AuthorityLadder default_posture_ladder() {
  return {
      "posture", {"shelters", "tolerates", "restrains", "fights"}, {-1, -0.3F, 0.4F, 1}, 0.5F, 1.0F,
      1.0F};
}

}  // namespace entente::detail
