#include "entente/core/version.hpp"
#include "json.hpp"
#include "run_report.hpp"

namespace entente::cli {
namespace {

Json observed_rung(const Ladder& ladder, const std::optional<Rung>& rung) {
  return rung ? Json(ladder.rungs[*rung]) : Json(nullptr);
}

Json ladder_json(const Ladder& ladder, const LadderReport& report) {
  Json rungs = Json::array();
  const bool seen = report.fit.states > 0;
  for (std::size_t r = 0; r < ladder.size(); ++r) {
    const auto& count = report.rungs[r];
    Json row{
        {"rung", ladder.rungs[r]}, {"mean", count.mean}, {"q05", count.low}, {"q95", count.high}};
    row["simulated_among_observed"] = seen ? Json(count.among) : Json(nullptr);
    row["observed"] = seen ? Json(count.observed) : Json(nullptr);
    rungs.push_back(std::move(row));
  }
  Json out{{"at_or_above", std::move(rungs)}, {"fit", nullptr}};
  if (seen) {
    out["fit"] = {{"states", report.fit.states},
                  {"most_probable", report.fit.hits},
                  {"mean_probability", report.fit.probability}};
  }
  return out;
}

Json actor_json(const Model& model, const ActorReport& report) {
  const Actor& actor = model.actors[report.actor];
  Json ladders = Json::object();
  for (std::size_t d = 0; d < ladder_count; ++d) {
    const Ladder& ladder = model.ladders[d];
    Json probability = Json::object();
    for (std::size_t r = 0; r < ladder.size(); ++r) {
      probability[ladder.rungs[r]] = report.probability[d][r];
    }
    ladders[ladder.key] = {{"most_probable", ladder.rungs[most_probable(report.probability[d])]},
                           {"probability", std::move(probability)},
                           {"observed", observed_rung(ladder, report.observed[d])}};
  }
  return {{"id", actor.id},
          {"name", actor.name},
          {"region", actor.region},
          {"ladders", std::move(ladders)}};
}

Json authority_json(const Model& model, std::size_t k, const AuthorityReport& report) {
  Json ladders = Json::object();
  for (std::size_t d = 0; d < ladder_count; ++d) {
    ladders[model.ladders[d].key] = ladder_json(model.ladders[d], report.ladders[d]);
  }
  Json actors = Json::array();
  for (const auto& actor : report.actors) actors.push_back(actor_json(model, actor));
  return {{"id", model.authorities[k].id},
          {"name", model.authorities[k].name},
          {"ladders", std::move(ladders)},
          {"actors", std::move(actors)}};
}

Json replacements_json(const Scenario& scenario) {
  Json out = Json::array();
  for (const auto& row : scenario.replacements) {
    out.push_back({{"column", row.column}, {"rule", row.rule}, {"actors", row.actors}});
  }
  return out;
}

}  // namespace

std::string report_json(const Scenario& scenario, const RunReport& report) {
  const Model& model = scenario.model;
  Json authorities = Json::array();
  for (std::size_t k = 0; k < report.authorities.size(); ++k) {
    authorities.push_back(authority_json(model, k, report.authorities[k]));
  }
  const Json out{{"entente", version()},
                 {"title", model.title},
                 {"question", scenario.question},
                 {"overrides", scenario.overrides},
                 {"seed", model.seed},
                 {"replicates", report.replicates},
                 {"requested_replicates", report.requested},
                 {"first_replicate", report.first_replicate},
                 {"interrupted", report.interrupted},
                 {"time", time_json(model.calendar)},
                 {"replacements", replacements_json(scenario)},
                 {"authorities", std::move(authorities)},
                 {"output", report.output.empty() ? Json(nullptr) : Json(report.output.string())}};
  return json_text(out);
}

}  // namespace entente::cli
