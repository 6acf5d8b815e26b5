// The coalition that `entente tip` seeks.

#include <fmt/format.h>

#include <algorithm>

#include "entente/core/error.hpp"
#include "entente/terms/registry.hpp"
#include "names.hpp"
#include "tip_search.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t usual_candidates = 12;
constexpr std::size_t most_candidates = 40;

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

}  // namespace

/// The world with one more event, in words.
Scenario with_event(WorldArguments world, const std::string& event) {
  world.events.push_back(event);
  return read_world(world);
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

CoalitionReport seek_coalition(const TipArguments& arguments, TipReport& report) {
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

}  // namespace entente::cli
