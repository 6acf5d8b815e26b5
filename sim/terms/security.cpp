#include "terms/security.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Security final : public Term {
 public:
  using Params = SecurityParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::security,
        {LadderRole::engagement, LadderRole::recognition},
        {Driver::security_weight, Driver::trust, Driver::security}}}};

  explicit Security(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    const float* security_weight = block[Driver::security_weight];
    const float* trust = block[Driver::trust];
    const float* security = block[Driver::security];
    lanes::each(block.size, [=](std::size_t x) {
      out[x] = coefficient * security_weight[x] * trust[x] * security[x];
    });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo security_term() {
  TermInfo info;
  info.key = "security";
  info.number = "T1";
  info.title = "Cooperation against shared enemies";
  info.formula = "coefficient * wS_i * xi * S_i * phi_security(r)";
  info.sign = "+ where the authority fights those who threaten the actor, - where it shelters them";
  info.source =
      "Walt (1987), The Origins of Alliances; Kinne (2014), Dependent diplomacy, International "
      "Studies Quarterly 58";
  return complete<Security>(std::move(info));
}

}  // namespace entente::detail
