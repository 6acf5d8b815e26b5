#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "commands.hpp"
#include "ensemble_options.hpp"
#include "entente/terms/registry.hpp"
#include "interrupt.hpp"
#include "names.hpp"
#include "outcome_text.hpp"
#include "tip_report.hpp"
#include "usage_error.hpp"
#include "variants.hpp"
#include "worlds.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t usual_replicates = 1000;
constexpr std::size_t usual_candidates = 12;
constexpr std::size_t most_candidates = 40;

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

struct TipArguments {
  WorldArguments world;
  std::string outcome;
  std::string by;
  std::string candidates;
  std::string act_date;
  std::string undo;
  std::string setting;
  std::optional<double> from, to;
  double bar = 0.5;
  std::optional<std::size_t> exhaustive;
  bool others = false, free = false, json = false;
  EnsembleArguments ensemble;
};

/// The world with one more event, in words.
Scenario with_event(WorldArguments world, const std::string& event) {
  world.events.push_back(event);
  return read_world(world);
}

/// The world with one more setting. It has the last word over a variant, which may not touch
/// ladders; where there is none, anything goes that --set may change.
Scenario with_setting(WorldArguments world, const std::string& setting) {
  const bool varied = !world.variant.empty() || !world.events.empty();
  (varied ? world.changes : world.overrides).push_back(setting);
  return read_world(world);
}

std::string date_text(const Model& model, std::uint32_t step) {
  return to_string(model.calendar.date(step));
}

/// The actors that a selector of the language of events names, read as an event is.
std::vector<std::uint32_t> named_candidates(const WorldArguments& world, const Model& model,
                                            const Outcome& outcome, const std::string& who,
                                            std::uint32_t step) {
  const Ladder& ladder = model.ladders[index_of(outcome.ladder)];
  const auto scenario = [&] {
    try {
      const std::string whom =
          model.authorities.size() > 1 ? " of " + model.authorities[outcome.authority].id : "";
      return with_event(world, fmt::format("{} set {}.{} {}{}", date_text(model, step), ladder.key,
                                           ladder.rungs[outcome.rung], who, whom));
    } catch (const InputError& error) {  // the event is ours: only who is meant can be wrong
      std::string text;
      for (const auto& problem : error.problems()) {
        text += (text.empty() ? "" : "; ") + problem.message;
      }
      throw UsageError("--candidates: " + text);
    }
  }();
  std::vector<std::uint32_t> actors;
  for (const auto& change : scenario.model.events.back().changes) {
    for (const auto index : change.indices) {
      actors.push_back(static_cast<std::uint32_t>(index % model.actors.size()));
    }
  }
  std::sort(actors.begin(), actors.end());
  actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
  if (actors.size() > most_candidates) {
    throw UsageError(fmt::format("--candidates: found {} states; allowed: at most {}",
                                 actors.size(), most_candidates));
  }
  return actors;
}

std::uint32_t undo_step(const TipArguments& arguments, const TipReport& report,
                        std::uint32_t begins) {
  const Model& model = report.scenario.model;
  if (arguments.undo.empty()) return begins + (report.outcome.step - begins) / 2;
  const auto step = find_step("--undo", arguments.undo, model.calendar);
  if (step <= begins || step > report.outcome.step) {
    throw UsageError(fmt::format("--undo: found '{}'; allowed: after {}, up to {}", arguments.undo,
                                 model.calendar.label(begins),
                                 model.calendar.label(report.outcome.step)));
  }
  return step;
}

/// The latest date at which a coalition may act.
LevelAnswer latest_act(const Model& model, const CoalitionReport& report, const Act& act,
                       const Outcome& outcome, const TrialOptions& options) {
  LevelSearch search;
  search.from = outcome.step;
  search.to = act.step;
  search.resolution = 1.0;
  const double span = search.from - search.to;
  search.grid = static_cast<std::size_t>(std::clamp(span, 1.0, 8.0));
  search.model_at = [&](double value) {
    Act later = act;
    later.step = static_cast<std::uint32_t>(value + 0.5);
    return with_act(model, later);
  };
  Outcome counted = outcome;
  if (!report.search.count_members) counted.leave_out = act.members;
  return least_change(builtin_terms(), search, counted, options);
}

CoalitionReport coalition(const TipArguments& arguments, TipReport& report) {
  const Model& model = report.scenario.model;
  CoalitionReport out;
  out.search.outcome = report.outcome;
  out.search.count_members = !arguments.others;
  out.search.exhaustive = arguments.exhaustive.value_or(out.search.exhaustive);
  Act& act = out.search.act;
  act.authority = report.outcome.authority;
  act.ladder = report.outcome.ladder;
  act.rung = report.outcome.rung;
  act.keeps = !arguments.free;
  act.step =
      arguments.act_date.empty() ? 0 : find_step("--act", arguments.act_date, model.calendar);
  if (act.step > report.outcome.step) {
    throw UsageError("--act: found a date after --by; allowed: one before it");
  }
  out.undo_step = undo_step(arguments, report, act.step);
  out.search.candidates = arguments.candidates.empty()
                              ? most_drawing(model, builtin_terms(), act, report.outcome,
                                             usual_candidates, report.options)
                              : named_candidates(arguments.world, model, report.outcome,
                                                 arguments.candidates, act.step);
  out.answer = smallest_coalition(model, builtin_terms(), out.search, report.options);
  if (out.answer.smallest.empty() || report.options.stopped()) return out;
  act.members = out.answer.smallest.front().members;
  Outcome counted = report.outcome;
  if (arguments.others) counted.leave_out = act.members;
  report.course_with =
      chances_by_step(with_act(model, act), builtin_terms(), counted, report.options);
  out.latest = latest_act(model, out, act, report.outcome, report.options);
  if (out.latest->interrupted) out.latest.reset();
  if (out.undo_step <= act.step || report.options.stopped()) return out;
  const auto undone =
      undo_act(model, builtin_terms(), act, out.undo_step, report.outcome.step, report.options);
  Trial trial(with_undone_act(model, act, out.undo_step), builtin_terms(), counted, report.options);
  trial.extend(report.options.replicates);
  out.chance_undone = trial.chance();
  if (!report.options.stopped()) out.undone = undone;
  return out;
}

