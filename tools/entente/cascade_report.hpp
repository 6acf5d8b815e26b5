#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "entente/ensemble/genealogy.hpp"
#include "entente/io/scenario.hpp"

namespace entente::cli {

/// What `entente cascade` tells; as text, as JSON and as a graph.
struct CascadeReport {
  CascadeTarget target;
  std::size_t replicates = 0;  ///< finished
  std::size_t requested = 0;
  std::size_t first_replicate = 0;
  std::size_t top = 0;           ///< rows of a table
  std::filesystem::path output;  ///< of the graph; empty: no file

  bool looks_at_others = false;
  ReplicateMean moves, followed, brought;
  double followed_start = 0.0, followed_event = 0.0, followed_choice = 0.0;
  std::vector<CascadeActor> actors;  ///< by actor
  std::vector<std::size_t> ranking;  ///< actors, the most pivotal first: with chains, then direct
  std::vector<CascadeEdge> edges;    ///< the most credit first
  std::vector<std::size_t> brakes;   ///< edges that lower log-odds, per replicate the most first
  [[nodiscard]] bool interrupted() const noexcept { return replicates < requested; }
};

[[nodiscard]] CascadeReport make_cascade_report(const Genealogy& genealogy,
                                                const CascadeTarget& target);

[[nodiscard]] std::string cascade_text(const Scenario& scenario, const CascadeReport& report);
/// One object, documented in docs/json.md.
[[nodiscard]] std::string cascade_json(const Scenario& scenario, const CascadeReport& report);
/// All edges, a row each.
[[nodiscard]] std::string cascade_csv(const Model& model, const CascadeReport& report);
/// For Graphviz: edges with at least a hundredth of a move per replicate, as thick as their credit.
[[nodiscard]] std::string cascade_dot(const Model& model, const CascadeReport& report);

}  // namespace entente::cli
