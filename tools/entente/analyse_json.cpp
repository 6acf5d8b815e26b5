#include <algorithm>
#include <cmath>

#include "entente/core/version.hpp"
#include "json.hpp"
#include "study_findings.hpp"
#include "study_words.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t failures_told = 20;

Json interval_json(const IntervalEstimate& estimate) {
  return {{"value", finite(estimate.value)},
          {"low", finite(estimate.low)},
          {"high", finite(estimate.high)},
          {"error", finite(estimate.error)}};
}

Json head_json(const StudyHead& head) {
  Json out = Json::array();
  for (const auto& parameter : head.parameters) {
    out.push_back({{"name", parameter.name},
                   {"paths", parameter.paths},
                   {"distribution", parameter.distribution},
                   {"unit", parameter.unit},
                   {"meaning", parameter.meaning},
                   {"choices", parameter.choices}});
  }
  return out;
}

Json chance_json(const ChanceShare& share) {
  return {{"points", share.points},
          {"dropped", share.dropped},
          {"within", finite(share.within)},
          {"between", finite(share.between)},
          {"of_one", interval_json(share.of_one)},
          {"of_one_shared", finite(share.of_one_shared)},
          {"of_mean", interval_json(share.of_mean)}};
}

Json sobol_json(const SobolIndices& indices, const std::vector<std::string>& names) {
  const std::size_t k = names.size();
  Json parameters = Json::array(), pairs = Json::array();
  for (const auto i : order_of(indices)) {
    parameters.push_back({{"parameter", names[i]},
                          {"first", interval_json(indices.first[i])},
                          {"total", interval_json(indices.total[i])}});
  }
  for (std::size_t i = 0; i < k && !indices.second.empty(); ++i) {
    for (std::size_t j = i + 1; j < k; ++j) {
      pairs.push_back({{"parameters", {names[i], names[j]}},
                       {"second", interval_json(indices.second[i * k + j])}});
    }
  }
  return {{"blocks", indices.blocks},       {"dropped", indices.dropped},
          {"mean", finite(indices.mean)},   {"variance", finite(indices.variance)},
          {"resamples", indices.resamples}, {"parameters", std::move(parameters)},
          {"pairs", std::move(pairs)}};
}

Json morris_json(const MorrisScreening& screening, const std::vector<std::string>& names) {
  Json parameters = Json::array();
  for (const auto i : order_of(screening)) {
    const MorrisEffects& e = screening.factors[i];
    parameters.push_back({{"parameter", names[i]},
                          {"effects", e.effects},
                          {"mu", finite(e.mu)},
                          {"mu_error", finite(e.mu_error)},
                          {"mu_star", finite(e.mu_star)},
                          {"mu_star_error", finite(e.mu_star_error)},
                          {"sigma", finite(e.sigma)},
                          {"sigma_error", finite(e.sigma_error)}});
  }
  return {{"trajectories", screening.trajectories},
          {"dropped", screening.dropped},
          {"parameters", std::move(parameters)}};
}

Json regression_json(const SampleRegression& fitted, const std::vector<std::string>& names) {
  Json parameters = Json::array();
  for (const auto n : order_of(fitted.regression)) {
    const FactorRegression& f = fitted.regression.factors[n];
    parameters.push_back({{"parameter", names[fitted.parameters[n]]},
                          {"pearson", finite(f.pearson)},
                          {"spearman", finite(f.spearman)},
                          {"src", finite(f.src)},
                          {"src_error", finite(f.src_error)},
                          {"pcc", finite(f.pcc)},
                          {"srrc", finite(f.srrc)},
                          {"prcc", finite(f.prcc)},
                          {"vif", finite(f.vif)}});
  }
  return {{"points", fitted.regression.rows},
          {"dropped", fitted.regression.dropped},
          {"r_squared", finite(fitted.regression.r_squared)},
          {"rank_r_squared", finite(fitted.regression.rank_r_squared)},
          {"condition", finite(fitted.regression.condition)},
          {"parameters", std::move(parameters)}};
}

Json levels_json(const std::vector<Levels>& all, const std::vector<std::string>& names) {
  Json out = Json::array();
  for (const auto& levels : all) {
    Json means = Json::array();
    for (const auto& at : levels.means) {
      means.push_back({{"value", at.value},
                       {"text", at.text},
                       {"points", at.rows},
                       {"mean", at.mean},
                       {"error", finite(at.error)}});
    }
    out.push_back({{"parameter", names[levels.parameter]},
                   {"share", finite(levels.share)},
                   {"by_chance", finite(levels.by_chance)},
                   {"means", std::move(means)}});
  }
  return out;
}

Json steps_json(const OneAtATime& tried, const std::vector<std::string>& names) {
  Json parameters = Json::array();
  for (const auto& own : tried.parameters) {
    Json steps = Json::array();
    for (const auto& step : own.steps) {
      steps.push_back({{"value", step.value},
                       {"text", step.text},
                       {"output", finite(step.output)},
                       {"change", finite(step.change)},
                       {"error", finite(step.error)}});
    }
    parameters.push_back({{"parameter", names[own.parameter]},
                          {"largest", finite(own.largest)},
                          {"steps", std::move(steps)}});
  }
  return {{"base", finite(tried.base)},
          {"base_error", finite(tried.base_error)},
          {"parameters", std::move(parameters)}};
}

