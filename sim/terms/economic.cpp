#include "terms/economic.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Economic final : public Term {
 public:
  using Params = EconomicParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::economic,
        {LadderRole::engagement, LadderRole::recognition},
        {Driver::economic_weight, Driver::trust, Driver::economic}}}};

  explicit Economic(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    const float* economic_weight = block[Driver::economic_weight];
    const float* trust = block[Driver::trust];
    const float* economic = block[Driver::economic];
    lanes::each(block.size, [=](std::size_t x) {
      out[x] = coefficient * economic_weight[x] * trust[x] * economic[x];
    });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo economic_term() {
  TermInfo info;
  info.key = "economic";
  info.number = "T2";
  info.title = "Economic interest";
  info.formula = "coefficient * wM_i * xi * M_i * phi_economic(r)";
  info.sign = "+ the more the authority offers in the sectors the actor cares for";
  info.source =
      "Neumayer (2008), Distance, power and ideology: diplomatic representation in a world of "
      "nation-states, Area 40; Rose (2007), The foreign service and foreign trade: embassies as "
      "export promotion, The World Economy 30";
  return complete<Economic>(std::move(info));
}

}  // namespace entente::detail
