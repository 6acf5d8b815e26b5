#include "lab/page/cascade.hpp"

#include <algorithm>

#include "cascade_report.hpp"
#include "decision.hpp"
#include "entente/terms/registry.hpp"
#include "lab/page/documents.hpp"
#include "lab/page/parts.hpp"
#include "run_report.hpp"

namespace entente::lab {
namespace {

constexpr int decimals = 4;
constexpr std::size_t most_edges = 60;

Json actors_json(const cli::CascadeReport& report) {
  Json out = Json::array();
  for (const auto i : report.ranking) {
    const CascadeActor& actor = report.actors[i];
    const bool counts = actor.moves.mean > 0.0 || actor.direct.mean > 0.0 || actor.from_start;
    if (!counts) continue;
    out.push_back({{"actor", i},
                   {"moves", rounded(actor.moves.mean, decimals)},
                   {"direct", rounded(actor.direct.mean, decimals)},
                   {"with_chains", rounded(actor.with_chains.mean, decimals)},
                   {"from_start", actor.from_start}});
  }
  return out;
}

Json edges_json(const cli::CascadeReport& report) {
  Json out = Json::array();
  for (const auto& edge : report.edges) {
    if (out.size() == most_edges || !(edge.credit.mean > 0.0)) break;
    out.push_back(
        {{"from", edge.from}, {"to", edge.to}, {"credit", rounded(edge.credit.mean, decimals)}});
  }
  return out;
}

}  // namespace

std::optional<CascadeTarget> cascade_target(const Simulation& simulation, std::size_t authority) {
  for (const auto role : {LadderRole::recognition, LadderRole::engagement}) {
    const auto rung = cli::telling_rung(simulation.model().ladders[index_of(role)], role);
    if (!rung) continue;
    const CascadeTarget target{authority, role, *rung};
    if (!relation_changes(simulation, target).empty()) return std::nullopt;
    return target;
  }
  return std::nullopt;
}

Json cascade_json(const Genealogy& genealogy, const CascadeTarget& target, std::size_t outcome) {
  const auto report = cli::make_cascade_report(genealogy, target);
  return {{"outcome", outcome},
          {"authority", target.authority},
          {"ladder", index_of(target.ladder)},
          {"rung", target.rung},
          {"replicates", report.replicates},
          {"moves", rounded(report.moves.mean, decimals)},
          {"followed", rounded(report.followed.mean, decimals)},
          {"brought", rounded(report.brought.mean, decimals)},
          {"actors", actors_json(report)},
          {"edges", edges_json(report)}};
}

Json cascade_document(const Model& model, std::size_t outcome, std::size_t authority,
                      std::size_t first_replicate, std::size_t replicates,
                      const std::atomic<bool>* stop) {
  const Simulation simulation(model, builtin_terms());
  const auto target = cascade_target(simulation, authority);
  if (!target) return nullptr;
  Genealogy genealogy(simulation, *target);
  RunOptions options = cli::modest_options(simulation);
  options.first_replicate = first_replicate;
  options.replicates = replicates;
  options.stop = stop;
  if (simulation.run(options, genealogy) < replicates) return nullptr;
  return cascade_json(genealogy, *target, outcome);
}

}  // namespace entente::lab
