#include "terms/bandwagon.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Bandwagon final : public Term {
 public:
  using Params = BandwagonParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::signal, {LadderRole::engagement, LadderRole::recognition}, {Driver::bandwagon}}}};

  explicit Bandwagon(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    const float* bandwagon = block[Driver::bandwagon];
    lanes::each(block.size, [=](std::size_t x) { out[x] = coefficient * bandwagon[x]; });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo bandwagon_term() {
  TermInfo info;
  info.key = "bandwagon";
  info.number = "T5";
  info.title = "The world's drift towards recognition";
  info.formula = "coefficient * B * phi_signal(r)";
  info.sign = "+ the larger the share of the world, by importance, that recognises";
  info.source =
      "Granovetter (1978), Threshold models of collective behavior, American Journal of Sociology "
      "83; Coggins (2011), Friends in high places, International Organization 65";
  return complete<Bandwagon>(std::move(info));
}

}  // namespace entente::detail
