#include <fmt/format.h>

#include <algorithm>

#include "explanation.hpp"
#include "rounding.hpp"
#include "table.hpp"
#include "words.hpp"

namespace entente::cli {
namespace {

constexpr int reading_decimals = 3;
constexpr int share_decimals = 2;  // of percentages

/// The options of a group in the order below, own, above; the ends of the ladder have two.
struct OptionRow {
  std::size_t place;  ///< 0 below, 1 own, 2 above
  Rung rung;
};

std::vector<OptionRow> options_of(const Explained& group, std::size_t rungs) {
  std::vector<OptionRow> out;
  if (group.own > 0) out.push_back({0, static_cast<Rung>(group.own - 1)});
  out.push_back({1, group.own});
  if (group.own + 1U < rungs) out.push_back({2, static_cast<Rung>(group.own + 1)});
  return out;
}

/// `mission 66 %, contact 34 %`, the highest rung first.
std::string shares_text(const Ladder& ladder, const std::vector<double>& shares) {
  std::vector<std::string> parts;
  for (std::size_t r = shares.size(); r-- > 0;) {
    if (shares[r] > 0.0) parts.push_back(ladder.rungs[r] + " " + percent(shares[r]));
  }
  return list(parts);
}

class Text {
 public:
  Text(const Scenario& scenario, const Explanation& explanation)
      : model_(scenario.model),
        explanation_(explanation),
        ladder_(model_.ladders[index_of(explanation.question.ladder)]) {}

  std::string heading() const {
    const auto& question = explanation_.question;
    const auto& actor = model_.actors[question.actor];
    const auto& authority = model_.authorities[question.authority];
    const std::string which = explanation_.single
                                  ? fmt::format("replicate {}", explanation_.single->replicate)
                                  : fmt::format("{} replicates", explanation_.replicates);
    return fmt::format("{} ({}) towards {} ({}): {}, {}, {}\n", actor.name, actor.id,
                       authority.name, authority.id, ladder_.key,
                       model_.calendar.label(question.step), which);
  }

  std::string shares() const {
    if (explanation_.single) return "";
    return fmt::format("\nBefore the choice: {}\nAfter it: {}\n",
                       shares_text(ladder_, explanation_.start),
                       shares_text(ladder_, explanation_.end));
  }

  std::string events() const {
    if (explanation_.events.empty()) return "";
    std::string text = fmt::format("\nActing on this rung: {}.", list(explanation_.events));
    if (explanation_.held == 0) return text + '\n';
    if (explanation_.held == explanation_.replicates) {
      return text + " The rung was set or held, so what follows is what would have been chosen.\n";
    }
    return text +
           fmt::format(" In {} replicates the rung was set or held; they are left out below.\n",
                       explanation_.held);
  }

  std::string group(const Explained& group) const {
    const auto options = options_of(group, ladder_.size());
    const auto& own = ladder_.rungs[group.own];
    std::string text = fmt::format("\nUtility of each option against staying on {}, by term", own);
    if (!explanation_.single) {
      text += fmt::format(", mean over the {} replicates there", group.replicates);
    }
    text += ":\n\n";
    return text + terms(group, options) + '\n' + odds(group, options);
  }

  std::string outcome() const {
    const Decision& decision = *explanation_.single;
    const Odds odds = odds_of(decision, model_, explanation_.question.ladder);
    const double low = odds.step[0];
    const double high = 1.0 - odds.step[2];
    std::string where = decision.luck < low    ? fmt::format("below {:.6f}", low)
                        : decision.luck < high ? fmt::format("from {:.6f} to {:.6f}", low, high)
                                               : fmt::format("{:.6f} or more", high);
    const int move = drawn(odds, decision.luck);
    std::string text = fmt::format("\nLuck of the draw: {:.6f} ({}): {}.\n", decision.luck, where,
                                   move < 0    ? "a step down"
                                   : move == 0 ? "stay"
                                               : "a step up");
    return text + fmt::format("At the end of the step: {}.\n", ladder_.rungs[decision.after]);
  }

  std::string check() const {
    if (explanation_.compared == 0) return "";
    if (explanation_.differing == 0) {
      return fmt::format("The result file says the same{}.\n",
                         explanation_.single ? "" : " of every replicate");
    }
    if (explanation_.recorded) {
      return fmt::format(
          "The result file says otherwise: {}. It was written by another version or altered.\n",
          ladder_.rungs[*explanation_.recorded]);
    }
    return fmt::format(
        "The result file says otherwise for {} of {} replicates. It was written by another version "
        "or altered.\n",
        explanation_.differing, explanation_.compared);
  }

