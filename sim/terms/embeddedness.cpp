#include "terms/embeddedness.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Embeddedness final : public Term {
 public:
  using Params = EmbeddednessParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::height, {LadderRole::coercion}, {Driver::engagement}}}};

  explicit Embeddedness(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    const float* engagement = block[Driver::engagement];
    lanes::each(block.size, [=](std::size_t x) { out[x] = -coefficient * engagement[x]; });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo embeddedness_term() {
  TermInfo info;
  info.key = "embeddedness";
  info.number = "TE";
  info.title = "Ties that restrain coercion";
  info.formula = "-coefficient * s_engagement(i) * s(r)";
  info.sign = "- on coercion, the more the actor engages";
  info.source =
      "Oneal & Russett (1997), The classical liberals were right, International Studies Quarterly "
      "41";
  return complete<Embeddedness>(std::move(info));
}

}  // namespace entente::detail
