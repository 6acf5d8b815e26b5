#include "terms/covariate.hpp"

#include <array>

#include "core/lanes.hpp"

namespace entente::detail {
namespace {

class Covariate final : public Term {
 public:
  Covariate(const CovariateChoice& choice, std::size_t index)
      : channels_{{{choice.profile, choice.ladders, {}}}},
        coefficient_(choice.coefficient),
        index_(index) {}

  [[nodiscard]] std::span<const Channel> channels() const override { return channels_; }

  void intensity(std::size_t, const Block& block, float* out) const override {
    const float coefficient = coefficient_;
    const float* z = block.covariates[index_];
    lanes::each(block.size, [=](std::size_t x) { out[x] = coefficient * z[x]; });
  }

 private:
  std::array<Channel, 1> channels_;
  float coefficient_;
  std::size_t index_;
};

}  // namespace

std::unique_ptr<Term> covariate_term(const CovariateChoice& choice, std::size_t index) {
  return std::make_unique<Covariate>(choice, index);
}

}  // namespace entente::detail
