#include "backtest_report.hpp"
#include "json.hpp"

namespace entente::cli {
namespace {

Json to_json(const score::Skill& skill) {
  return {{"value", finite(skill.value)}, {"low", finite(skill.low)}, {"high", finite(skill.high)}};
}

void add_scores(const BacktestReport& report, const ScoreFilter& filter, Json& list) {
  for (const auto& row : score_table(report.test, filter)) {
    Json one{{"case", filter.of_case ? Json(report.cases[*filter.of_case].name) : Json(nullptr)},
             {"horizon",
              filter.horizon ? Json(report.options.horizons[*filter.horizon]) : Json(nullptr)},
             {"ladder", filter.ladder ? Json(to_string(*filter.ladder)) : Json(nullptr)},
             {"method", to_string(row.method)},
             {"targets", row.targets},
             {"changed", row.changed},
             {"rose", row.rose},
             {"log_score", finite(row.log)},
             {"brier_score", finite(row.brier)},
             {"ranked_probability_score", finite(row.ranked)},
             {"auc", finite(row.auc)},
             {"average_precision", finite(row.precision)}};
    if (row.method != Method::model) {
      one["skill_of_model"] = {{"log_score", to_json(row.log_skill)},
                               {"brier_score", to_json(row.brier_skill)},
                               {"ranked_probability_score", to_json(row.ranked_skill)}};
    }
    list.push_back(std::move(one));
  }
}

Json numbers(const BacktestReport& report) {
  Json list = Json::array();
  for (const auto& one : report.test.numbers) {
    const auto& origin = report.cases[one.of_case];
    Json methods = Json::object();
    for (std::size_t m = 0; m < method_count; ++m) {
      methods[std::string(to_string(all_methods[m]))] = {{"mean", one.mean[m]},
                                                         {"crps", one.crps[m]},
                                                         {"in_50", one.in_half[m]},
                                                         {"in_90", one.in_ninety[m]}};
    }
    const auto& ladder = origin.scenario.model.ladders[index_of(one.ladder)];
    list.push_back({{"case", origin.name},
                    {"origin", origin.scenario.model.calendar.label(one.origin)},
                    {"what", one.more > 0 ? "wait" : "count"},
                    {"more", one.more},
                    {"horizon", one.more > 0 ? report.options.horizons.back()
                                             : report.options.horizons[one.horizon]},
                    {"ladder", to_string(one.ladder)},
                    {"rung", ladder.rungs[one.rung]},
                    {"observed", one.observed},
                    {"methods", std::move(methods)}});
  }
  return list;
}

}  // namespace

std::string backtest_json(const BacktestReport& report) {
  Json cases = Json::array();
  for (const auto& one : report.cases) {
    cases.push_back({{"name", one.name}, {"title", one.scenario.model.title}});
  }
  Json origins = Json::array();
  for (const auto& one : report.test.origins) {
    const auto& fit = one.fits[0];
    Json estimates = Json::object();
    for (const auto& estimate : fit.estimates) {
      estimates[estimate.coefficient.name] = estimate.value;
    }
    const auto& origin = report.cases[one.of_case];
    origins.push_back({{"case", origin.name},
                       {"date", origin.scenario.model.calendar.label(one.step)},
                       {"step", one.step},
                       {"prior_scale", finite(fit.scale)},
                       {"moves", fit.moves},
                       {"estimates", std::move(estimates)}});
  }
  Json scores = Json::array();
  for (std::uint32_t c = 0; c <= report.cases.size(); ++c) {
    const auto of_case = c < report.cases.size() ? std::optional(c) : std::nullopt;
    for (std::uint16_t h = 0; h <= report.options.horizons.size(); ++h) {
      const auto horizon = h < report.options.horizons.size() ? std::optional(h) : std::nullopt;
      add_scores(report, {of_case, horizon, std::nullopt}, scores);
      for (const auto ladder : all_ladders) add_scores(report, {of_case, horizon, ladder}, scores);
    }
  }
  Json calibration = Json::array();
  for (const auto method : all_methods) {
    for (const auto& bin : calibration_of(report.test, method, {})) {
      calibration.push_back({{"method", to_string(method)},
                             {"low", bin.low},
                             {"high", bin.high},
                             {"cases", bin.cases},
                             {"mean_forecast", bin.mean_forecast},
                             {"share", bin.share}});
    }
  }
  const Json json{{"cases", std::move(cases)},
                  {"horizons", report.options.horizons},
                  {"first", report.options.first},
                  {"every", report.options.every},
                  {"replicates", report.options.replicates},
                  {"together", report.options.together},
                  {"origins", std::move(origins)},
                  {"scores", std::move(scores)},
                  {"numbers", numbers(report)},
                  {"calibration", std::move(calibration)}};
  return json_text(json);
}

}  // namespace entente::cli
