#include "terms/confrontation.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Confrontation final : public Term {
 public:
  using Params = ConfrontationParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::signal,
        {LadderRole::engagement, LadderRole::recognition},
        {Driver::confrontation}}}};

  explicit Confrontation(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    const float* confrontation = block[Driver::confrontation];
    lanes::each(block.size, [=](std::size_t x) { out[x] = coefficient * confrontation[x]; });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo confrontation_term() {
  TermInfo info;
  info.key = "confrontation";
  info.number = "T7";
  info.title = "Confrontation with the order that withholds recognition";
  info.formula = "coefficient * C_i(t) * phi_signal(r)";
  info.sign = "+ the more the actor is at odds with the powers that withhold recognition";
  info.source =
      "Coggins (2014), Power Politics and State Formation in the Twentieth Century: The Dynamics "
      "of Recognition";
  return complete<Confrontation>(std::move(info));
}

}  // namespace entente::detail
