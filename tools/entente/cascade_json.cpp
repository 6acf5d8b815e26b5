#include <cmath>

#include "cascade_report.hpp"
#include "entente/core/version.hpp"
#include "json.hpp"

namespace entente::cli {
namespace {

Json mean_json(const ReplicateMean& mean) {
  const bool known = !std::isnan(mean.standard_error);
  return {{"mean", mean.mean},
          {"standard_error", known ? Json(mean.standard_error) : Json(nullptr)}};
}

Json actors_json(const Model& model, const CascadeReport& report) {
  Json out = Json::array();
  for (const auto i : report.ranking) {
    const CascadeActor& actor = report.actors[i];
    out.push_back({{"id", model.actors[i].id},
                   {"name", model.actors[i].name},
                   {"direct", mean_json(actor.direct)},
                   {"with_chains", mean_json(actor.with_chains)},
                   {"moves", mean_json(actor.moves)},
                   {"own_reasons", actor.own_reasons},
                   {"moved", actor.moved},
                   {"brought", actor.brought},
                   {"from_start", actor.from_start}});
  }
  return out;
}

Json edge_json(const Model& model, const CascadeEdge& edge) {
  return {{"from", model.actors[edge.from].id},    {"to", model.actors[edge.to].id},
          {"credit", mean_json(edge.credit)},      {"log_odds", edge.log_odds},
          {"odds_ratio", std::exp(edge.log_odds)}, {"moves", edge.moves}};
}

}  // namespace

std::string cascade_json(const Scenario& scenario, const CascadeReport& report) {
  const Model& model = scenario.model;
  const Ladder& ladder = model.ladders[index_of(report.target.ladder)];
  Json edges = Json::array(), brakes = Json::array();
  for (std::size_t e = 0; e < std::min(report.top, report.edges.size()); ++e) {
    if (report.edges[e].credit.mean > 0.0) edges.push_back(edge_json(model, report.edges[e]));
  }
  for (std::size_t n = 0; n < std::min(report.top, report.brakes.size()); ++n) {
    brakes.push_back(edge_json(model, report.edges[report.brakes[n]]));
  }
  const Json out{{"entente", version()},
                 {"title", model.title},
                 {"overrides", scenario.overrides},
                 {"seed", model.seed},
                 {"replicates", report.replicates},
                 {"requested_replicates", report.requested},
                 {"first_replicate", report.first_replicate},
                 {"interrupted", report.interrupted()},
                 {"authority", model.authorities[report.target.authority].id},
                 {"ladder", ladder.key},
                 {"rung", ladder.rungs[report.target.rung]},
                 {"looks_at_others", report.looks_at_others},
                 {"moves", mean_json(report.moves)},
                 {"followed", mean_json(report.followed)},
                 {"followed_start", report.followed_start},
                 {"followed_event", report.followed_event},
                 {"followed_choice", report.followed_choice},
                 {"own_reasons", report.moves.mean - report.followed.mean},
                 {"brought", mean_json(report.brought)},
                 {"actors", actors_json(model, report)},
                 {"edges", std::move(edges)},
                 {"brakes", std::move(brakes)},
                 {"output", report.output.empty() ? Json(nullptr) : Json(report.output.string())}};
  return json_text(out);
}

}  // namespace entente::cli
