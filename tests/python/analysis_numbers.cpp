// Prints what the analysis of studies makes of small samples, beside the samples, as JSON.

#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

#include "entente/ensemble/discovery.hpp"
#include "entente/ensemble/sensitivity.hpp"
#include "support/study_functions.hpp"

namespace entente {
namespace {

using Json = nlohmann::ordered_json;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Json to_json(const std::vector<IntervalEstimate>& estimates) {
  Json out = Json::array();
  for (const auto& one : estimates) out.push_back({one.value, one.low, one.high, one.error});
  return out;
}

Json sobol() {
  Json out = Json::array();
  for (const bool second_order : {false, true}) {
    auto outputs =
        study::saltelli_outputs(50, 3, second_order, study::random_points(6), study::ishigami);
    outputs[17] = nan;
    const ResampleOptions options{.resamples = 40, .confidence = 0.8, .seed = 0x123456789};
    const auto found = sobol_indices(outputs, 3, second_order, options);
    out.push_back({{"second_order", second_order},
                   {"outputs", outputs},
                   {"resamples", options.resamples},
                   {"confidence", options.confidence},
                   {"seed", options.seed},
                   {"mean", found.mean},
                   {"variance", found.variance},
                   {"first", to_json(found.first)},
                   {"total", to_json(found.total)},
                   {"second", to_json(found.second)}});
  }
  return out;
}

Json chance() {
  std::vector<PointSummary> points;
  Json rows = Json::array();
  for (std::size_t p = 0; p < 21; ++p) {
    points.push_back({study::normal(p, 0), study::uniform(p, 1), 2 + p % 5});
    rows.push_back({points.back().mean, points.back().variance, points.back().replicates});
  }
  const auto found = chance_share(points, {.resamples = 30, .seed = 5});
  return {{"points", rows},
          {"within", found.within},
          {"between", found.between},
          {"shares", to_json({found.of_one, found.of_mean})},
          {"of_one_shared", found.of_one_shared}};
}

Json morris() {
  std::vector<double> x, y;
  for (std::size_t t = 0; t < 9; ++t) {
    auto point = study::random_points(3)(t);
    for (std::size_t s = 0; s < 4; ++s) {
      if (s > 0) point[(s + t) % 3] += 0.25;
      x.insert(x.end(), point.begin(), point.end());
      y.push_back(study::ishigami(point));
    }
  }
  y[6] = nan;
  Json out{{"x", x}, {"y", y}, {"factors", Json::array()}};
  for (const auto& own : morris_screening({x, 3, y}).factors) {
    out["factors"].push_back({own.effects, own.mu, own.mu_star, own.sigma, own.mu_error,
                              own.mu_star_error, own.sigma_error});
  }
  return out;
}

Json regression() {
  std::vector<double> x, y;
  for (std::size_t n = 0; n < 60; ++n) {
    const double first = study::uniform(n, 0), second = study::uniform(n, 1);
    const double tied = static_cast<double>(static_cast<int>(5.0 * study::uniform(n, 2)));
    x.insert(x.end(), {first, first + 0.3 * second, tied});
    y.push_back(std::exp(3.0 * first) - second * tied + 0.5 * study::normal(n, 3));
  }
  x[30] = nan;
  const auto found = regress({x, 3, y});
  Json out{{"x", x},
           {"y", y},
           {"r_squared", found.r_squared},
           {"rank_r_squared", found.rank_r_squared},
           {"condition", found.condition},
           {"factors", Json::array()}};
  for (const auto& own : found.factors) {
    out["factors"].push_back(
        {own.pearson, own.spearman, own.src, own.src_error, own.pcc, own.srrc, own.prcc, own.vif});
  }
  return out;
}

Json boxes() {
  std::vector<double> x, y;
  for (std::size_t n = 0; n < 400; ++n) {
    const double kind = static_cast<double>(static_cast<int>(4.0 * study::uniform(n, 2)));
    const double level = static_cast<double>(static_cast<int>(9.0 * study::uniform(n, 1)));
    x.insert(x.end(), {study::uniform(n, 0), level, kind});
    const bool inside = x[3 * n] > 0.3 && level < 6.0 && kind != 2.0;
    y.push_back(study::uniform(n, 3) < (inside ? 0.85 : 0.15) ? 1.0 : 0.0);
  }
  const PrimOptions options{
      .peel = 0.07, .kinds = {FactorKind::number, FactorKind::number, FactorKind::category}};
  Json out{{"x", x}, {"y", y}, {"peel", options.peel}, {"boxes", Json::array()}};
  const auto found = prim({x, 3, y}, options);
  for (const auto& box : found.boxes) {
    Json limits = Json::array();
    for (const auto& own : box.limits) limits.push_back({own.low, own.high, own.excluded});
    out["boxes"].push_back({{"limits", limits},
                            {"rows", box.rows},
                            {"coverage", box.coverage},
                            {"density", box.density},
                            {"mass", box.mass},
                            {"quasi_p", box.quasi_p}});
  }
  out["pasted"] = found.pasted;
  return out;
}

}  // namespace
}  // namespace entente

int main() {
  std::cout << entente::Json{{"sobol", entente::sobol()},
                             {"chance", entente::chance()},
                             {"morris", entente::morris()},
                             {"regression", entente::regression()},
                             {"prim", entente::boxes()}};
}
