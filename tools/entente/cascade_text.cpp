#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cascade_report.hpp"
#include "rounding.hpp"
#include "table.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t name_width = 20;
constexpr double least = 0.0005;  // moves per replicate that are worth a row

std::string rung_name(const Model& model, const CascadeTarget& target) {
  const Ladder& ladder = model.ladders[index_of(target.ladder)];
  const bool top = target.rung + 1U == ladder.size();
  return ladder.rungs[target.rung] + (top ? "" : " or higher");
}

std::string heading(const Scenario& scenario, const CascadeReport& report) {
  const Model& model = scenario.model;
  const Calendar& calendar = model.calendar;
  const Authority& authority = model.authorities[report.target.authority];
  return fmt::format(
      "{}\nWho tipped whom: moves to {} ({}) towards {} ({})\n\n"
      "{} actors; {} steps of a {}, {} to {}; {} replicates, seed {}\n",
      model.title, rung_name(model, report.target),
      model.ladders[index_of(report.target.ladder)].key, authority.name, authority.id,
      model.actors.size(), calendar.steps(), to_string(calendar.unit()), calendar.label(0),
      calendar.label(calendar.steps() - 1), report.replicates, model.seed);
}

/// A number of moves: digits enough for small ones.
std::string number(double moves) { return fixed(moves, moves < 0.995 ? 3 : 2); }
std::string error(const ReplicateMean& mean) {
  return std::isnan(mean.standard_error) ? "" : number(mean.standard_error);
}

std::string sources(const CascadeReport& report) {
  const double all = report.followed.mean;
  std::string text;
  const auto add = [&](double part, const char* whom) {
    if (part <= 0.0) return;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", percent(part / all), whom);
  };
  add(report.followed_start, "those who stood there from the start");
  add(report.followed_event, "those whom events or bodies brought there");
  add(report.followed_choice, "those who had moved there themselves");
  return text;
}

std::string summary(const Model& model, const CascadeReport& report) {
  if (report.moves.mean == 0.0) {
    return fmt::format("In no replicate does anybody move to {} by own choice.",
                       rung_name(model, report.target));
  }
  std::string text = fmt::format(
      "Per replicate there are {} moves by own choice: {} are due to those who stood there before, "
      "{} to the movers' own reasons.",
      number(report.moves.mean), number(report.followed.mean),
      number(report.moves.mean - report.followed.mean));
  if (report.brought.mean > 0.0) {
    text += fmt::format(" Events and bodies bring {} more.", number(report.brought.mean));
  }
  if (!report.looks_at_others) {
    return text + " No term of this ladder looks at how others stand on it.";
  }
  if (report.followed.mean == 0.0) return text;
  const std::size_t first = report.ranking.front();
  text += fmt::format(
      " The movers followed: {}. The most pivotal is {} ({}): {} moves a replicate follow it, {} "
      "with those that these led to.",
      sources(report), model.actors[first].name, model.actors[first].id,
      number(report.actors[first].direct.mean), number(report.actors[first].with_chains.mean));
  return text;
}

std::string actor_table(const Model& model, const CascadeReport& report) {
  Table table({{"id"},
               {"name"},
               {"direct", Align::right},
               {"s.e.", Align::right},
               {"with chains", Align::right},
               {"s.e.", Align::right},
               {"moved", Align::right},
               {"brought", Align::right},
               {"from the start"}});
  for (std::size_t n = 0; n < std::min(report.top, report.ranking.size()); ++n) {
    const std::size_t i = report.ranking[n];
    const CascadeActor& actor = report.actors[i];
    if (actor.with_chains.mean < least) break;
    table.add({model.actors[i].id, shortened(model.actors[i].name, name_width),
               number(actor.direct.mean), error(actor.direct), number(actor.with_chains.mean),
               error(actor.with_chains), percent(actor.moved), percent(actor.brought),
               actor.from_start ? "yes" : ""});
  }
  return table.empty() ? "" : table.text(2);
}

std::string ratio(double log_odds) {
  const double odds = std::exp(log_odds);
  return odds < 999.5 ? fmt::format("{:.3g}", odds) : fixed(odds, 0);
}

std::string edge_table(const Model& model, const CascadeReport& report) {
  Table table({{"who moved"},
               {""},
               {"followed"},
               {""},
               {"credit", Align::right},
               {"s.e.", Align::right},
               {"log-odds", Align::right},
               {"odds ratio", Align::right},
               {"moves", Align::right}});
  for (std::size_t e = 0; e < std::min(report.top, report.edges.size()); ++e) {
    const CascadeEdge& edge = report.edges[e];
    if (edge.credit.mean < least) break;
    const Actor& to = model.actors[edge.to];
    const Actor& from = model.actors[edge.from];
    table.add({to.id, shortened(to.name, name_width), from.id, shortened(from.name, name_width),
               number(edge.credit.mean), error(edge.credit), fixed(edge.log_odds, 3),
               ratio(edge.log_odds), number(edge.moves)});
  }
  return table.empty() ? "" : table.text(2);
}

std::string brake_table(const Model& model, const CascadeReport& report) {
  constexpr std::size_t most = 5;
  Table table({{"who moved"},
               {""},
               {"in spite of"},
               {""},
               {"log-odds", Align::right},
               {"odds ratio", Align::right},
               {"moves", Align::right}});
  for (std::size_t n = 0; n < std::min({report.top, most, report.brakes.size()}); ++n) {
    const CascadeEdge& edge = report.edges[report.brakes[n]];
    const Actor& to = model.actors[edge.to];
    const Actor& from = model.actors[edge.from];
    table.add({to.id, shortened(to.name, name_width), from.id, shortened(from.name, name_width),
               fixed(edge.log_odds, 3), ratio(edge.log_odds), number(edge.moves)});
  }
  return table.empty() ? "" : table.text(2);
}

void add_part(std::string& text, const std::string& title, const std::string& table) {
  if (!table.empty()) text += "\n" + title + "\n" + table;
}

}  // namespace

std::string cascade_text(const Scenario& scenario, const CascadeReport& report) {
  const Model& model = scenario.model;
  std::string text = heading(scenario, report) + '\n' + wrapped(summary(model, report), 0);
  add_part(text, "Pivotal states: moves of others, per replicate, that are credited to them",
           actor_table(model, report));
  add_part(text, "Strongest ties: credit in moves per replicate; log-odds where both were there",
           edge_table(model, report));
  add_part(text, "Brakes: whose stand made moves less likely that were made all the same",
           brake_table(model, report));
  return text;
}

}  // namespace entente::cli
