#include "entente/core/version.hpp"
#include "explanation.hpp"
#include "json.hpp"

namespace entente::cli {
namespace {

class Object {
 public:
  Object(const Scenario& scenario, const Explanation& explanation)
      : model_(scenario.model),
        explanation_(explanation),
        ladder_(model_.ladders[index_of(explanation.question.ladder)]) {}

  Json group(const Explained& group) const {
    Json terms = Json::array();
    for (std::size_t term = 0; term < explanation_.terms.size(); ++term) {
      Json reads = Json::object();
      for (const auto& reading : readings(model_, explanation_, group, term)) {
        reads[reading.name] = reading.value;
      }
      Json row{{"term", explanation_.terms[term]}};
      row["below"] = has_below(group) ? Json(group.below[term]) : Json(nullptr);
      row["above"] = has_above(group) ? Json(group.above[term]) : Json(nullptr);
      row["computed_from"] = std::move(reads);
      terms.push_back(std::move(row));
    }
    Json options = Json::array();
    if (has_below(group)) options.push_back(option(group, 0, sum(group.below)));
    options.push_back(option(group, 1, 0.0));
    if (has_above(group)) options.push_back(option(group, 2, sum(group.above)));
    Json drivers = Json::object();
    for (std::size_t x = 0; x < explanation_.drivers.size(); ++x) {
      drivers[explanation_.drivers[x]] = group.drivers[x];
    }
    return {{"rung", ladder_.rungs[group.own]},
            {"replicates", group.replicates},
            {"terms", std::move(terms)},
            {"reconsiders", group.opportunity},
            {"options", std::move(options)},
            {"rises", group.rises},
            {"falls", group.falls},
            {"drivers", std::move(drivers)},
            {"enough",
             {{"below", levers(group, group.to_below)}, {"above", levers(group, group.to_above)}}}};
  }

  Json shares(const std::vector<double>& by_rung) const {
    Json out = Json::object();
    for (std::size_t r = 0; r < by_rung.size(); ++r) out[ladder_.rungs[r]] = by_rung[r];
    return out;
  }

  Json single() const {
    if (!explanation_.single) return nullptr;
    const Decision& decision = *explanation_.single;
    Json out{{"replicate", decision.replicate},
             {"luck", decision.luck},
             {"outcome", ladder_.rungs[decision.after]},
             {"recorded", nullptr}};
    if (explanation_.recorded) out["recorded"] = ladder_.rungs[*explanation_.recorded];
    return out;
  }

 private:
  static bool has_below(const Explained& group) { return group.own > 0; }
  bool has_above(const Explained& group) const { return group.own + 1U < ladder_.size(); }

  static double sum(const std::vector<double>& values) {
    double out = 0.0;
    for (const double value : values) out += value;
    return out;
  }

  Json levers(const Explained& group, const std::optional<Levers>& levers) const {
    if (!levers) return nullptr;
    Json drivers = Json::array();
    for (const auto& needed : levers->drivers) {
      const std::string& name = explanation_.drivers[needed.column];
      Json row{{"driver", name},
               {"value", needed.actual},
               {"range", {needed.range.low, needed.range.high}},
               {"needed", nullptr},
               {"rung", nullptr},
               {"best", needed.best},
               {"best_if_reconsidered", logistic(needed.best_log_odds)}};
      if (needed.value) {
        row["needed"] = *needed.value;
        const auto rung = rung_needed(model_, name, needed.actual, *needed.value);
        if (!rung.empty()) row["rung"] = rung;
      }
      drivers.push_back(std::move(row));
    }
    return {{"rung", ladder_.rungs[levers->option]},
            {"mean_of", group.replicates},
            {"log_odds", levers->log_odds},
            {"if_reconsidered", logistic(levers->log_odds)},
            {"drivers", std::move(drivers)},
            {"constant", levers->constant},
            {"others", others(*levers)}};
  }

  Json others(const Levers& levers) const {
    if (!levers.others) return nullptr;
    Json ids = Json::array();
    for (const auto j : levers.others->actors) ids.push_back(model_.actors[j].id);
    return {{"actors", std::move(ids)},
            {"enough", levers.others->enough},
            {"if_reconsidered", logistic(levers.others->log_odds)}};
  }

  Json option(const Explained& group, std::size_t place, double utility) const {
    return {{"rung", ladder_.rungs[group.own + place - 1]},
            {"utility", utility},
            {"if_reconsidered", group.odds.reconsidering[place]},
            {"probability", group.odds.step[place]}};
  }

  const Model& model_;
  const Explanation& explanation_;
  const Ladder& ladder_;
};

}  // namespace

std::string explanation_json(const Scenario& scenario, const Explanation& explanation) {
  const Model& model = scenario.model;
  const Question& question = explanation.question;
  const Object object(scenario, explanation);
  Json groups = Json::array();
  for (const auto& group : explanation.groups) groups.push_back(object.group(group));
  const Json out{{"entente", version()},
                 {"source", explanation.source},
                 {"actor", model.actors[question.actor].id},
                 {"authority", model.authorities[question.authority].id},
                 {"ladder", model.ladders[index_of(question.ladder)].key},
                 {"date", model.calendar.label(question.step)},
                 {"step", question.step},
                 {"first_replicate", explanation.first_replicate},
                 {"replicates", explanation.replicates},
                 {"temperature", model.temperature},
                 {"before", object.shares(explanation.start)},
                 {"after", object.shares(explanation.end)},
                 {"events", explanation.events},
                 {"held", explanation.held},
                 {"choices", std::move(groups)},
                 {"single", object.single()},
                 {"compared", explanation.compared},
                 {"differing", explanation.differing}};
  return json_text(out);
}

}  // namespace entente::cli
