#include "entente/core/version.hpp"
#include "json.hpp"
#include "whatif_report.hpp"

namespace entente::cli {
namespace {

Json estimate_json(const PairedEstimate& estimate) {
  return {{"baseline", estimate.baseline},
          {"variant", estimate.variant},
          {"difference", estimate.difference},
          {"low", finite(estimate.low)},
          {"high", finite(estimate.high)},
          {"standard_error", finite(estimate.error)},
          {"unpaired_standard_error", finite(estimate.unpaired_error)},
          {"narrowing", finite(estimate.narrowing())},
          {"more", estimate.more},
          {"fewer", estimate.fewer}};
}

Json part_json(const PairedEstimate& estimate) {
  return {{"difference", estimate.difference},
          {"low", finite(estimate.low)},
          {"high", finite(estimate.high)}};
}

class Writer {
 public:
  explicit Writer(const WhatIf& answer)
      : answer_(answer), model_(answer.baseline.model), end_(model_.calendar.steps() - 1) {}

  Json variant(std::size_t v) const {
    const Variant& variant = answer_.variants[v].variant;
    const auto first = answer_.comparisons[v].first_difference();
    Json authorities = Json::array();
    for (std::size_t k = 0; k < model_.authorities.size(); ++k) authorities.push_back(effect(v, k));
    return {{"name", variant.name},
            {"title", variant.title},
            {"question", variant.question},
            {"reasoning", variant.reasoning},
            {"look_at", variant.look_at},
            {"sources", variant.sources},
            {"first_difference", first ? Json(model_.calendar.label(*first)) : Json(nullptr)},
            {"authorities", std::move(authorities)}};
  }

 private:
  Json effect(std::size_t v, std::size_t k) const {
    Json ladders = Json::object();
    for (const auto role : all_ladders) {
      const Ladder& ladder = model_.ladders[index_of(role)];
      Json rungs = Json::array();
      for (std::size_t r = 1; r < ladder.size(); ++r) {
        rungs.push_back(rung(v, k, role, static_cast<Rung>(r)));
      }
      ladders[ladder.key] = {{"at_or_above", std::move(rungs)}};
    }
    Json actors = Json::array();
    for (std::size_t i = 0; i < model_.actors.size(); ++i) actors.push_back(actor(v, k, i));
    return {{"id", model_.authorities[k].id},
            {"ladders", std::move(ladders)},
            {"actors", std::move(actors)}};
  }

  Json rung(std::size_t v, std::size_t k, LadderRole role, Rung r) const {
    const Comparison& comparison = answer_.comparisons[v];
    Json course = Json::array();
    for (std::uint32_t t = 0; t < model_.calendar.steps(); ++t) {
      const auto all = comparison.count(k, role, t, r);
      course.push_back({{"date", model_.calendar.label(t)},
                        {"baseline", all.baseline},
                        {"variant", all.variant},
                        {"difference", all.difference},
                        {"low", finite(all.low)},
                        {"high", finite(all.high)},
                        {"followers", comparison.followers(k, role, t, r).difference}});
    }
    return {{"rung", model_.ladders[index_of(role)].rungs[r]},
            {"end", estimate_json(comparison.count(k, role, end_, r))},
            {"forced", part_json(comparison.forced(k, role, end_, r))},
            {"followers", part_json(comparison.followers(k, role, end_, r))},
            {"course", std::move(course)}};
  }

  Json actor(std::size_t v, std::size_t k, std::size_t i) const {
    const Comparison& comparison = answer_.comparisons[v];
    Json ladders = Json::object();
    for (const auto role : all_ladders) {
      const Ladder& ladder = model_.ladders[index_of(role)];
      Json baseline = Json::object();
      Json variant = Json::object();
      for (std::size_t r = 0; r < ladder.size(); ++r) {
        const auto rung = static_cast<Rung>(r);
        baseline[ladder.rungs[r]] = answer_.summary.probability(k, role, end_, i, rung);
        variant[ladder.rungs[r]] = comparison.variant().probability(k, role, end_, i, rung);
      }
      ladders[ladder.key] = {{"baseline", std::move(baseline)},
                             {"variant", std::move(variant)},
                             {"forced", comparison.is_forced(k, role, i)},
                             {"path_differs", comparison.changed(k, role, i)},
                             {"ends_higher", comparison.higher(k, role, i)},
                             {"ends_lower", comparison.lower(k, role, i)}};
    }
    return {{"id", model_.actors[i].id},
            {"name", model_.actors[i].name},
            {"ladders", std::move(ladders)}};
  }

  const WhatIf& answer_;
  const Model& model_;
  std::uint32_t end_;
};

}  // namespace

std::string whatif_json(const WhatIf& answer) {
  const Model& model = answer.baseline.model;
  Json variants = Json::array();
  if (answer.summary.replicates() > 0) {
    const Writer writer(answer);
    for (std::size_t v = 0; v < answer.variants.size(); ++v) variants.push_back(writer.variant(v));
  }
  const Json out{{"entente", version()},
                 {"title", model.title},
                 {"overrides", answer.baseline.overrides},
                 {"seed", model.seed},
                 {"replicates", answer.summary.replicates()},
                 {"requested_replicates", answer.requested},
                 {"first_replicate", answer.first_replicate},
                 {"interrupted", answer.interrupted},
                 {"time", time_json(model.calendar)},
                 {"variants", std::move(variants)},
                 {"output", answer.output.empty() ? Json(nullptr) : Json(answer.output.string())}};
  return json_text(out);
}

}  // namespace entente::cli
