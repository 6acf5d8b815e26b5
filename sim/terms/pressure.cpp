#include "terms/pressure.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Pressure final : public Term {
 public:
  using Params = PressureParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::exposure, {LadderRole::engagement, LadderRole::recognition}, {Driver::pressure}}}};

  explicit Pressure(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    const float* pressure = block[Driver::pressure];
    lanes::each(block.size, [=](std::size_t x) { out[x] = -coefficient * pressure[x]; });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo pressure_term() {
  TermInfo info;
  info.key = "pressure";
  info.number = "T8";
  info.title = "Pressure by an opposing hegemon";
  info.formula = "-coefficient * H_i(t) * phi_exposure(r)";
  info.sign = "- the more the actor depends on a power that opposes recognition";
  info.source =
      "Drezner (1999), The Sanctions Paradox; Lake (2009), Hierarchy in International Relations";
  return complete<Pressure>(std::move(info));
}

}  // namespace entente::detail
