#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.hpp"
#include "entente/terms/registry.hpp"
#include "interrupt.hpp"
#include "names.hpp"
#include "outcome_text.hpp"
#include "tip_search.hpp"
#include "usage_error.hpp"
#include "variants.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t usual_replicates = 1000;

constexpr const char* footer =
    R"(Everything that is tried meets the same luck. Without --candidates, --act and --setting the answer is
when the outcome becomes more probable than not by itself, and a coalition is sought among the twelve
states that draw most others when they act alone. In --setting, X stands for the number that is varied.

Examples:
  entente tip afghanistan-2026 --outcome "recognised >= 10" --candidates CHN,UZB,KAZ,PAK,IRN,TUR
      the smallest coalition whose recognition makes ten more likely than not by the end of 2030
  entente tip afghanistan-2026 --outcome "mission >= 40" --setting "2026-06 scale rights_weight X all" --from 1 --to 0
      how far rights pressure would have to fall for forty missions, and what is left if it is back
)";

/// Options that would have no effect.
void check_question(const TipArguments& arguments) {
  const bool coalition = arguments.setting.empty() || !arguments.candidates.empty();
  const auto refuse = [](const char* option, const char* allowed) {
    throw UsageError(
        fmt::format("{}: not allowed with --setting alone; allowed: {}", option, allowed));
  };
  constexpr const char* sought = "with --candidates too";
  if (!coalition && !arguments.act_date.empty()) refuse("--act", sought);
  if (!coalition && arguments.free) refuse("--free", sought);
  if (!coalition && arguments.others) refuse("--others", sought);
  if (!coalition && arguments.exhaustive) refuse("--exhaustive", sought);
  if (!coalition && !arguments.undo.empty() && !is_event(arguments.setting)) {
    refuse("--undo", "an event as --setting, or with --candidates");
  }
}

int tip(const TipArguments& arguments) {
  check_question(arguments);
  (void)find_base(arguments.world.source);  // what is tried is laid over a scenario
  TipReport report;
  report.scenario = read_world(arguments.world);
  report.scenario.replicates = usual_replicates;
  apply(arguments.ensemble, report.scenario);
  const Model& model = report.scenario.model;
  report.outcome = read_outcome(model, arguments.outcome, "--outcome");
  report.asked = outcome_text(model, report.outcome);
  report.outcome.step = arguments.by.empty() ? model.calendar.steps() - 1
                                             : find_step("--by", arguments.by, model.calendar);
  Interrupt interrupt;
  report.options.replicates = report.scenario.replicates;
  report.options.first_replicate =
      first_replicate(arguments.ensemble, 0, report.scenario.replicates);
  report.options.threads = arguments.ensemble.threads;
  report.options.lanes = arguments.ensemble.lanes;
  report.options.bar = arguments.bar;
  report.options.stop = interrupt.flag();
  report.course = chances_by_step(model, builtin_terms(), report.outcome, report.options);
  if (report.course.back().replicates == 0) {
    spdlog::warn("interrupted: nothing was found yet");
    return static_cast<int>(ExitCode::interrupted);
  }
  if (!arguments.setting.empty()) report.setting = seek_setting(arguments, report);
  if (arguments.setting.empty() || !arguments.candidates.empty()) {
    report.coalition = seek_coalition(arguments, report);
  }
  report.interrupted = interrupt.requested();
  fmt::print("{}", arguments.json ? tip_json(report) : tip_text(report));
  if (report.interrupted) spdlog::warn("interrupted: the search is not complete");
  return static_cast<int>(report.interrupted ? ExitCode::interrupted : ExitCode::ok);
}

}  // namespace

void add_tip(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<TipArguments>();
  TipArguments& a = *arguments;
  auto* sub = program.add_subcommand("tip", "Find what it takes to make an outcome probable");
  sub->add_option("SCENARIO", a.world.source,
                  "Folder, YAML file, or name from `entente list scenarios`")
      ->required()
      ->type_name("");
  sub->add_option("--outcome", a.outcome, "What is to come about, such as \"recognised >= 10\"")
      ->required()
      ->type_name("TEXT");
  sub->add_option("--by", a.by, "Date at which it is to hold; default: the end")->type_name("DATE");
  sub->add_option("--candidates", a.candidates,
                  "Among whom a coalition is sought: ids, org:SCO, region:Central Asia")
      ->type_name("WHO");
  sub->add_option("--act", a.act_date, "Date at which the coalition acts; default: the start")
      ->type_name("DATE");
  sub->add_option("--exhaustive", a.exhaustive, "Size up to which all coalitions are tried (3)")
      ->type_name("N")
      ->check(CLI::Range(0, 4));
  sub->add_flag("--free", a.free, "Members may step back after acting; otherwise they keep to it");
  sub->add_flag("--others", a.others, "Do not count the coalition's own members");
  auto* setting = sub->add_option("--setting", a.setting,
                                  "What is varied: PATH of --set, or an event with X for a number")
                      ->type_name("TEXT");
  sub->add_option("--from", a.from, "Number to begin with")->type_name("X")->needs(setting);
  sub->add_option("--to", a.to, "Number to end with")->type_name("X")->needs(setting);
  sub->add_option("--undo", a.undo, "Date at which it is undone; default: half-way to --by")
      ->type_name("DATE");
  sub->add_option("--probability", a.bar, "The outcome is to be more probable than this (0.5)")
      ->type_name("P")
      ->check(CLI::Range(0.01, 0.99));
  add_world_options(*sub, a.world);
  add_ensemble_options(*sub, a.ensemble, "1000 for each world");
  sub->add_flag("--json", a.json, "Print one JSON object instead (docs/json.md)");
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return tip(*arguments); }; });
}

}  // namespace entente::cli
