#include "explanation.hpp"

#include <algorithm>

#include "entente/terms/registry.hpp"

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
  for (auto* row : {&group.below, &group.above, &group.drivers}) {
    for (double& value : *row) value /= n;
  }
  for (auto* row : {&group.odds.reconsidering, &group.odds.step}) {
    for (double& value : *row) value /= n;
  }
  group.opportunity /= n;
}

std::vector<Explained> group_by_rung(const Model& model, const Question& question,
                                     const std::vector<Decision>& rows, bool with_held) {
  std::vector<Explained> groups(model.ladders[index_of(question.ladder)].size());
  for (const auto& row : rows) {
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
  }
  for (std::size_t r = 0; r < groups.size(); ++r) groups[r].own = static_cast<Rung>(r);
  std::erase_if(groups, [](const Explained& group) { return group.replicates == 0; });
  for (auto& group : groups) divide(group);
  std::stable_sort(groups.begin(), groups.end(), [](const Explained& a, const Explained& b) {
    return a.replicates > b.replicates;
  });
  return groups;
}

/// Whether a slot keeps its base value throughout.
bool is_constant(const Model& model, std::size_t slot) {
  const auto acts = [&](const std::vector<Change>& changes) {
    return std::any_of(changes.begin(), changes.end(), [&](const Change& change) {
      return change.space == Space::parameter &&
             std::binary_search(change.indices.begin(), change.indices.end(), slot);
    });
  };
  return std::none_of(model.series.begin(), model.series.end(),
                      [&](const Series& series) {
                        return std::find(series.slots.begin(), series.slots.end(), slot) !=
                               series.slots.end();
                      }) &&
         std::none_of(model.events.begin(), model.events.end(),
                      [&](const Event& event) { return acts(event.changes); }) &&
         std::none_of(model.bodies.begin(), model.bodies.end(),
                      [&](const Body& body) { return acts(body.changes); });
}

std::optional<Reading> parameter_reading(const Model& model, std::size_t actor, Param param,
                                         std::size_t row, std::string name) {
  const std::size_t slot = model.parameters.slot(param, row, actor);
  if (!is_constant(model, slot)) return std::nullopt;
  return Reading{std::move(name), static_cast<double>(model.parameters.all()[slot])};
}

std::optional<Reading> driver_reading(const Model& model, const Explanation& explanation,
                                      const Explained& group, Driver driver) {
  const std::string name(to_string(driver));
  if (static_cast<std::size_t>(driver) >= recorded_driver_count) {
    const auto param = find_parameter(name);
    if (!param || info(*param).shape != Shape::actor) return std::nullopt;
    return parameter_reading(model, explanation.question.actor, *param, 0, name);
  }
  const std::string of_ladder =
      name + "." + model.ladders[index_of(explanation.question.ladder)].key;
  for (std::size_t column = 0; column < explanation.drivers.size(); ++column) {
    const auto& known = explanation.drivers[column];
    if (known == name || known == of_ladder) return Reading{name, group.drivers[column]};
  }
  return std::nullopt;
}

}  // namespace

Explanation explain_decisions(const Model& model, const Question& question, Decisions decisions) {
  Explanation out;
  out.question = question;
  out.terms = std::move(decisions.terms);
  out.drivers = std::move(decisions.drivers);
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
  out.groups = group_by_rung(model, question, decisions.rows, all_held);
  return out;
}

std::vector<Reading> readings(const Model& model, const Explanation& explanation,
                              const Explained& group, std::size_t term) {
  std::vector<Reading> out;
  const auto keep = [&](std::optional<Reading> reading) {
    if (reading) out.push_back(*std::move(reading));
  };
  if (term < model.terms.size()) {
    const TermInfo* known = builtin_terms().find(explanation.terms[term]);
    if (known == nullptr) return out;
    for (const auto driver : members(known->reads)) {
      keep(driver_reading(model, explanation, group, driver));
    }
  } else {
    keep(parameter_reading(model, explanation.question.actor, Param::covariate,
                           term - model.terms.size(), "z"));
  }
  return out;
}

}  // namespace entente::cli
