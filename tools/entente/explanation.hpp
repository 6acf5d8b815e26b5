#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "decision.hpp"
#include "entente/io/scenario.hpp"
#include "levers.hpp"

namespace entente::cli {

/// What an explanation says of decisions that were made from the same rung: the mean over them, or
/// the one decision there is.
struct Explained {
  Rung own = 0;
  std::size_t replicates = 0;
  std::vector<double> below;  ///< by term: utility of the rung below, against staying
  std::vector<double> above;
  double opportunity = 0.0;
  Odds odds;
  std::vector<double> drivers;
  std::size_t falls = 0;  ///< replicates that ended the step lower, by their choice
  std::size_t rises = 0;
  Standing standing;               ///< where everyone stood before the choice
  std::optional<Levers> to_below;  ///< what would have been enough; nothing at the end of a ladder
  std::optional<Levers> to_above;
};

/// The answer to a question, as text and as JSON.
struct Explanation {
  std::string source;  ///< the file or scenario
  Question question;
  std::vector<std::string> terms;
  std::vector<std::string> drivers;
  std::vector<std::vector<std::size_t>> reads;  ///< by term: positions of the drivers it reads
  std::size_t first_replicate = 0;
  std::size_t replicates = 0;
  std::vector<Explained> groups;   ///< by rung, the most common one first
  std::vector<double> start, end;  ///< share of replicates by rung, before and after the choice [1]
  std::size_t held = 0;            ///< replicates in which an event set or held the rung
  std::vector<std::string> events;
  std::optional<Decision> single;  ///< where one replicate was asked for
  std::size_t compared = 0;        ///< replicates that could be checked against the file
  std::size_t differing = 0;       ///< of them, those with another rung in the file
  std::optional<Rung> recorded;    ///< of the single replicate, in the file
};

/// Sorts the decisions of a question by the rung that they were made from and averages them, one
/// after the other, without keeping them. Decisions that an event made void are left out where
/// there are others.
class ExplanationSums {
 public:
  /// @param model  must outlive this
  ExplanationSums(const Model& model, const Question& question);

  /// @param others  rung of every actor on the ladder before the choice; empty: nobody asks
  void add(const Decision& decision, std::span<const Rung> others);
  /// The averages of one decision or more, before anything was asked of them.
  [[nodiscard]] Explanation take();

 private:
  const Model& model_;
  std::array<std::vector<Explained>, 2> groups_;  ///< by rung: decisions that counted, void ones
  Explanation out_;
};

/// Sums decisions up and asks of each mean decision what would have been enough.
[[nodiscard]] Explanation explain_decisions(const Simulation& simulation, const Question& question,
                                            const Decisions& decisions);

/// Asks of a mean decision what would have been enough.
///
/// @param pinned  by actor: an event or a body had a hand in its rung in this step
void ask_for_levers(const Simulation& simulation, const Question& question,
                    const std::vector<bool>& pinned, Explained& group);

/// Values that a term is computed from, by name: drivers, weights of the actor, `z` of a covariate.
struct Reading {
  std::string name;
  double value = 0.0;
};
[[nodiscard]] std::vector<Reading> readings(const Model& model, const Explanation& explanation,
                                            const Explained& group, std::size_t term);

/// What happened, how likely it was, what spoke for and against it, in sentences.
[[nodiscard]] std::string explanation_summary(const Scenario& scenario,
                                              const Explanation& explanation,
                                              const Explained& group);
/// What would have been enough, as a table and a sentence about others.
[[nodiscard]] std::string enough_text(const Scenario& scenario, const Explanation& explanation,
                                      const Explained& group);
/// The option that an answer is about: the one above, unless the choice went down or there is none.
/// Nothing on a ladder of one rung.
[[nodiscard]] const Levers* option_asked(const Explanation& explanation, const Explained& group);

/// @param rung  start from this one; empty = the most common
[[nodiscard]] std::string explanation_text(const Scenario& scenario, const Explanation& explanation,
                                           std::optional<Rung> rung);
/// One object, documented in docs/json.md.
[[nodiscard]] std::string explanation_json(const Scenario& scenario,
                                           const Explanation& explanation);

}  // namespace entente::cli
