#include "contrast.hpp"
#include "entente/core/version.hpp"
#include "json.hpp"

namespace entente::cli {
namespace {

Json row_of(const Difference& x) {
  return {{"movers", x.movers},
          {"mates", x.others},
          {"difference", x.difference},
          {"standard_error", x.standard_error},
          {"spread", x.spread}};
}

/// @param movers  of shares: number of movers compared
Json rows_of(const std::vector<NamedDifference>& list, const char* what, std::size_t movers = 0) {
  Json out = Json::array();
  for (const auto& [name, x] : list) {
    Json row{{what, name}};
    row.update(row_of(x));
    if (movers > 0) {
      row["lift"] = x.others > 0.0 ? Json(x.movers / x.others) : Json(nullptr);
      row["stands_out"] = stands_out(x, movers, list.size());
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

std::string contrast_json(const Scenario& scenario, const Contrast& contrast) {
  const Model& model = scenario.model;
  const auto& pair = contrast.question.pair;
  const Ladder& ladder = model.ladders[index_of(pair.ladder)];
  Json dates = Json::array();
  for (const auto step : contrast.steps) dates.push_back(model.calendar.label(step));
  const bool any = contrast.matched > 0;
  const auto maybe = [&](Json value) { return any ? std::move(value) : Json(nullptr); };
  const Json out{{"entente", version()},
                 {"source", contrast.source},
                 {"actor", model.actors[pair.actor].id},
                 {"authority", model.authorities[pair.authority].id},
                 {"ladder", ladder.key},
                 {"rung", ladder.rungs[contrast.question.rung]},
                 {"by", model.calendar.label(contrast.question.by)},
                 {"first_replicate", contrast.first_replicate},
                 {"replicates", contrast.replicates},
                 {"reached", contrast.reached()},
                 {"at_start", contrast.at_start},
                 {"by_event", contrast.by_event},
                 {"by_choice", contrast.by_choice},
                 {"dates", std::move(dates)},
                 {"matched", contrast.matched},
                 {"mates", contrast.mates},
                 {"log_odds", maybe(row_of(contrast.log_odds))},
                 {"terms", rows_of(contrast.terms, "term")},
                 {"probability", maybe(row_of(contrast.probability))},
                 {"foreseen", maybe(row_of(contrast.foreseen))},
                 {"drivers", rows_of(contrast.drivers, "driver")},
                 {"events", rows_of(contrast.events, "event", contrast.matched)},
                 {"others", rows_of(contrast.others, "actor", contrast.matched)}};
  return json_text(out);
}

}  // namespace entente::cli
