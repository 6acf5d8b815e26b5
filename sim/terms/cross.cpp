#include "terms/cross.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Cross final : public Term {
 public:
  using Params = CrossParams;
  static constexpr std::array<Channel, 2> channel_list{
      {{Profile::recognises, {LadderRole::recognition}, {Driver::engagement}},
       {Profile::height, {LadderRole::engagement}, {Driver::coercion}}}};

  explicit Cross(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t c, const Block& block, float* out) const override {
    if (c == 0) {
      recognises_intensity(block, out);
    } else {
      height_intensity(block, out);
    }
  }

 private:
  void recognises_intensity(const Block& block, float* out) const {
    const float coefficient = params_.coefficient;
    const float* engagement = block[Driver::engagement];
    lanes::each(block.size, [=](std::size_t x) { out[x] = coefficient * engagement[x]; });
  }

  void height_intensity(const Block& block, float* out) const {
    const float coercion = params_.coercion;
    const float* coerced = block[Driver::coercion];
    lanes::each(block.size, [=](std::size_t x) { out[x] = -coercion * coerced[x]; });
  }

  Params params_;
};

}  // namespace

TermInfo cross_term() {
  TermInfo info;
  info.key = "cross";
  info.number = "T10";
  info.title = "Ties between an actor's ladders";
  info.formula =
      "coefficient * s_engagement(i) * [r recognises] on recognition; -coercion * s_coercion(i) * "
      "s_d(r) on engagement";
  info.sign = "+ of engagement on recognition, - of coercion on engagement";
  info.source =
      "Ker-Lindsay (2015), Engagement without recognition: the limits of diplomatic interaction "
      "with contested states, International Affairs 91; Caspersen (2012), Unrecognized States";
  return complete<Cross>(std::move(info));
}

}  // namespace entente::detail
