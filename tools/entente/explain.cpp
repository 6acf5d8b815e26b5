#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "checks.hpp"
#include "commands.hpp"
#include "entente/core/error.hpp"
#include "entente/io/result_file.hpp"
#include "explanation.hpp"
#include "io/scenario/suggest.hpp"
#include "recorded.hpp"
#include "scenarios.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t usual_replicates = 256;

constexpr const char* footer =
    R"(The inputs in the result file are simulated again, to the bit, with every term of the decision kept.
Each column of the table adds up as printed: the sum is rounded once, and where rounding each term
would miss it, terms are rounded the other way, by less than 0.001 each.

Examples:
  entente explain out.h5 --actor CHN --date 2025-07
      what spoke for and against a move, on average over replicates
  entente explain out.h5 --actor PAK --date 2025-10 --ladder coercion --replicate 3
      one decision, with the luck of its draw
)";

struct ExplainArguments {
  std::string source;
  std::string actor;
  std::string date;
  std::string ladder;
  std::string authority;
  std::string rung;
  std::optional<std::size_t> replicate;
  bool json = false;
};

/// Position of a name, or an error that says what is allowed.
std::size_t find_name(const std::string& option, const std::string& found,
                      const std::vector<std::string>& names, std::string_view what) {
  const auto at = std::find(names.begin(), names.end(), found);
  if (at == names.end()) {
    throw UsageError(option + ": " + detail::unknown_name(found, names, what));
  }
  return static_cast<std::size_t>(at - names.begin());
}

template <class Range, class Name>
std::vector<std::string> names_of(const Range& range, Name Range::value_type::*name) {
  std::vector<std::string> out;
  out.reserve(range.size());
  for (const auto& item : range) out.push_back(item.*name);
  return out;
}

std::uint32_t find_step(const Calendar& calendar, const std::string& text) {
  const auto date = parse_date(text);
  const std::int64_t step = date ? calendar.step_of(*date) : -1;
  if (step < 0 || step >= calendar.steps()) {
    throw UsageError(fmt::format("--date: found '{}'; allowed: YYYY-MM or YYYY-MM-DD, {} to {}",
                                 text, calendar.label(0), calendar.label(calendar.steps() - 1)));
  }
  return static_cast<std::uint32_t>(step);
}

Question ask(const Model& model, const ExplainArguments& arguments) {
  Question question;
  question.actor = find_name("--actor", arguments.actor, names_of(model.actors, &Actor::id),
                             "ids of the scenario's actors, such as " + model.actors[0].id);
  if (!arguments.authority.empty()) {
    question.authority =
        find_name("--authority", arguments.authority, names_of(model.authorities, &Authority::id),
                  "ids of the scenario's authorities");
  }
  if (!arguments.ladder.empty()) {
    std::vector<std::string> keys;
    for (const auto& ladder : model.ladders) keys.push_back(ladder.key);
    question.ladder = all_ladders[find_name("--ladder", arguments.ladder, keys, "ladders")];
  }
  question.step = find_step(model.calendar, arguments.date);
  return question;
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

int explain(const ExplainArguments& arguments) {
  const Scenario scenario = read_scenario(arguments.source);
  const Model& model = scenario.model;
  const Question question = ask(model, arguments);
  std::optional<Rung> rung;
  if (!arguments.rung.empty()) {
    const auto& names = model.ladders[index_of(question.ladder)].rungs;
    rung = static_cast<Rung>(find_name("--from", arguments.rung, names, "rungs of the ladder"));
  }
  const auto held = replicates_in(arguments.source, scenario);
  const std::size_t first = arguments.replicate.value_or(held.first);
  const std::size_t count =
      arguments.replicate ? 1 : std::min(usual_replicates, std::max<std::size_t>(held.count, 1));

  Decisions decisions = simulate_decisions(model, question, first, count);
  const std::vector<Decision> rows = decisions.rows;
  Explanation explanation = explain_decisions(model, question, std::move(decisions));
  explanation.source = arguments.source;
  explanation.first_replicate = first;
  if (arguments.replicate) explanation.single = rows.front();
  compare(model, rows, explanation);
  fmt::print("{}", arguments.json ? explanation_json(scenario, explanation)
                                  : explanation_text(scenario, explanation, rung));
  return static_cast<int>(ExitCode::ok);
}

}  // namespace

void add_explain(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<ExplainArguments>();
  ExplainArguments& a = *arguments;
  auto* sub = program.add_subcommand("explain", "Show the terms behind one actor's choice");
  sub->add_option("RESULT", a.source, "Result file of `entente run -o`, or a scenario")
      ->required()
      ->type_name("");
  sub->add_option("--actor", a.actor, "Id of the actor, such as CHN")->required()->type_name("ID");
  sub->add_option("--date", a.date, "Date in the step of the choice, such as 2025-07")
      ->required()
      ->type_name("DATE");
  sub->add_option("--ladder", a.ladder, "Ladder of the choice; default: the first, engagement")
      ->type_name("NAME");
  sub->add_option("--authority", a.authority, "Id of the authority; default: the first")
      ->type_name("ID");
  sub->add_option("--replicate", a.replicate,
                  "One replicate, instead of the mean over the first 256")
      ->type_name("N")
      ->check(whole_number(0, 0xFFFF'FFFF));
  sub->add_option("--from", a.rung, "Choices made from this rung; default: the most common")
      ->type_name("RUNG");
  sub->add_flag("--json", a.json, "Print one JSON object instead (docs/json.md)");
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return explain(*arguments); }; });
}

}  // namespace entente::cli
