#include "cascade_report.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace entente::cli {

CascadeReport make_cascade_report(const Genealogy& genealogy, const CascadeTarget& target) {
  CascadeReport report;
  report.target = target;
  report.replicates = genealogy.replicates();
  report.looks_at_others = genealogy.looks_at_others();
  report.moves = genealogy.moves();
  report.followed = genealogy.followed();
  report.brought = genealogy.brought();
  report.followed_start = genealogy.followed(Arrival::start);
  report.followed_event = genealogy.followed(Arrival::event);
  report.followed_choice = genealogy.followed(Arrival::choice);
  report.actors = genealogy.actors();
  report.edges = genealogy.edges();

  report.ranking.resize(report.actors.size());
  std::iota(report.ranking.begin(), report.ranking.end(), std::size_t{0});
  std::stable_sort(report.ranking.begin(), report.ranking.end(), [&](std::size_t x, std::size_t y) {
    const auto key = [&](std::size_t i) {
      const auto& actor = report.actors[i];
      return std::tuple(actor.with_chains.mean, actor.direct.mean);
    };
    return key(x) > key(y);
  });
  std::stable_sort(
      report.edges.begin(), report.edges.end(),
      [](const CascadeEdge& x, const CascadeEdge& y) { return x.credit.mean > y.credit.mean; });
  for (std::size_t e = 0; e < report.edges.size(); ++e) {
    if (report.edges[e].log_odds < 0.0) report.brakes.push_back(e);
  }
  std::stable_sort(report.brakes.begin(), report.brakes.end(), [&](std::size_t x, std::size_t y) {
    const auto per_replicate = [&](std::size_t e) {
      return report.edges[e].log_odds * report.edges[e].moves;
    };
    return per_replicate(x) < per_replicate(y);
  });
  return report;
}

}  // namespace entente::cli