Json output_json(const Findings& findings, const OutputFindings& found) {
  const StudyOutput& output = findings.head.outputs[found.output];
  const auto names = parameter_names(findings.head);
  const auto part = [&](const auto& own, const auto& to_json) {
    return own ? to_json(*own, names) : Json(nullptr);
  };
  return {{"name", output.name},
          {"unit", output.unit},
          {"measure", output.measure},
          {"finding", finding_text(findings, found)},
          {"points", found.rows},
          {"mean", finite(found.mean)},
          {"deviation", finite(found.deviation)},
          {"smallest", finite(found.smallest)},
          {"largest", finite(found.largest)},
          {"chance", found.chance ? chance_json(*found.chance) : Json(nullptr)},
          {"sobol", part(found.sobol, sobol_json)},
          {"morris", part(found.morris, morris_json)},
          {"regression", part(found.regression, regression_json)},
          {"levels", levels_json(found.levels, names)},
          {"one_at_a_time", part(found.one_at_a_time, steps_json)},
          {"notes", found.notes}};
}

Json limits_json(const Findings& findings, const Discovery& discovery, const Box& box) {
  Json out = Json::array();
  for (std::size_t i = 0; i < box.limits.size(); ++i) {
    const Limits& limits = box.limits[i];
    if (!limits.restricts()) continue;
    const StudyFactor& parameter = findings.head.parameters[i];
    std::vector<std::string> excluded;
    for (const double value : limits.excluded) excluded.push_back(value_text(parameter, value));
    out.push_back({{"parameter", parameter.name},
                   {"low", finite(limits.low)},
                   {"high", finite(limits.high)},
                   {"excluded", std::move(excluded)},
                   {"quasi_p", finite(box.quasi_p[i])},
                   {"text", limits_text(parameter, limits, discovery.whole[i])}});
  }
  return out;
}

Json discovery_json(const Findings& findings, const Discovery& discovery) {
  const Interest& interest = discovery.interest;
  const PrimTrajectory& found = discovery.trajectory;
  const bool refused = !discovery.refusal.empty();
  const auto to_json = [&](const Box& box) -> Json {
    return {{"coverage", finite(box.coverage)},
            {"density", finite(box.density)},
            {"mass", finite(box.mass)},
            {"points", box.rows},
            {"hits", box.hits},
            {"limits", limits_json(findings, discovery, box)}};
  };
  Json boxes = Json::array();
  for (const auto& box : found.boxes) boxes.push_back(to_json(box));
  const auto limit = [](const std::optional<double>& x) { return x ? Json(*x) : Json(nullptr); };
  return {{"output", interest.column},
          {"statistic", interest.statistic},
          {"at_least", limit(interest.at_least)},
          {"at_most", limit(interest.at_most)},
          {"refusal", refused ? Json(discovery.refusal) : Json(nullptr)},
          {"finding", refused ? Json(nullptr) : Json(discovery_text(findings, discovery))},
          {"points", found.rows},
          {"dropped", found.dropped},
          {"hits", found.hits},
          {"boxes", std::move(boxes)},
          {"pasted", found.pasted},
          {"knee", discovery.knee},
          {"chosen", discovery.chosen},
          {"clear", discovery.clear ? to_json(*discovery.clear) : Json(nullptr)},
          {"notes", discovery.notes}};
}

}  // namespace

std::string findings_json(const Findings& findings, const std::string& source,
                          const std::vector<std::string>& written) {
  const StudyHead& head = findings.head;
  Json outputs = Json::array(), discoveries = Json::array(), failures = Json::array();
  for (const auto& found : findings.outputs) outputs.push_back(output_json(findings, found));
  for (const auto& discovery : findings.discoveries) {
    discoveries.push_back(discovery_json(findings, discovery));
  }
  for (std::size_t n = 0; n < std::min(failures_told, findings.failures.size()); ++n) {
    failures.push_back(
        {{"row", findings.failures[n].row}, {"message", findings.failures[n].message}});
  }
  const Json out{{"entente", version()},
                 {"source", source},
                 {"title", head.title},
                 {"question", head.question},
                 {"design", head.design},
                 {"design_text", head.design_text},
                 {"row_order", head.row_order},
                 {"rows", head.rows},
                 {"failed", findings.failures.size()},
                 {"first_replicate", head.first_replicate},
                 {"replicates", head.replicates},
                 {"parameters", head_json(head)},
                 {"statistic", findings.statistic},
                 {"resamples", findings.resampling.resamples},
                 {"confidence", findings.resampling.confidence},
                 {"notes", findings.notes},
                 {"outputs", std::move(outputs)},
                 {"discoveries", std::move(discoveries)},
                 {"failures", std::move(failures)},
                 {"written", written}};
  return json_text(out);
}

}  // namespace entente::cli
