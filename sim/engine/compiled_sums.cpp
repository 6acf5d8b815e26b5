// The sums over actors that authorities need.

#include <algorithm>

#include "engine/compiled.hpp"

namespace entente::detail {

void CompiledModel::find_sums() {
  sums = world_sum_count + 2 * (groups + model.sectors.size());
  const auto any = [&](std::initializer_list<float AuthorityDynamics::*> coefficients) {
    return std::any_of(model.authorities.begin(), model.authorities.end(), [&](const auto& each) {
      return std::any_of(coefficients.begin(), coefficients.end(),
                         [&](auto coefficient) { return each.dynamics.*coefficient != 0.0F; });
    });
  };
  using D = AuthorityDynamics;
  const auto index = [](WorldSum sum) { return static_cast<std::size_t>(sum); };
  const auto& engagement = ladders[index_of(LadderRole::engagement)].height;
  const auto& coercion = ladders[index_of(LadderRole::coercion)].height;
  if (any({&D::inducement})) {
    auto gap = engagement;
    for (auto& height : gap) height = 1.0F - height;
    add_sum(index(WorldSum::rights_gap), LadderRole::engagement, gap,
            {{Param::rights_weight, 0}, {Param::rights_sensitivity, 0}});
  }
  if (any({&D::rally, &D::posture_rally, &D::harden})) {
    add_sum(index(WorldSum::coercion), LadderRole::coercion, coercion, {});
  }
  if (any({&D::soften})) {
    add_sum(index(WorldSum::engagement), LadderRole::engagement, engagement, {});
  }
  if (const auto rungs = ladders[index_of(LadderRole::coercion)].rungs;
      any({&D::shake}) && rungs > 1) {
    std::array<float, max_rungs> force{};
    for (std::size_t r = 0; r < rungs; ++r) force[r] = coercion[r] >= coercion[rungs - 1] ? 1 : 0;
    add_sum(index(WorldSum::force), LadderRole::coercion, force, {{Param::capability, 0}});
  }
  if (any({&D::closure})) {
    add_sum(index(WorldSum::closure), LadderRole::coercion, coercion, {{Param::trade, 0}});
  }
  for (std::size_t g = 0; g < groups; ++g) {
    if (any({&D::posture_inducement})) {
      add_sum(engagement_sum(g), LadderRole::engagement, engagement, {{Param::exposure, g}});
    }
    if (any({&D::deterrence})) {
      add_sum(coercion_sum(g), LadderRole::coercion, coercion, {{Param::exposure, g}});
    }
  }
  for (std::size_t s = 0; s < model.sectors.size() && any({&D::dividend}); ++s) {
    add_sum(sector_sum(s), LadderRole::engagement, engagement, {{Param::interest, s}});
    add_sum(sector_sum(s) + 1, LadderRole::engagement, engagement,
            {{Param::interest, s}, {Param::dependence, 0}});
  }
}

void CompiledModel::add_sum(std::size_t sum, LadderRole ladder,
                            const std::array<float, max_rungs>& value,
                            std::vector<WorldSumRule::Factor> factors) {
  WorldSumRule rule{sum, ladder, value, std::move(factors), true, addends};
  for (const auto& factor : rule.factors) {
    if (varies(factor.param, factor.row)) rule.fixed = false;
  }
  if (rule.fixed) {
    for (const auto& factor : rule.factors) {
      sum_params.set(static_cast<std::size_t>(factor.param));
    }
    addends += actors * ladders[index_of(ladder)].rungs;
  }
  sum_rules.push_back(std::move(rule));
}

}  // namespace entente::detail