 private:
  std::string reading_text(const Explained& group, std::size_t term) const {
    std::vector<std::string> parts;
    for (const auto& reading : readings(model_, explanation_, group, term)) {
      parts.push_back(reading.name + ' ' + fixed(reading.value, reading_decimals));
    }
    return list(parts);
  }

  std::string terms(const Explained& group, const std::vector<OptionRow>& options) const {
    std::vector<Column> columns{{"term"}};
    std::vector<RoundedParts> rounded;
    for (const auto& option : options) {
      if (option.place == 1) continue;
      columns.push_back({ladder_.rungs[option.rung], Align::right});
      rounded.push_back(round_parts(option.place == 0 ? group.below : group.above));
    }
    columns.push_back({"computed from"});
    Table table(std::move(columns));
    std::vector<std::string> silent;
    for (std::size_t term = 0; term < explanation_.terms.size(); ++term) {
      std::vector<std::string> row{explanation_.terms[term]};
      for (const auto& parts : rounded) row.push_back(parts.part(term));
      row.push_back(reading_text(group, term));
      if (group.below[term] == 0.0 && group.above[term] == 0.0) {
        silent.push_back(explanation_.terms[term]);
      } else {
        table.add(std::move(row));
      }
    }
    table.add_rule();
    std::vector<std::string> sums{"sum"};
    for (const auto& parts : rounded) sums.push_back(parts.total());
    table.add(std::move(sums));
    std::string text = table.text(2);
    if (!silent.empty()) text += "  zero: " + list(silent) + '\n';
    return text;
  }

  std::string odds(const Explained& group, const std::vector<OptionRow>& options) const {
    Table table({{"option"},
                 {"utility", Align::right},
                 {"if it reconsiders", Align::right},
                 {"in this step", Align::right}});
    std::vector<double> reconsidering;
    std::vector<double> step;
    for (const auto& option : options) {
      reconsidering.push_back(100.0 * group.odds.reconsidering[option.place]);
      step.push_back(100.0 * group.odds.step[option.place]);
    }
    const auto if_asked = round_parts(reconsidering, share_decimals);
    const auto now = round_parts(step, share_decimals);
    for (std::size_t n = 0; n < options.size(); ++n) {
      std::string utility = fixed(0.0, 3);
      if (options[n].place == 0) utility = round_parts(group.below).total();
      if (options[n].place == 2) utility = round_parts(group.above).total();
      table.add({ladder_.rungs[options[n].rung] + (options[n].place == 1 ? " (stay)" : ""),
                 std::move(utility), if_asked.part(n) + " %", now.part(n) + " %"});
    }
    std::string text = table.text(2);
    const bool means = !explanation_.single && group.replicates > 1;
    if (means) text += "  Probabilities are means over replicates, not those of the mean utility";
    if (model_.temperature != 1.0F) {
      text += fmt::format("{}emperature {}", means ? "; t" : "  T", model_.temperature);
    }
    return text.ends_with('\n') ? text : text + ".\n";
  }

  const Model& model_;
  const Explanation& explanation_;
  const Ladder& ladder_;
};

}  // namespace

std::string explanation_text(const Scenario& scenario, const Explanation& explanation,
                             std::optional<Rung> rung) {
  const Text text(scenario, explanation);
  std::string out = text.heading() + text.shares() + text.events();
  const auto chosen = rung
                          ? std::find_if(explanation.groups.begin(), explanation.groups.end(),
                                         [&](const Explained& group) { return group.own == *rung; })
                          : explanation.groups.begin();
  if (chosen == explanation.groups.end()) {
    const auto& ladder = scenario.model.ladders[index_of(explanation.question.ladder)];
    return out + fmt::format("\nNo replicate chose from {}.\n", ladder.rungs[*rung]);
  }
  out += '\n' + explanation_summary(scenario, explanation, *chosen) + text.group(*chosen);
  if (explanation.single) out += text.outcome();
  out += enough_text(scenario, explanation, *chosen);
  const std::string check = text.check();
  return check.empty() ? out : out + '\n' + check;
}

}  // namespace entente::cli
