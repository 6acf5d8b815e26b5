// What an explanation says first, in sentences made of its numbers.

#include <fmt/format.h>

#include <cmath>

#include "explanation.hpp"
#include "rounding.hpp"
#include "table.hpp"
#include "words.hpp"

namespace entente::cli {
namespace {

double sum(const std::vector<double>& values) {
  double out = 0.0;
  for (const double value : values) out += value;
  return out;
}

class Sentences {
 public:
  Sentences(const Model& model, const Explanation& explanation, const Explained& group)
      : model_(model),
        explanation_(explanation),
        group_(group),
        ladder_(model.ladders[index_of(explanation.question.ladder)]),
        actor_(model.actors[explanation.question.actor].name) {}

  std::string what_happened() const { return explanation_.single ? one_outcome() : outcomes(); }

  std::string how_likely() const {
    std::string text =
        fmt::format("It reconsiders with probability {}{}", exact(group_.opportunity),
                    explanation_.single ? "" : " on average");
    constexpr double seldom = 0.5;
    if (group_.opportunity > 0.0 && group_.opportunity < seldom) {
      text += fmt::format(", every {:.0f} steps in the long run", 1.0 / group_.opportunity);
    }
    const Levers* levers = option_asked(explanation_, group_);
    if (levers == nullptr) return text + ". ";
    const std::size_t place = levers->option > group_.own ? 2 : 0;
    return text + fmt::format(", and then chooses {} with {}: {} in this step. ",
                              rung(levers->option), exact(group_.odds.reconsidering[place]),
                              exact(group_.odds.step[place]));
  }

  std::string for_and_against() const {
    const Levers* levers = option_asked(explanation_, group_);
    if (levers == nullptr) return "";
    const auto& terms = levers->option > group_.own ? group_.above : group_.below;
    const std::string in_favour = named(terms, strongest(terms, true));
    const std::string against = named(terms, strongest(terms, false));
    const double total = sum(terms);
    std::string text;
    if (!in_favour.empty()) {
      text = fmt::format("For {}, against staying, speak above all {}. ", rung(levers->option),
                         in_favour);
    }
    if (!against.empty()) {
      text += fmt::format("Against {} speak above all {}. ",
                          in_favour.empty() ? rung(levers->option) : "it", against);
    }
    return text + fmt::format("Together {}{}, odds of {}. ", fixed(total, 2),
                              explanation_.single ? "" : " on average",
                              odds_text(total / static_cast<double>(model_.temperature)));
  }

  std::string luck() const {
    if (!explanation_.single || group_.replicates == 0 || explanation_.single->held) return "";
    const Decision& decision = *explanation_.single;
    const Odds odds = odds_of(decision, model_, explanation_.question.ladder);
    const int move = drawn(odds, decision.luck);
    const double chance = odds.step[static_cast<std::size_t>(move + 1)];
    const char* what = move < 0 ? "a step down" : move > 0 ? "a step up" : "staying";
    if (chance >= 0.5) return fmt::format("The draw fell on {}, as was likely. ", what);
    return fmt::format("The draw fell on {}, which happens {} times in a hundred. ", what,
                       chance < 0.0005 ? "less than 0.1" : fmt::format("{:.2g}", 100.0 * chance));
  }

 private:
  const std::string& rung(std::size_t r) const { return ladder_.rungs[r]; }
  static std::string exact(double share) { return fixed(100.0 * share, 1) + " %"; }

  std::string one_outcome() const {
    const Decision& decision = *explanation_.single;
    std::string text = fmt::format("{} stood on {} and ", actor_, rung(decision.own));
    if (decision.held) {
      return fmt::format("{} was put on {} by {}; what follows is what it would have chosen. ",
                         actor_, rung(decision.after), list_and(decision.events));
    }
    if (decision.after == decision.own) return text + "stayed there. ";
    return text + fmt::format("went {} to {}. ", decision.after > decision.own ? "up" : "down",
                              rung(decision.after));
  }

  std::string outcomes() const {
    const auto n = static_cast<double>(group_.replicates);
    const bool top = group_.own + 1U == ladder_.size();
    std::string text =
        fmt::format("{} stood on {} in {} replicates, of which {} went {}; {} were to be expected",
                    actor_, rung(group_.own), group_.replicates, top ? group_.falls : group_.rises,
                    top ? "down" : "up", fixed(n * group_.odds.step[top ? 0 : 2], 1));
    if (!top && group_.falls > 0) text += fmt::format(", and {} went down", group_.falls);
    return text + ". ";
  }

  std::string named(const std::vector<double>& terms, const std::vector<std::size_t>& which) const {
    std::vector<std::string> parts;
    for (const auto t : which) {
      const std::string& key = explanation_.terms[t];
      parts.push_back(fmt::format("{} ({} {}{})", term_title(key), key, terms[t] > 0.0 ? "+" : "",
                                  fixed(terms[t], 2)));
    }
    return list_and(parts);
  }

  const Model& model_;
  const Explanation& explanation_;
  const Explained& group_;
  const Ladder& ladder_;
  const std::string& actor_;
};

}  // namespace

std::string explanation_summary(const Scenario& scenario, const Explanation& explanation,
                                const Explained& group) {
  const Sentences say(scenario.model, explanation, group);
  return wrapped(say.what_happened() + say.how_likely() + say.for_and_against() + say.luck(), 0);
}

}  // namespace entente::cli
