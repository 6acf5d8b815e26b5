#include "terms/grievance.hpp"

#include <array>
#include <utility>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Grievance final : public Term {
 public:
  using Params = GrievanceParams;
  static constexpr std::array<Channel, 1> channel_list{
      {{Profile::height,
        {LadderRole::coercion},
        {Driver::security_weight, Driver::grievance, Driver::capability}}}};

  explicit Grievance(const Params& params) : params_(params) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channel_list; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = params_.coefficient;
    const float* security_weight = block[Driver::security_weight];
    const float* grievance = block[Driver::grievance];
    const float* capability = block[Driver::capability];
    lanes::each(block.size, [=](std::size_t x) {
      out[x] = coefficient * security_weight[x] * grievance[x] * capability[x];
    });
  }

 private:
  Params params_;
};

}  // namespace

TermInfo grievance_term() {
  TermInfo info;
  info.key = "grievance";
  info.number = "TG";
  info.title = "Coercion in answer to sheltered enemies";
  info.formula = "coefficient * wS_i * G_i * capability_i * s(r)";
  info.sign =
      "+ on coercion, the more the authority shelters the actor's enemies and the more the actor "
      "can do about it";
  info.source =
      "Schultz (2010), The enforcement problem in coercive bargaining, International Organization "
      "64; Byman (2005), Deadly Connections: States that Sponsor Terrorism";
  return complete<Grievance>(std::move(info));
}

}  // namespace entente::detail
