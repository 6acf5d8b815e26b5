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

void add_to(Explained& group, const Decision& row, const Odds& odds, std::span<const Rung> others,
            std::size_t rungs) {
  ++group.replicates;
  add_to(group.below, row.below);
  add_to(group.above, row.above);
  add_to(group.drivers, row.drivers);
  add_to(group.odds.reconsidering, odds.reconsidering);
  add_to(group.odds.step, odds.step);
  group.opportunity += row.opportunity;
  group.falls += row.after < row.own ? 1U : 0U;
  group.rises += row.after > row.own ? 1U : 0U;
  group.standing.resize(others.size() * rungs);
  for (std::size_t j = 0; j < others.size(); ++j) group.standing[j * rungs + others[j]] += 1.0;
}

}  // namespace

ExplanationSums::ExplanationSums(const Model& model, const Question& question) : model_(model) {
  const std::size_t rungs = model.ladders[index_of(question.ladder)].size();
  for (auto& groups : groups_) {
    groups.resize(rungs);
    for (std::size_t r = 0; r < rungs; ++r) groups[r].own = static_cast<Rung>(r);
  }
  out_.question = question;
  out_.start.resize(rungs);
  out_.end.resize(rungs);
}

void ExplanationSums::add(const Decision& row, std::span<const Rung> others) {
  ++out_.replicates;
  out_.start[row.own] += 1.0;
  out_.end[row.after] += 1.0;
  out_.held += row.held ? 1U : 0U;
  for (const auto& id : row.events) {
    if (std::find(out_.events.begin(), out_.events.end(), id) == out_.events.end()) {
      out_.events.push_back(id);
    }
  }
  add_to(groups_[row.held ? 1 : 0][row.own], row, odds_of(row, model_, out_.question.ladder),
         others, out_.start.size());
}

Explanation ExplanationSums::take() {
  for (auto* shares : {&out_.start, &out_.end}) {
    for (double& share : *shares) share /= static_cast<double>(out_.replicates);
  }
  out_.groups = std::move(groups_[out_.held == out_.replicates ? 1 : 0]);
  std::erase_if(out_.groups, [](const Explained& group) { return group.replicates == 0; });
  for (auto& group : out_.groups) divide(group);
  std::stable_sort(
      out_.groups.begin(), out_.groups.end(),
      [](const Explained& a, const Explained& b) { return a.replicates > b.replicates; });
  return std::move(out_);
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

Explanation explain_decisions(const Simulation& simulation, const Question& question,
                              const Decisions& decisions) {
  const std::size_t actors = simulation.model().actors.size();
  ExplanationSums sums(simulation.model(), question);
  for (std::size_t n = 0; n < decisions.rows.size(); ++n) {
    sums.add(decisions.rows[n], std::span(decisions.others).subspan(n * actors, actors));
  }
  Explanation out = sums.take();
  out.terms = decisions.terms;
  out.drivers = decisions.drivers;
  out.reads = decisions.reads;
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
