#include "terms/mediation.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Mediation final : public Term {
 public:
  using Params = MediationParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::height, {LadderRole::coercion}, {Driver::mediation}}}};

  explicit Mediation(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    const float* mediation = block[Driver::mediation];
    lanes::each(block.size, [=](std::size_t x) { out[x] = -coefficient * mediation[x]; });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo mediation_term() {
  TermInfo info;
  info.key = "mediation";
  info.number = "TK";
  info.title = "Third parties that hold coercion down";
  info.formula = "-coefficient * mediation(t) * s(r)";
  info.sign = "- on coercion while others mediate";
  info.source =
      "Beardsley (2008), Agreement without peace? International mediation and time inconsistency "
      "problems, American Journal of Political Science 52";
  return complete<Mediation>(std::move(info));
}

}  // namespace entente::detail
