#include "explanation.hpp"

#include <algorithm>

namespace entente::cli {
namespace {

void add_to(std::vector<double>& sum, const std::vector<double>& values) {
  if (sum.empty()) sum.resize(values.size());
  for (std::size_t x = 0; x < values.size(); ++x) sum[x] += values[x];
}

void add_to(OptionShares& sum, const OptionShares& values) {
  for (std::size_t x = 0; x < values.size(); ++x) sum[x] += values[x];
}

void divide(Explained& group) {
  const auto n = static_cast<double>(group.replicates);
  for (auto* row : {&group.below, &group.above, &group.drivers, &group.standing}) {
    for (double& value : *row) value /= n;
  }
  for (auto* row : {&group.odds.reconsidering, &group.odds.step}) {
    for (double& value : *row) value /= n;
  }
  group.opportunity /= n;
}

std::vector<Explained> group_by_rung(const Model& model, const Question& question,
                                     const Decisions& decisions, bool with_held) {
  const std::size_t rungs = model.ladders[index_of(question.ladder)].size();
  const std::size_t actors = model.actors.size();
  std::vector<Explained> groups(rungs);
  for (std::size_t n = 0; n < decisions.rows.size(); ++n) {
    const Decision& row = decisions.rows[n];
    if (row.held && !with_held) continue;
    Explained& group = groups[row.own];
    const Odds odds = odds_of(row, model, question.ladder);
    ++group.replicates;
    add_to(group.below, row.below);
    add_to(group.above, row.above);
    add_to(group.drivers, row.drivers);
    add_to(group.odds.reconsidering, odds.reconsidering);
    add_to(group.odds.step, odds.step);
    group.opportunity += row.opportunity;
    group.falls += row.after < row.own ? 1U : 0U;
    group.rises += row.after > row.own ? 1U : 0U;
    group.standing.resize(actors * rungs);
    for (std::size_t j = 0; j < actors; ++j) {
      group.standing[j * rungs + decisions.others[n * actors + j]] += 1.0;
    }
  }
  for (std::size_t r = 0; r < groups.size(); ++r) groups[r].own = static_cast<Rung>(r);
  std::erase_if(groups, [](const Explained& group) { return group.replicates == 0; });
  for (auto& group : groups) divide(group);
  std::stable_sort(groups.begin(), groups.end(), [](const Explained& a, const Explained& b) {
    return a.replicates > b.replicates;
  });
  return groups;
}

void ask_for_levers(const Simulation& simulation, const Question& question,
                    const std::vector<bool>& pinned, Explained& group) {
  const auto ask = [&](Rung option, const std::vector<double>& utility) {
    const ChoiceOf choice{question.authority, question.ladder, question.actor, group.own, option};
    return find_levers(simulation, choice, group.drivers, utility, group.standing, pinned);
  };
  const Ladder& ladder = simulation.model().ladders[index_of(question.ladder)];
  if (group.own > 0) group.to_below = ask(static_cast<Rung>(group.own - 1), group.below);
  if (group.own + 1U < ladder.size()) {
    group.to_above = ask(static_cast<Rung>(group.own + 1), group.above);
  }
}

}  // namespace

Explanation explain_decisions(const Simulation& simulation, const Question& question,
                              const Decisions& decisions) {
  const Model& model = simulation.model();
  Explanation out;
  out.question = question;
  out.terms = decisions.terms;
  out.drivers = decisions.drivers;
  out.reads = decisions.reads;
  out.replicates = decisions.rows.size();
  const std::size_t rungs = model.ladders[index_of(question.ladder)].size();
  out.start.resize(rungs);
  out.end.resize(rungs);
  const double each = 1.0 / static_cast<double>(decisions.rows.size());
  for (const auto& row : decisions.rows) {
    out.start[row.own] += each;
    out.end[row.after] += each;
    out.held += row.held ? 1U : 0U;
    for (const auto& id : row.events) {
      if (std::find(out.events.begin(), out.events.end(), id) == out.events.end()) {
        out.events.push_back(id);
      }
    }
  }
  const bool all_held = out.held == decisions.rows.size();
  out.groups = group_by_rung(model, question, decisions, all_held);
  for (auto& group : out.groups) ask_for_levers(simulation, question, decisions.pinned, group);
  return out;
}

const Levers* option_asked(const Explanation& explanation, const Explained& group) {
  bool down = group.falls > group.rises;
  if (explanation.single) {
    const Decision& decision = *explanation.single;
    down = decision.after < decision.own;
  }
  const auto& first = down ? group.to_below : group.to_above;
  const auto& second = down ? group.to_above : group.to_below;
  if (first) return &*first;
  return second ? &*second : nullptr;
}

std::vector<Reading> readings(const Model& model, const Explanation& explanation,
                              const Explained& group, std::size_t term) {
  std::vector<Reading> out;
  const std::string of_ladder = "." + model.ladders[index_of(explanation.question.ladder)].key;
  for (const auto column : explanation.reads[term]) {
    std::string name = explanation.drivers[column];
    if (name.ends_with(of_ladder)) name.resize(name.size() - of_ladder.size());
    if (term >= model.terms.size()) name = "z";  // the covariate has the term's name
    out.push_back({std::move(name), group.drivers[column]});
  }
  return out;
}

}  // namespace entente::cli
