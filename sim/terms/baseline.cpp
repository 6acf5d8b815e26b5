#include "terms/baseline.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Baseline final : public Term {
 public:
  using Params = BaselineParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::baseline,
        {LadderRole::engagement, LadderRole::recognition, LadderRole::coercion},
        {}}}};

  explicit Baseline(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    lanes::each(block.size, [=](std::size_t x) { out[x] = coefficient; });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo baseline_term() {
  TermInfo info;
  info.key = "baseline";
  info.number = "T0";
  info.title = "Baseline of each rung";
  info.formula = "coefficient * alpha_d(r)";
  info.sign = "a rung with a higher baseline is more often chosen, all else equal";
  info.source =
      "McFadden (1974), Conditional logit analysis of qualitative choice behavior; Train (2009), "
      "Discrete Choice Methods with Simulation, ch. 2";
  return complete<Baseline>(std::move(info));
}

}  // namespace entente::detail
