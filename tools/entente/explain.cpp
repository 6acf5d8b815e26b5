#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "checks.hpp"
#include "commands.hpp"
#include "contrast.hpp"
#include "entente/core/error.hpp"
#include "entente/io/result_file.hpp"
#include "explanation.hpp"
#include "names.hpp"
#include "recorded.hpp"
#include "usage_error.hpp"
#include "worlds.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t usual_replicates = 256;

constexpr const char* footer =
    R"(The inputs in the result file are simulated again, to the bit, with every term of the decision kept.
Each column of the table of terms adds up as printed: the sum is rounded once, and where rounding
each term would miss it, terms are rounded the other way, by less than 0.001 each.

With --date: one choice, and what would have been enough for another, one driver at a time.
With --reached: replicates in which the actor reached a rung, set against those in which it did not.
Movers are compared with replicates at risk in the same step that stayed (docs/model.md, section 13).

Examples:
  entente explain out.h5 --actor PAK --date 2025-10 --ladder coercion
      on average over replicates; with --replicate 3, one decision and the luck of its draw
  entente explain afghanistan-2021 --actor RUS --reached recognised --replicates 1000
      whether luck or state decided, which terms, events and other actors made the difference
)";

struct ExplainArguments {
  WorldArguments world;
  std::string actor;
  std::string date;
  std::string ladder;
  std::string authority;
  std::string rung;
  std::string reached;
  std::string by;
  std::optional<std::size_t> replicate;
  std::optional<std::size_t> replicates;
  bool json = false;
};

/// The pair that is asked about; its ladder is the first unless one is named.
Pair ask(const Model& model, const ExplainArguments& arguments) {
  Pair pair;
  pair.actor = find_name("--actor", arguments.actor, names_of(model.actors, &Actor::id),
                         "ids of the scenario's actors, such as " + model.actors[0].id);
  if (!arguments.authority.empty()) {
    pair.authority = find_authority("--authority", arguments.authority, model);
  }
  if (!arguments.ladder.empty()) pair.ladder = find_ladder("--ladder", arguments.ladder, model);
  return pair;
}

ContrastQuestion ask_for_contrast(const Model& model, const ExplainArguments& arguments) {
  ContrastQuestion question;
  question.pair = ask(model, arguments);
  const auto ladder = arguments.ladder.empty() ? std::nullopt : std::optional(question.pair.ladder);
  const auto reached = find_rung("--reached", arguments.reached, model, ladder);
  question.pair.ladder = reached.ladder;
  question.rung = reached.rung;
  question.by = arguments.by.empty() ? model.calendar.steps() - 1
                                     : find_step("--by", arguments.by, model.calendar);
  return question;
}

/// Options that belong to one of the two questions only.
void check_question(const ExplainArguments& arguments) {
  if (arguments.date.empty() == arguments.reached.empty()) {
    throw UsageError("explain: found " + std::string(arguments.date.empty() ? "neither" : "both") +
                     " of --date and --reached; allowed: one of them");
  }
  const auto refuse = [](const char* option, const char* with) {
    throw UsageError(std::string(option) + ": not allowed with " + with);
  };
  if (arguments.date.empty() && arguments.replicate) refuse("--replicate", "--reached");
  if (arguments.date.empty() && !arguments.rung.empty()) refuse("--from", "--reached");
  if (arguments.reached.empty() && !arguments.by.empty()) refuse("--by", "--date");
  if (arguments.replicate && arguments.replicates) refuse("--replicates", "--replicate");
}

/// Compares what was simulated with what the file recorded, where it recorded it.
void compare(const Model& model, const std::vector<Decision>& rows, Explanation& explanation) {
  const auto recorded = recorded_rungs(explanation.source, model, explanation.question);
  for (const auto& row : rows) {
    const auto found = recorded.find(row.replicate);
    if (found == recorded.end()) continue;
    ++explanation.compared;
    explanation.differing += found->second != row.after ? 1U : 0U;
    if (explanation.single) explanation.recorded = found->second;
  }
}

