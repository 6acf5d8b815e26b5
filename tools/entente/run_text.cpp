#include <fmt/format.h>

#include <algorithm>

#include "rounding.hpp"
#include "run_report.hpp"
#include "table.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t name_width = 30;

bool has_observations(const AuthorityReport& authority) {
  return std::any_of(authority.ladders.begin(), authority.ladders.end(),
                     [](const LadderReport& ladder) { return ladder.fit.states > 0; });
}

std::string heading(const Scenario& scenario, const RunReport& report) {
  const Model& model = scenario.model;
  const Calendar& calendar = model.calendar;
  std::string text = model.title + '\n';
  if (!scenario.question.empty()) text += scenario.question + '\n';
  const std::string finished = report.replicates == report.requested
                                   ? fmt::format("{}", report.replicates)
                                   : fmt::format("{} of {}", report.replicates, report.requested);
  text +=
      fmt::format("\n{} actors; {} steps of a {}, {} to {}; {} replicates, seed {}\n",
                  model.actors.size(), calendar.steps(), to_string(calendar.unit()),
                  calendar.label(0), calendar.label(calendar.steps() - 1), finished, model.seed);
  if (const auto cells = replaced_cells(scenario); cells > 0) {
    text += fmt::format("{} missing cells replaced as the scenario says; see inputs/replacements\n",
                        cells);
  }
  return text;
}

std::string count_table(const Model& model, const AuthorityReport& authority) {
  const bool seen = has_observations(authority);
  std::vector<Column> columns{
      {"ladder"}, {"rung or higher"}, {"actors", Align::right}, {"5-95 %", Align::right}};
  if (seen) {
    columns.push_back({"states seen", Align::right});
    columns.push_back({"of them simulated", Align::right});
    columns.push_back({"of them observed", Align::right});
  }
  Table table(std::move(columns));
  for (std::size_t d = 0; d < ladder_count; ++d) {
    const auto& ladder = authority.ladders[d];
    for (std::size_t r = 1; r < ladder.rungs.size(); ++r) {
      const auto& count = ladder.rungs[r];
      std::vector<std::string> row{r == 1 ? model.ladders[d].key : "", model.ladders[d].rungs[r],
                                   fixed(count.mean, 1),
                                   fmt::format("{}-{}", count.low, count.high)};
      if (seen && ladder.fit.states > 0) {
        row.push_back(fmt::format("{}", ladder.fit.states));
        row.push_back(fixed(count.among, 1));
        row.push_back(fmt::format("{}", count.observed));
      }
      table.add(std::move(row));
    }
  }
  return table.text(2);
}

/// The engagement seen, and other ladders where they are above their lowest rung.
std::string observed_text(const Model& model, const ActorReport& actor) {
  std::string text;
  for (const auto role : all_ladders) {
    const auto& seen = actor.observed[index_of(role)];
    if (!seen || (role != LadderRole::engagement && *seen == 0)) continue;
    text += (text.empty() ? "" : ", ") + model.ladders[index_of(role)].rungs[*seen];
  }
  return text;
}

std::string country_table(const Model& model, const AuthorityReport& authority, std::size_t rows) {
  const bool seen = has_observations(authority);
  const auto& engagement = model.ladders[index_of(LadderRole::engagement)];
  std::vector<Column> columns{{"id"}, {"name"}, {engagement.key}, {"", Align::right}};
  std::array<std::optional<Rung>, ladder_count> telling;
  for (const auto role : all_ladders) {
    const auto& ladder = model.ladders[index_of(role)];
    auto& rung = telling[index_of(role)];
    rung = telling_rung(ladder, role);
    if (!rung) continue;
    const bool top = *rung + 1U == ladder.size();
    columns.push_back({ladder.rungs[*rung] + (top ? "" : " or higher"), Align::right});
  }
  if (seen) columns.push_back({"observed"});
  Table table(std::move(columns));
  for (std::size_t n = 0; n < std::min(rows, authority.actors.size()); ++n) {
    const auto& actor = authority.actors[n];
    const auto& probability = actor.probability[index_of(LadderRole::engagement)];
    const Rung likely = most_probable(probability);
    std::vector<std::string> row{model.actors[actor.actor].id,
                                 shortened(model.actors[actor.actor].name, name_width),
                                 engagement.rungs[likely], percent(probability[likely])};
    for (std::size_t d = 0; d < ladder_count; ++d) {
      if (telling[d]) row.push_back(percent(at_or_above(actor.probability[d], *telling[d])));
    }
    if (seen) row.push_back(observed_text(model, actor));
    table.add(std::move(row));
  }
  return table.text(2);
}

/// `153 more, most probably: severed 90, contact 63`.
std::string rest_line(const Model& model, const AuthorityReport& authority, std::size_t rows) {
  const auto d = index_of(LadderRole::engagement);
  std::vector<std::size_t> most(model.ladders[d].size());
  for (std::size_t n = rows; n < authority.actors.size(); ++n) {
    ++most[most_probable(authority.actors[n].probability[d])];
  }
  std::string text;
  for (std::size_t r = most.size(); r-- > 0;) {
    if (most[r] == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", model.ladders[d].rungs[r], most[r]);
  }
  return fmt::format("  {} more, most probably: {} (--all lists them)\n",
                     authority.actors.size() - rows, text);
}

std::string fit_lines(const Model& model, const AuthorityReport& authority) {
  std::string text;
  for (std::size_t d = 0; d < ladder_count; ++d) {
    const Fit& fit = authority.ladders[d].fit;
    if (fit.states == 0) continue;
    const double share = static_cast<double>(fit.hits) / static_cast<double>(fit.states);
    text += fmt::format(
        "  {}: {} of {} states seen are on their most probable rung ({}); the rungs seen had "
        "probability {} on average\n",
        model.ladders[d].key, fit.hits, fit.states, percent(share), fixed(fit.probability, 2));
  }
  return text.empty() ? text : "\nHow well that fits what was observed\n" + text;
}

}  // namespace

std::string report_text(const Scenario& scenario, const RunReport& report, std::size_t rows) {
  const Model& model = scenario.model;
  std::string text = heading(scenario, report);
  const std::string end = model.calendar.label(model.calendar.steps() - 1);
  for (std::size_t k = 0; k < report.authorities.size(); ++k) {
    const auto& authority = report.authorities[k];
    const auto& who = model.authorities[k];
    text += fmt::format("\nHow many deal with {} ({}) at the end, {}\n", who.name, who.id, end);
    text += count_table(model, authority);
    text += fmt::format("\nWho stands where at the end, {}\n", end);
    text += country_table(model, authority, rows);
    if (rows < authority.actors.size()) text += rest_line(model, authority, rows);
    text += fit_lines(model, authority);
  }
  return text;
}

}  // namespace entente::cli
