#include "terms/exclusivity.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Exclusivity final : public Term {
 public:
  using Params = ExclusivityParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::height,
        {LadderRole::engagement, LadderRole::recognition},
        {Driver::rival_claims}}}};

  explicit Exclusivity(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    const float* rival_claims = block[Driver::rival_claims];
    lanes::each(block.size, [=](std::size_t x) { out[x] = -coefficient * rival_claims[x]; });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo exclusivity_term() {
  TermInfo info;
  info.key = "exclusivity";
  info.number = "T13";
  info.title = "Rival claimants to one country";
  info.formula = "-coefficient * sum over rival authorities k' of s_d(r_i,k') * s_d(r)";
  info.sign = "- the higher the actor stands with a rival claimant";
  info.source =
      "Gray (2003), Germany's Cold War: The Global Campaign to Isolate East Germany; Rich (2009), "
      "Status for sale: Taiwan and the competition for diplomatic recognition, Issues & Studies "
      "45";
  return complete<Exclusivity>(std::move(info));
}

}  // namespace entente::detail
