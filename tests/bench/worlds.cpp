#include "worlds.hpp"

#include <random>

#include "support/bare_world.hpp"

namespace entente::bench {
namespace {

constexpr std::size_t rungs = 6;
constexpr std::size_t neighbours = 50;

Ladder ladder(const char* key, std::size_t size) {
  Ladder out;
  out.key = key;
  for (std::size_t r = 0; r < size; ++r) {
    out.rungs.push_back("r" + std::to_string(r));
    out.height.push_back(static_cast<std::uint16_t>(height_unit * r / (size > 1 ? size - 1 : 1)));
  }
  for (auto* row : {&out.baseline, &out.security, &out.economic, &out.exposure, &out.signal}) {
    row->assign(size, 0.0F);
  }
  out.rate = 0.0F;
  return out;
}

/// Everyone looks at `neighbours` others with about equal weight. Never at themselves; at the same
/// one twice is one neighbour with both weights.
Relation random_relation(std::size_t actors, std::mt19937_64& random) {
  std::vector<std::uint32_t> rows, columns;
  std::vector<std::int32_t> weights;
  const std::size_t entries = actors * neighbours;
  rows.reserve(entries);
  columns.reserve(entries);
  weights.reserve(entries);
  for (std::size_t i = 0; i < actors; ++i) {
    std::int32_t left = relation_unit;
    for (std::size_t k = 0; k < neighbours; ++k) {
      const auto weight = left / static_cast<std::int32_t>(neighbours - k);
      left -= weight;
      rows.push_back(static_cast<std::uint32_t>(i));
      columns.push_back(static_cast<std::uint32_t>((i + 1 + random() % (actors - 1)) % actors));
      weights.push_back(weight);
    }
  }
  return Relation::from_triplets(actors, rows, columns, weights);
}

/// Uniform on [0.5, 1.5].
float coefficient(std::mt19937_64& random) {
  return 0.5F + static_cast<float>(random() >> 40) * 0x1p-24F;
}

}  // namespace

Model sparse_world(std::size_t actors, std::uint32_t steps, float switching) {
  std::mt19937_64 random(actors);
  Model model = test::bare_world(actors, steps);
  model.title = "sparse world";
  model.ladders = {ladder("engagement", rungs), ladder("recognition", 1), ladder("coercion", 1)};
  Ladder& engagement = model.ladders[index_of(LadderRole::engagement)];
  engagement.rate = 366.0F;  // so that everyone reconsiders every month
  engagement.up = engagement.down = switching / static_cast<float>(rungs - 1);

  // a x - b x^2 + c A x: conformity gives c A x - c x^2 / 2, the covariates the rest.
  model.terms = {{"alignment", {0.5F}}, {"switching", {1.0F}}};
  model.covariates = {{"linear", 1.0F, Profile::height, {LadderRole::engagement}},
                      {"quadratic", -1.0F, Profile::height_squared, {LadderRole::engagement}}};
  model.parameters = ParameterTable(model.extents());
  for (std::size_t i = 0; i < actors; ++i) {
    const float a = coefficient(random), b = coefficient(random), c = coefficient(random);
    model.parameters.at(Param::covariate, 0, i) = a;
    model.parameters.at(Param::covariate, 1, i) = b - c / 2;
    model.parameters.at(Param::alignment_weight, 0, i) = c;
    model.initial_rungs[model.rung_index(0, LadderRole::engagement, i)] =
        static_cast<Rung>(random() % rungs);
  }
  model.alignment = random_relation(actors, random);
  return model;
}

}  // namespace entente::bench
