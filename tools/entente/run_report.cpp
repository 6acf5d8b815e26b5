#include "run_report.hpp"

#include <algorithm>
#include <numeric>

namespace entente::cli {
namespace {

constexpr double low_quantile = 0.05;
constexpr double high_quantile = 0.95;

double expected_height(const Ladder& ladder, const std::vector<double>& probability) {
  double sum = 0.0;
  for (std::size_t r = 0; r < ladder.size(); ++r) sum += probability[r] * ladder.height[r];
  return sum / height_unit;
}

/// Engagement first; recognition decides between those who engage alike.
double reach(const Model& model, const ActorReport& actor) {
  double sum = 0.0;
  for (const auto role : {LadderRole::engagement, LadderRole::recognition}) {
    sum += expected_height(model.ladders[index_of(role)], actor.probability[index_of(role)]);
  }
  return sum;
}

/// The last rung seen up to the end of the run, by [ladder][actor].
using Observed = std::array<std::vector<std::optional<Rung>>, ladder_count>;

Observed last_observed(const Scenario& scenario, std::size_t authority) {
  Observed last;
  for (auto& ladder : last) ladder.resize(scenario.model.actors.size());
  for (const auto& seen : scenario.history.observations) {  // ordered by step
    if (seen.authority != authority || seen.step >= scenario.model.calendar.steps()) continue;
    last[index_of(seen.ladder)][seen.actor] = seen.rung;
  }
  return last;
}

LadderReport count_ladder(const Summary& summary, std::size_t authority, LadderRole role,
                          std::size_t rungs, const std::vector<ActorReport>& actors) {
  const std::size_t end = summary.steps() - 1;
  const std::size_t d = index_of(role);
  LadderReport out;
  for (std::size_t r = 0; r < rungs; ++r) {
    const auto rung = static_cast<Rung>(r);
    RungCount count;
    count.mean = summary.mean_count(authority, role, end, rung);
    count.low = summary.quantile_count(authority, role, end, rung, low_quantile);
    count.high = summary.quantile_count(authority, role, end, rung, high_quantile);
    for (const auto& actor : actors) {
      if (!actor.observed[d]) continue;
      count.among += at_or_above(actor.probability[d], rung);
      count.observed += *actor.observed[d] >= rung ? 1U : 0U;
    }
    out.rungs.push_back(count);
  }
  for (const auto& actor : actors) {
    if (!actor.observed[d]) continue;
    const Rung seen = *actor.observed[d];
    ++out.fit.states;
    out.fit.hits += most_probable(actor.probability[d]) == seen ? 1U : 0U;
    out.fit.probability += actor.probability[d][seen];
  }
  if (out.fit.states > 0) out.fit.probability /= static_cast<double>(out.fit.states);
  return out;
}

AuthorityReport report_authority(const Scenario& scenario, const Summary& summary,
                                 std::size_t authority) {
  const Model& model = scenario.model;
  const Observed seen = last_observed(scenario, authority);
  AuthorityReport out;
  for (std::size_t i = 0; i < model.actors.size(); ++i) {
    ActorReport actor;
    actor.actor = i;
    for (const auto role : all_ladders) {
      const std::size_t d = index_of(role);
      actor.observed[d] = seen[d][i];
      for (std::size_t r = 0; r < model.ladders[d].size(); ++r) {
        actor.probability[d].push_back(
            summary.probability(authority, role, summary.steps() - 1, i, static_cast<Rung>(r)));
      }
    }
    out.actors.push_back(std::move(actor));
  }
  for (const auto role : all_ladders) {
    out.ladders[index_of(role)] =
        count_ladder(summary, authority, role, model.ladders[index_of(role)].size(), out.actors);
  }
  std::stable_sort(out.actors.begin(), out.actors.end(),
                   [&](const auto& a, const auto& b) { return reach(model, a) > reach(model, b); });
  return out;
}

}  // namespace

RunReport make_report(const Scenario& scenario, const Summary& summary) {
  RunReport report;
  report.replicates = summary.replicates();
  if (report.replicates == 0) return report;
  for (std::size_t k = 0; k < scenario.model.authorities.size(); ++k) {
    report.authorities.push_back(report_authority(scenario, summary, k));
  }
  return report;
}

std::optional<Rung> telling_rung(const Ladder& ladder, LadderRole role) {
  const std::size_t rungs = ladder.size();
  if (rungs < 2) return std::nullopt;
  switch (role) {
    case LadderRole::engagement:
      return static_cast<Rung>(std::max<std::size_t>(rungs - 2, 1));
    case LadderRole::recognition:
      if (ladder.recognises_from < rungs) return std::max<Rung>(ladder.recognises_from, 1);
      return static_cast<Rung>(rungs - 1);
    case LadderRole::coercion:
      break;
  }
  return Rung{1};
}

Rung most_probable(const std::vector<double>& probability) {
  return static_cast<Rung>(std::max_element(probability.begin(), probability.end()) -
                           probability.begin());
}

double at_or_above(const std::vector<double>& probability, Rung rung) {
  // At most 1, whatever the order of the sum.
  return std::min(1.0, std::accumulate(probability.begin() + rung, probability.end(), 0.0));
}

std::size_t replaced_cells(const Scenario& scenario) {
  std::size_t cells = 0;
  for (const auto& replacement : scenario.replacements) cells += replacement.actors.size();
  return cells;
}

}  // namespace entente::cli
