#include <fmt/format.h>

#include "fit_report.hpp"
#include "json.hpp"

namespace entente::cli {
namespace {

/// JSON has no infinity: null.
std::string_view kind_name(Coefficient::Kind kind) {
  switch (kind) {
    case Coefficient::Kind::term:
      return "term";
    case Coefficient::Kind::covariate:
      return "covariate";
    case Coefficient::Kind::gap:
      return "gap";
    case Coefficient::Kind::down:
      return "down";
  }
  return "";
}

Json dispositions(const FitReport& report) {
  Json list = Json::array();
  for (const auto& one : report.fit.dispositions) {
    const auto& origin = report.cases[one.history];
    list.push_back({{"case", origin.name},
                    {"actor", origin.scenario.model.actors[one.actor].id},
                    {"value", one.value},
                    {"standard_error", one.standard_error}});
  }
  return list;
}

}  // namespace

std::string fit_json(const FitReport& report) {
  const auto& fit = report.fit;
  Json cases = Json::array();
  for (const auto& one : report.cases) {
    cases.push_back({{"name", one.name},
                     {"title", one.scenario.model.title},
                     {"actors", one.scenario.model.actors.size()},
                     {"steps", one.scenario.model.calendar.steps()},
                     {"observations", one.scenario.history.observations.size()}});
  }
  Json estimates = Json::array();
  for (const auto& one : fit.estimates) {
    Json row{{"name", one.coefficient.name},
             {"kind", kind_name(one.coefficient.kind)},
             {"estimate", one.value},
             {"standard_error", finite(one.standard_error)},
             {"z", one.z},
             {"prior_mean", one.prior_mean},
             {"prior_sd", finite(one.prior_sd)},
             {"effect", one.effect}};
    if (has_expected_sign(one.coefficient)) row["as_expected"] = one.value > 0.0;
    if (one.profile_low) row["profile"] = {finite(*one.profile_low), finite(*one.profile_high)};
    estimates.push_back(std::move(row));
  }
  Json validation = Json::array();
  for (const auto& [scale, value] : fit.validation) {
    validation.push_back({{"scale", scale}, {"held_out_log_likelihood", value}});
  }
  Json disposition_validation = Json::array();
  for (const auto& [scale, value] : fit.disposition_validation) {
    disposition_validation.push_back({{"scale", scale}, {"held_out_log_likelihood", value}});
  }
  Json covariance = Json::array();
  for (Eigen::Index r = 0; r < fit.covariance.rows(); ++r) {
    Json row = Json::array();
    for (Eigen::Index c = 0; c < fit.covariance.cols(); ++c)
      row.push_back(finite(fit.covariance(r, c)));
    covariance.push_back(std::move(row));
  }
  Json json{{"cases", std::move(cases)},
            {"until", report.until.empty() ? Json(nullptr) : Json(report.until)},
            {"decisions", fit.decisions},
            {"moves", fit.moves},
            {"estimates", std::move(estimates)},
            {"log_likelihood", fit.log_likelihood},
            {"rates_log_likelihood", fit.null_log_likelihood},
            {"effective_parameters", fit.effective_parameters},
            {"aic", fit.aic},
            {"bic", fit.bic},
            {"condition", finite(fit.condition)},
            {"iterations", fit.iterations},
            {"prior_scale", finite(fit.scale)},
            {"validation", std::move(validation)},
            {"dispositions", dispositions(report)},
            {"disposition_scale", fit.disposition_scale},
            {"disposition_validation", std::move(disposition_validation)},
            {"covariance", std::move(covariance)},
            {"warnings", fit.warnings}};
  if (report.goodness_replicates > 0) {
    json["goodness"] = goodness_json(report.cases.front().scenario.model, report.goodness,
                                     report.goodness_replicates);
  }
  return json_text(json);
}

std::string design_csv(const FitReport& report) {
  const auto& design = report.design;
  std::string text = "case,actor,authority,ladder,step,from,option,chosen,opportunity,offset";
  for (const auto& one : design.coefficients) text += "," + one.name;
  text += "\n";
  const std::size_t width = design.coefficients.size();
  for (std::size_t n = 0; n < design.size(); ++n) {
    const auto& one = design.decisions[n];
    const auto& origin = report.cases[one.history];
    const auto& model = origin.scenario.model;
    for (const int option : {-1, 0, 1}) {
      if ((option < 0 && !one.can_fall) || (option > 0 && !one.can_rise)) continue;
      text += fmt::format("{},{},{},{},{},{},{},{},{:.17g},{:.17g}", origin.name,
                          model.actors[one.actor].id, model.authorities[one.authority].id,
                          to_string(one.ladder), model.calendar.label(one.step), one.from, option,
                          one.moved == option ? 1 : 0, one.opportunity,
                          option == 0  ? 0.0
                          : option > 0 ? design.offset_rise[n]
                                       : design.offset_fall[n]);
      for (std::size_t c = 0; c < width; ++c) {
        text += fmt::format(",{:.17g}", option == 0  ? 0.0
                                        : option > 0 ? design.rise[n * width + c]
                                                     : design.fall[n * width + c]);
      }
      text += "\n";
    }
  }
  return text;
}

}  // namespace entente::cli