/// Number of replicates to look at where no single one is asked for.
std::size_t how_many(const ExplainArguments& arguments, const ReplicateRange& held) {
  return arguments.replicates.value_or(
      std::min(usual_replicates, std::max<std::size_t>(held.count, 1)));
}

std::string explain_choice(const Scenario& scenario, const ExplainArguments& arguments) {
  const Model& model = scenario.model;
  const Pair pair = ask(model, arguments);
  const Question question{pair.actor, pair.authority, pair.ladder,
                          find_step("--date", arguments.date, model.calendar)};
  std::optional<Rung> rung;
  if (!arguments.rung.empty()) {
    const auto& names = model.ladders[index_of(question.ladder)].rungs;
    rung = static_cast<Rung>(find_name("--from", arguments.rung, names, "rungs of the ladder"));
  }
  const auto held = replicates_in(arguments.world.source, scenario);
  const std::size_t first = arguments.replicate.value_or(held.first);
  const std::size_t count = arguments.replicate ? 1 : how_many(arguments, held);

  const Simulation simulation = simulation_until(model, question.step);
  const Decisions decisions = simulate_decisions(simulation, question, first, count);
  Explanation explanation = explain_decisions(simulation, question, decisions);
  explanation.source = arguments.world.source;
  explanation.first_replicate = first;
  if (arguments.replicate) explanation.single = decisions.rows.front();
  compare(model, decisions.rows, explanation);
  return arguments.json ? explanation_json(scenario, explanation)
                        : explanation_text(scenario, explanation, rung);
}

std::string explain_contrast(const Scenario& scenario, const ExplainArguments& arguments) {
  const ContrastQuestion question = ask_for_contrast(scenario.model, arguments);
  const auto held = replicates_in(arguments.world.source, scenario);
  Contrast contrast =
      find_contrast(scenario.model, question, held.first, how_many(arguments, held));
  contrast.source = arguments.world.source;
  return arguments.json ? contrast_json(scenario, contrast) : contrast_text(scenario, contrast);
}

int explain(const ExplainArguments& arguments) {
  check_question(arguments);
  const Scenario scenario = read_world(arguments.world);
  fmt::print("{}", arguments.reached.empty() ? explain_choice(scenario, arguments)
                                             : explain_contrast(scenario, arguments));
  return static_cast<int>(ExitCode::ok);
}

}  // namespace

void add_explain(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<ExplainArguments>();
  ExplainArguments& a = *arguments;
  auto* sub = program.add_subcommand("explain", "Show the terms behind one actor's choices");
  sub->add_option("RESULT", a.world.source, "Result file of `entente run -o`, or a scenario")
      ->required()
      ->type_name("");
  add_world_options(*sub, a.world);
  sub->add_option("--actor", a.actor, "Id of the actor, such as CHN")->required()->type_name("ID");
  sub->add_option("--date", a.date, "Date in the step of the choice, such as 2025-07")
      ->type_name("DATE");
  sub->add_option(
         "--reached", a.reached,
         "Instead of --date: what made the difference to reaching this rung or a higher one")
      ->type_name("RUNG");
  sub->add_option("--by", a.by, "With --reached: date by which; default: the end")
      ->type_name("DATE");
  sub->add_option("--ladder", a.ladder,
                  "Ladder of the choice; default: that of --reached, else engagement")
      ->type_name("NAME");
  sub->add_option("--authority", a.authority, "Id of the authority; default: the first")
      ->type_name("ID");
  sub->add_option("--replicate", a.replicate,
                  "One replicate, instead of the mean over the first 256")
      ->type_name("N")
      ->check(whole_number(0, 0xFFFF'FFFF));
  sub->add_option("--replicates", a.replicates,
                  "Number of replicates to look at; default: those of RESULT, at most 256")
      ->type_name("N")
      ->check(whole_number(1, 0xFFFF'FFFF));
  sub->add_option("--from", a.rung, "Choices made from this rung; default: the most common")
      ->type_name("RUNG");
  sub->add_flag("--json", a.json, "Print one JSON object instead (docs/json.md)");
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return explain(*arguments); }; });
}

}  // namespace entente::cli
