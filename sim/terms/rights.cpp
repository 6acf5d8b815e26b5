#include "terms/rights.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Rights final : public Term {
 public:
  using Params = RightsParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::exposure,
        {LadderRole::engagement, LadderRole::recognition},
        {Driver::rights_weight, Driver::rights, Driver::cover}}}};

  explicit Rights(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    const float cover_effect = params_.cover_effect;
    const float* rights_weight = block[Driver::rights_weight];
    const float* rights = block[Driver::rights];
    const float* cover = block[Driver::cover];
    lanes::each(block.size, [=](std::size_t x) {
      out[x] = -coefficient * rights_weight[x] * rights[x] * (1.0F - cover_effect * cover[x]);
    });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo rights_term() {
  TermInfo info;
  info.key = "rights";
  info.number = "T3";
  info.title = "Rights pressure, less under cover";
  info.formula = "-coefficient * wR_i * P_i * (1 - cover_effect * F_i) * phi_exposure(r)";
  info.sign =
      "- the more repressive the authority and the more sensitive the audience at home; weaker "
      "under cover";
  info.source =
      "Hafner-Burton (2008), Sticks and stones: naming and shaming the human rights enforcement "
      "problem, International Organization 62; Finnemore & Sikkink (1998), International norm "
      "dynamics and political change, International Organization 52";
  return complete<Rights>(std::move(info));
}

}  // namespace entente::detail
