#include "terms/alignment.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Alignment final : public Term {
 public:
  using Params = AlignmentParams;
  static constexpr std::array<Channel, 2> channel_list{
      {{Profile::height,
        {LadderRole::engagement, LadderRole::recognition, LadderRole::coercion},
        {Driver::alignment_weight, Driver::alignment}},
       {Profile::height_squared,
        {LadderRole::engagement, LadderRole::recognition, LadderRole::coercion},
        {Driver::alignment_weight}}}};

  explicit Alignment(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t c, const Block& block, float* out) const override {
    if (c == 0) {
      height_intensity(block, out);
    } else {
      height_squared_intensity(block, out);
    }
  }

 private:
  void height_intensity(const Block& block, float* out) const {
    const float coefficient = params_.coefficient;
    const float* alignment_weight = block[Driver::alignment_weight];
    const float* alignment = block[Driver::alignment];
    lanes::each(block.size, [=](std::size_t x) {
      out[x] = 2.0F * coefficient * alignment_weight[x] * alignment[x];
    });
  }

  void height_squared_intensity(const Block& block, float* out) const {
    const float coefficient = params_.coefficient;
    const float* alignment_weight = block[Driver::alignment_weight];
    lanes::each(block.size, [=](std::size_t x) { out[x] = -coefficient * alignment_weight[x]; });
  }

  Params params_;
};

}  // namespace

TermInfo alignment_term() {
  TermInfo info;
  info.key = "alignment";
  info.number = "T4";
  info.title = "Conformity with one's reference group";
  info.formula = "-coefficient * wA_i * (s_d(r) - A_i,d)^2";
  info.sign = "+ for rungs near the mean rung of friends and patrons, - for rungs far from it";
  info.source =
      "Brock & Durlauf (2001), Discrete choice with social interactions, Review of Economic "
      "Studies 68; Bailey, Strezhnev & Voeten (2017), Estimating dynamic state preferences from "
      "United Nations voting data, Journal of Conflict Resolution 61";
  return complete<Alignment>(std::move(info));
}

}  // namespace entente::detail
