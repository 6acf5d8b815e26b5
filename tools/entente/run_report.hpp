#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "entente/ensemble/summary.hpp"
#include "entente/io/scenario.hpp"

namespace entente::cli {

/// Actors at or above one rung at the end of a run.
struct RungCount {
  double mean = 0.0;         ///< over replicates [actors]
  std::size_t low = 0;       ///< 5 % quantile
  std::size_t high = 0;      ///< 95 % quantile
  double among = 0.0;        ///< mean number among the actors with an observation
  std::size_t observed = 0;  ///< of them, seen at or above the rung
};

/// How probable a run made what was seen, on one ladder.
struct Fit {
  std::size_t states = 0;    ///< actors with an observation
  std::size_t hits = 0;      ///< of them, seen on the rung that is their most probable one
  double probability = 0.0;  ///< given to the observed rung, mean over states [1]
};

struct LadderReport {
  std::vector<RungCount> rungs;  ///< by rung
  Fit fit;
};

struct ActorReport {
  std::size_t actor = 0;
  std::array<std::vector<double>, ladder_count> probability;  ///< by ladder and rung [1]
  std::array<std::optional<Rung>, ladder_count> observed;     ///< the last one seen
};

/// Where everybody stands towards one authority at the end.
struct AuthorityReport {
  std::array<LadderReport, ladder_count> ladders;
  std::vector<ActorReport> actors;  ///< those who go furthest first
};

/// What `entente run` tells; as text and as JSON.
struct RunReport {
  std::size_t replicates = 0;  ///< finished
  std::size_t requested = 0;
  std::size_t first_replicate = 0;
  bool interrupted = false;
  std::filesystem::path output;  ///< empty: no file
  std::vector<AuthorityReport> authorities;
};

[[nodiscard]] RunReport make_report(const Scenario& scenario, const Summary& summary);

/// The rung whose probability sums up an actor's stand on a ladder: the last but one of engagement,
/// the first that recognises, the first act of coercion. Empty where the ladder has one rung.
[[nodiscard]] std::optional<Rung> telling_rung(const Ladder& ladder, LadderRole role);

[[nodiscard]] Rung most_probable(const std::vector<double>& probability);
/// Probability of the rung or a higher one.
[[nodiscard]] double at_or_above(const std::vector<double>& probability, Rung rung);

/// Number of cells of tables that were missing and replaced.
[[nodiscard]] std::size_t replaced_cells(const Scenario& scenario);

/// @param rows  countries to list; the others are summed up in a line
[[nodiscard]] std::string report_text(const Scenario& scenario, const RunReport& report,
                                      std::size_t rows);
/// One object, documented in docs/json.md.
[[nodiscard]] std::string report_json(const Scenario& scenario, const RunReport& report);

}  // namespace entente::cli
