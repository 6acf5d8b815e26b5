#include "terms/need.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Need final : public Term {
 public:
  using Params = NeedParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::security, {LadderRole::engagement, LadderRole::recognition}, {Driver::need}}}};

  explicit Need(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    const float* need = block[Driver::need];
    lanes::each(block.size, [=](std::size_t x) { out[x] = coefficient * need[x]; });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo need_term() {
  TermInfo info;
  info.key = "need";
  info.number = "T9";
  info.title = "Humanitarian and migration need";
  info.formula = "coefficient * n_i * phi_security(r)";
  info.sign = "+ the more business (refugees, returns, hostages) needs a counterpart";
  info.source = "Greenhill (2010), Weapons of Mass Migration";
  return complete<Need>(std::move(info));
}

}  // namespace entente::detail
