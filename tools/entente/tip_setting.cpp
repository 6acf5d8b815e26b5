// The number that `entente tip` varies.

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

#include "entente/terms/registry.hpp"
#include "tip_search.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

/// The world with one more setting. It has the last word over a variant, which may not touch
/// ladders; where there is none, anything goes that --set may change.
Scenario with_setting(WorldArguments world, const std::string& setting) {
  const bool varied = !world.variant.empty() || !world.events.empty();
  (varied ? world.changes : world.overrides).push_back(setting);
  return read_world(world);
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

/// Places of the events that only the altered model has.
std::vector<std::size_t> added_events(const Model& model, const Model& baseline) {
  std::set<std::string> known;
  for (const auto& event : baseline.events) known.insert(event.id);
  std::vector<std::size_t> added;
  for (std::size_t e = 0; e < model.events.size(); ++e) {
    if (!known.contains(model.events[e].id)) added.push_back(e);
  }
  return added;
}

/// Lets the added events end before a step, where they can.
Model ended(Model model, const Model& baseline, std::uint32_t step) {
  for (const auto e : added_events(model, baseline)) {
    auto& event = model.events[e];
    if (event.first_step < step) event.duration = std::min(event.duration, step - event.first_step);
  }
  return model;
}

/// Whether nothing is left of the added events once they end, and when they end is known.
bool ends_with_its_event(const Model& model, const Model& baseline) {
  const auto of_states = [](const Change& change) {
    const bool keeps = change.op == EventOp::hold || change.op == EventOp::band;
    return change.space != Space::parameter && change.space != Space::alignment &&
           change.space != Space::rivalry && !keeps;
  };
  const auto added = added_events(model, baseline);
  return std::none_of(added.begin(), added.end(), [&](std::size_t e) {
    const auto& event = model.events[e];
    return !event.when.empty() ||
           std::any_of(event.changes.begin(), event.changes.end(), of_states);
  });
}

}  // namespace

bool is_event(const std::string& text) {
  return !text.empty() &&
         (text.front() == '{' || std::isdigit(static_cast<unsigned char>(text[0])));
}

SettingReport seek_setting(const TipArguments& arguments, const TipReport& report) {
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
    for (const auto e : added_events(start, baseline)) {
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

}  // namespace entente::cli
