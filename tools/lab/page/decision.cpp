#include <algorithm>

#include "lab/page/documents.hpp"
#include "lab/page/parts.hpp"
#include "rounding.hpp"

namespace entente::lab {
namespace {

constexpr int decimals = 3;

Json fraction(std::int64_t thousandths) { return static_cast<double>(thousandths) / 1000.0; }

/// Parts of the utility of one option, rounded so that they add up; empty where there is none.
struct Parts {
  bool exists = false;
  cli::RoundedParts numbers;

  [[nodiscard]] Json part(std::size_t term) const {
    return exists ? fraction(numbers.parts[term]) : Json(nullptr);
  }
  [[nodiscard]] Json sum() const { return exists ? fraction(numbers.sum) : Json(nullptr); }
  [[nodiscard]] bool counts(std::size_t term) const { return exists && numbers.parts[term] != 0; }
};

Parts parts_of(const std::vector<double>& utility, bool exists) {
  if (!exists) return {};
  return {true, cli::round_parts(utility, decimals)};
}

Json drivers_json(const Model& model, const cli::Explanation& explanation,
                  const cli::Levers& levers) {
  constexpr std::size_t most_out_of_reach = 3;
  std::size_t out_of_reach = 0;
  Json out = Json::array();
  for (const auto& needed : levers.drivers) {
    if (!needed.value && ++out_of_reach > most_out_of_reach) continue;
    const std::string& name = explanation.drivers[needed.column];
    Json row{{"driver", cli::driver_label(name)},
             {"value", rounded(needed.actual, decimals)},
             {"needed", nullptr},
             {"rung", nullptr}};
    if (needed.value) {
      row["needed"] = rounded(*needed.value, decimals);
      const auto rung = cli::rung_needed(model, name, needed.actual, *needed.value);
      if (!rung.empty()) row["rung"] = rung;
    }
    out.push_back(std::move(row));
  }
  return out;
}

Json enough_json(const Model& model, const cli::Explanation& explanation,
                 const cli::Explained& group) {
  const cli::Levers* levers = cli::option_asked(explanation, group);
  if (levers == nullptr || levers->drivers.empty()) return nullptr;
  Json others = Json::array();
  if (levers->others) {
    for (const auto j : levers->others->actors) others.push_back(model.actors[j].id);
  }
  return {{"rung", levers->option},
          {"drivers", drivers_json(model, explanation, *levers)},
          {"others", std::move(others)},
          {"others_enough", levers->others && levers->others->enough}};
}

/// In one line.
std::string summary_of(const Scenario& scenario, const cli::Explanation& explanation,
                       const cli::Explained& group) {
  std::string text = cli::explanation_summary(scenario, explanation, group);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

Json decision_document(const Scenario& scenario, const cli::Explanation& explanation,
                       std::size_t outcome) {
  const Model& model = scenario.model;
  const auto& question = explanation.question;
  const cli::Explained& group = explanation.groups.front();
  const std::size_t rungs = model.ladders[index_of(question.ladder)].size();
  const Parts below = parts_of(group.below, group.own > 0);
  const Parts above = parts_of(group.above, group.own + 1U < rungs);
  Json terms = Json::array();
  for (std::size_t term = 0; term < explanation.terms.size(); ++term) {
    if (!below.counts(term) && !above.counts(term)) continue;
    terms.push_back({{"term", explanation.terms[term]},
                     {"below", below.part(term)},
                     {"above", above.part(term)}});
  }
  Json probability = Json::array();
  for (const double share : group.odds.step) probability.push_back(rounded(share, 6));
  const Json replicate = explanation.single ? Json(explanation.single->replicate) : Json(nullptr);
  return {{"question",
           {{"outcome", outcome},
            {"authority", question.authority},
            {"ladder", index_of(question.ladder)},
            {"actor", question.actor},
            {"step", question.step},
            {"replicate", replicate}}},
          {"rung", group.own},
          {"share", per_mille(group.replicates, explanation.replicates)},
          {"held", explanation.held == explanation.replicates},
          {"reconsiders", rounded(group.opportunity, decimals)},
          {"probability", std::move(probability)},
          {"utility", {below.sum(), above.sum()}},
          {"terms", std::move(terms)},
          {"summary", summary_of(scenario, explanation, group)},
          {"enough", enough_json(model, explanation, group)}};
}

}  // namespace entente::lab
