#include "terms/switching.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Switching final : public Term {
 public:
  using Params = SwitchingParams;
  static constexpr std::array<Channel, 2> channel_list{
      {{Profile::moving_up,
        {LadderRole::engagement, LadderRole::recognition, LadderRole::coercion},
        {}},
       {Profile::moving_down,
        {LadderRole::engagement, LadderRole::recognition, LadderRole::coercion},
        {}}}};

  explicit Switching(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    lanes::each(block.size, [=](std::size_t x) { out[x] = -coefficient; });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo switching_term() {
  TermInfo info;
  info.key = "switching";
  info.number = "T11";
  info.title = "Cost of leaving the present rung";
  info.formula = "-coefficient * (up_d * [r > r0] + down_d * [r < r0])";
  info.sign = "- on any move; the ladders say how much more undoing costs";
  info.source =
      "Samuelson & Zeckhauser (1988), Status quo bias in decision making, Journal of Risk and "
      "Uncertainty 1";
  return complete<Switching>(std::move(info));
}

}  // namespace entente::detail
