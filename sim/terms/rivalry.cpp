#include "terms/rivalry.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Rivalry final : public Term {
 public:
  using Params = RivalryParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::economic, {LadderRole::engagement, LadderRole::recognition}, {Driver::rivalry}}}};

  explicit Rivalry(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    const float* rivalry = block[Driver::rivalry];
    lanes::each(block.size, [=](std::size_t x) { out[x] = coefficient * rivalry[x]; });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo rivalry_term() {
  TermInfo info;
  info.key = "rivalry";
  info.number = "T6";
  info.title = "A rival's quarrel or presence";
  info.formula = "coefficient * V_i * phi_economic(r)";
  info.sign =
      "+ where rivals coerce the authority or are present with it; - where the actor itself "
      "coerces more than its rivals";
  info.source =
      "Thompson (2001), Identifying rivals and rivalries in world politics, International Studies "
      "Quarterly 45";
  return complete<Rivalry>(std::move(info));
}

}  // namespace entente::detail