/// The text with the word X replaced by a number.
std::string with_number(const std::string& text, double value) {
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool alone = text[at] == 'X' && (at == 0 || !is_word(text[at - 1])) &&
                       (at + 1 == text.size() || !is_word(text[at + 1]));
    out += alone ? fmt::format("{}", value) : std::string(1, text[at]);
  }
  return out;
}

bool is_event(const std::string& text) {
  return !text.empty() &&
         (text.front() == '{' || std::isdigit(static_cast<unsigned char>(text[0])));
}

/// Lets the events that only the altered model has end before a step, where they can.
Model ended(Model model, const Model& baseline, std::uint32_t step) {
  std::set<std::string> known;
  for (const auto& event : baseline.events) known.insert(event.id);
  for (auto& event : model.events) {
    if (!known.contains(event.id) && event.first_step < step) {
      event.duration = std::min(event.duration, step - event.first_step);
    }
  }
  return model;
}

/// Whether nothing is left of the events that only the altered model has once they end, and when
/// they end is known.
bool ends_with_its_event(const Model& model, const Model& baseline) {
  const auto of_states = [](const Change& change) {
    const bool keeps = change.op == EventOp::hold || change.op == EventOp::band;
    return change.space != Space::parameter && change.space != Space::alignment &&
           change.space != Space::rivalry && !keeps;
  };
  std::set<std::string> known;
  for (const auto& event : baseline.events) known.insert(event.id);
  return std::none_of(model.events.begin(), model.events.end(), [&](const Event& event) {
    return !known.contains(event.id) &&
           (!event.when.empty() ||
            std::any_of(event.changes.begin(), event.changes.end(), of_states));
  });
}

SettingReport setting(const TipArguments& arguments, const TipReport& report) {
  if (!arguments.from || !arguments.to || *arguments.from == *arguments.to) {
    throw UsageError("--setting: allowed: with --from and --to, two numbers that differ");
  }
  SettingReport out;
  const bool event = is_event(arguments.setting);
  out.what = arguments.setting;
  if (with_number(out.what, 0.5) == out.what) {
    if (event) {
      throw UsageError(fmt::format("--setting: found no X in '{}'; allowed: X in place of a number",
                                   arguments.setting));
    }
    out.what += "=X";
  }
  out.from = *arguments.from;
  out.to = *arguments.to;
  const auto model_at = [&](double value) {
    const std::string text = with_number(out.what, value);
    const auto& world = arguments.world;
    auto model = (event ? with_event(world, text) : with_setting(world, text)).model;
    model.seed = report.scenario.model.seed;
    const auto differing = mismatches(report.scenario.model, model);
    if (!differing.empty()) {
      throw UsageError(fmt::format(
          "--setting: found '{}'; allowed: a number that leaves actors, time and rungs as "
          "they are ({})",
          text, fmt::join(differing, "; ")));
    }
    return model;
  };
  LevelSearch search;
  search.model_at = model_at;
  search.from = out.from;
  search.to = out.to;
  const Model& baseline = report.scenario.model;
  std::uint32_t begins = report.outcome.step;
  bool ends = false;
  if (event) {
    const Model start = model_at(search.from);
    for (std::size_t e = baseline.events.size(); e < start.events.size(); ++e) {
      begins = std::min(begins, start.events[e].first_step);
    }
    out.undo_step = undo_step(arguments, report, begins);
    ends = ends_with_its_event(start, baseline);
    if (!ends && !arguments.undo.empty() && arguments.candidates.empty()) {
      throw UsageError(fmt::format(
          "--undo: found '{}' with an event whose effect does not end with it; allowed: an event "
          "without conditions that changes parameters or relations, or holds",
          arguments.undo));
    }
  }
  out.answer = least_change(builtin_terms(), search, report.outcome, report.options);
  if (!out.answer.enough || !ends || out.undo_step <= begins || report.options.stopped()) {
    return out;
  }
  const Model enough = model_at(*out.answer.enough);
  const auto chance = [&](Model model) {
    Trial trial(std::move(model), builtin_terms(), report.outcome, report.options);
    trial.extend(report.options.replicates);
    return trial.chance();
  };
  const auto undone = chance(ended(enough, baseline, out.undo_step));
  const auto kept = chance(enough);
  if (report.options.stopped()) return out;
  out.undone = undone;
  out.kept = kept;
  return out;
}

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
  if (!arguments.setting.empty()) report.setting = setting(arguments, report);
  if (arguments.setting.empty() || !arguments.candidates.empty()) {
    report.coalition = coalition(arguments, report);
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
