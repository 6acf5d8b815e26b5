#include "outcome_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "names.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string allowed_rungs(const Model& model) {
  std::string text;
  for (const auto& ladder : model.ladders) {
    for (std::size_t r = 1; r < ladder.size(); ++r) {
      text += (text.empty() ? "" : ", ") + ladder.rungs[r];
    }
  }
  return text;
}

}  // namespace

Outcome read_outcome(const Model& model, const std::string& text, const std::string& option) {
  const auto at = text.find(">=");
  const auto name = trimmed(text.substr(0, at));
  const auto number = at == std::string::npos ? "" : trimmed(text.substr(at + 2));
  Outcome outcome;
  const char* end = number.data() + number.size();
  const auto [rest, error] = std::from_chars(number.data(), end, outcome.at_least);
  const bool counts = error == std::errc{} && rest == end && outcome.at_least > 0 &&
                      outcome.at_least <= model.actors.size();
  const auto places = rungs_named(name, model);
  if (places.size() != 1 || !counts) {
    throw UsageError(fmt::format(
        "{}: found '{}'; allowed: RUNG >= NUMBER, the rung one of {} (ladder.rung where several "
        "ladders have it), the number from 1 to {}",
        option, text, allowed_rungs(model), model.actors.size()));
  }
  outcome.ladder = places.front().ladder;
  outcome.rung = places.front().rung;
  outcome.step = model.calendar.steps() - 1;
  return outcome;
}

std::string outcome_text(const Model& model, const Outcome& outcome) {
  const Ladder& ladder = model.ladders[index_of(outcome.ladder)];
  const bool top = outcome.rung + 1U == ladder.size();
  return fmt::format("at least {} {} on {}{}", outcome.at_least,
                     outcome.at_least == 1 ? "state stands" : "states stand",
                     ladder.rungs[outcome.rung], top ? "" : " or higher");
}

}  // namespace entente::cli
