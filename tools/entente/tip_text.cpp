#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rounding.hpp"
#include "table.hpp"
#include "tip_report.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t most_ties = 8;

/// `61 % (58 to 64)`.
std::string chance_text(const Chance& chance) {
  return fmt::format("{} ({} to {})", percent(chance.share()), fixed(100.0 * chance.low(), 0),
                     fixed(100.0 * chance.high(), 0));
}

std::string verdict_text(Verdict verdict) {
  return verdict == Verdict::above ? "enough" : verdict == Verdict::below ? "not enough" : "open";
}

class Text {
 public:
  explicit Text(const TipReport& report)
      : report_(report), model_(report.scenario.model), outcome_(report.outcome) {}

  std::string heading() const {
    const auto end = model_.calendar.label(outcome_.step);
    std::string text = model_.title + '\n';
    text +=
        wrapped(fmt::format("What makes it more probable than {} that at the end of {} {}? Up to "
                            "{} replicates for each world, seed {}; intervals are of 95 %.",
                            percent(report_.options.bar), end, report_.asked,
                            report_.options.replicates, model_.seed),
                0);
    const Chance& now = report_.course[outcome_.step];
    text += wrapped(
        fmt::format("If nothing is done: {}. {}", chance_text(now), when(report_.course, "It")), 0);
    return text;
  }

  std::string coalition() const {
    const auto& [search, answer, latest, undone, undo, chance_undone] = *report_.coalition;
    std::string text = "\nThe smallest coalition\n";
    if (answer.baseline.replicates == 0) return text + "  Interrupted before any was tried.\n";
    if (answer.baseline.share() > report_.options.bar) {
      return text + "  None is needed: the outcome is probable enough by itself.\n";
    }
    text += wrapped(
        fmt::format("Candidates: {}. Who acts moves up to {} in {} and {}{}.",
                    names(search.candidates), rung_name(), model_.calendar.label(search.act.step),
                    search.act.keeps ? "keeps to it" : "is free after",
                    search.count_members ? "" : "; members do not count towards the outcome"),
        2);
    text += '\n' + greedy(answer);
    text += found(answer);
    if (answer.smallest.empty()) return text;
    if (latest) text += wrapped(latest_text(*latest), 2);
    text += wrapped(when(report_.course_with, "With it the outcome"), 2);
    if (undone) text += undoing(*undone, undo, chance_undone);
    return text;
  }

  std::string setting() const {
    const auto& [what, from, to, answer, undone, kept, undo] = *report_.setting;
    std::string text =
        "\n" + wrapped(fmt::format("The least change: {}, X from {} to {}", what, from, to), 0);
    Table table({{"X", Align::right}, {"probability (95 %)", Align::right}, {""}});
    for (const auto& level : answer.tried) {
      table.add({fmt::format("{:.4g}", level.value), chance_text(level.chance),
                 verdict_text(level.verdict)});
    }
    text += table.text(2);
    if (!answer.enough) {
      text += wrapped(answer.interrupted ? "No value tried before the interruption is enough."
                                         : "No value tried is enough.",
                      2);
    } else if (!answer.not_enough) {
      text += wrapped("No change is needed: where it begins is enough.", 2);
    } else {
      text += wrapped(threshold(answer), 2);
      if (!answer.one_way) {
        text += wrapped(
            "Beyond it there are values that are not enough: there are several "
            "thresholds, and this is the first.",
            2);
      }
    }
    if (undone && kept) {
      text += wrapped(
          fmt::format("If it ends at the start of {}: {}; if it stays: {}.",
                      model_.calendar.label(undo), chance_text(*undone), chance_text(*kept)),
          2);
    }
    return text + wrapped(fmt::format("Replicates spent: {}.", answer.replicates), 2);
  }

 private:
  const std::string& rung_name() const {
    return model_.ladders[index_of(outcome_.ladder)].rungs[outcome_.rung];
  }

  std::string names(const std::vector<std::uint32_t>& actors) const {
    std::string text;
    for (const auto i : actors) text += (text.empty() ? "" : ", ") + model_.actors[i].id;
    return text;
  }

  std::string when(const std::vector<Chance>& course, const std::string& what) const {
    const double bar = report_.options.bar;
    const auto first = first_above(course, bar);
    if (!first) return fmt::format("{} is at no date more probable than {}.", what, percent(bar));
    const auto step_where = [&](const auto& is_so) -> std::string {
      for (std::uint32_t t = 0; t < course.size(); ++t) {
        if (is_so(course[t])) return model_.calendar.label(t);
      }
      return "later";
    };
    return fmt::format("{} is more probable than {} first at the end of {} (interval: {} to {}).",
                       what, percent(bar), model_.calendar.label(*first),
                       step_where([&](const Chance& chance) { return chance.high() > bar; }),
                       step_where([&](const Chance& chance) { return chance.low() > bar; }));
  }

  std::string greedy(const CoalitionAnswer& answer) const {
    Table table({{"members", Align::right}, {"the best that adds one"}, {"probability (95 %)"}});
    table.add({"0", "", chance_text(answer.baseline)});
    for (const auto& coalition : answer.greedy) {
      table.add({fmt::format("{}", coalition.members.size()),
                 shortened(names(coalition.members), 60), chance_text(coalition.chance)});
    }
    return table.text(2);
  }

  std::string found(const CoalitionAnswer& answer) const {
    std::string text;
    if (answer.smallest.empty()) {
      text = fmt::format("No coalition of these candidates was found that is enough{}.",
                         answer.interrupted ? " before the interruption" : "");
    } else {
      const auto& best = answer.smallest.front();
      text =
          fmt::format("{} {} enough: {}", names(best.members),
                      best.members.size() == 1 ? "is" : "together are", chance_text(best.chance));
      text += best.verdict == Verdict::open ? ", though the interval holds the bar." : ".";
      if (answer.smallest.size() > 1) text += ' ' + ties(answer);
    }
    if (answer.certified > 0) {
      const std::size_t size =
          answer.smallest.empty() ? answer.certified + 1 : answer.smallest.front().members.size();
      if (size <= answer.certified + 1) {
        text += fmt::format(" All coalitions of up to {} were tried{}.", answer.certified,
                            size == 1 && !answer.smallest.empty()
                                ? ""
                                : fmt::format(": none smaller than {} is enough", size));
      } else {
        text += fmt::format(
            " All of up to {} were tried and are not; whether one of {} to {} is was not tried.",
            answer.certified, answer.certified + 1, size - 1);
      }
    }
    if (!answer.undecided.empty()) {
      const auto& first = answer.undecided.front();
      text += fmt::format(" Open, since the interval holds the bar: {} {}", names(first.members),
                          percent(first.chance.share()));
      if (answer.undecided.size() > 1) {
        text += fmt::format(" and {} more", answer.undecided.size() - 1);
      }
      text += '.';
    }
    text += fmt::format(" Coalitions tried: {}; replicates spent: {}.", answer.coalitions,
                        answer.replicates);
    return wrapped(text, 2);
  }

  std::string ties(const CoalitionAnswer& answer) const {
    const auto& best = answer.smallest.front();
    std::string text;
    const std::size_t shown = std::min(answer.smallest.size(), most_ties);
    for (std::size_t n = 1; n < shown; ++n) {
      const auto& other = answer.smallest[n];
      const bool ties = other.chance.high() >= best.chance.low();
      const char* note = other.verdict == Verdict::open ? " (open)" : ties ? "" : " (clearly less)";
      text += fmt::format("{}{} {}{}", n == 1 ? "" : "; ", names(other.members),
                          percent(other.chance.share()), note);
    }
    if (shown < answer.smallest.size()) {
      text += fmt::format("; and {} more", answer.smallest.size() - shown);
    }
    return fmt::format("Of the same size, also enough: {}.", text);
  }

  std::string latest_text(const LevelAnswer& latest) const {
    if (!latest.enough) return "Acting later was not enough at any date tried.";
    const auto label = [&](double step) {
      return model_.calendar.label(static_cast<std::uint32_t>(step + 0.5));
    };
    if (!latest.not_enough) {
      return fmt::format("It may act as late as {}.", label(*latest.enough));
    }
    return fmt::format("It has to act by {}; {} is too late.", label(*latest.enough),
                       label(*latest.not_enough));
  }

  /// Where the probability crosses the bar, and how well that is known.
  static std::string threshold(const LevelAnswer& answer) {
    std::string text = fmt::format("The threshold lies between {:.4g} and {:.4g}",
                                   *answer.not_enough, *answer.enough);
    const auto enough =
        std::find_if(answer.tried.begin(), answer.tried.end(),
                     [](const Level& level) { return level.verdict == Verdict::above; });
    const auto before =
        std::find_if(std::make_reverse_iterator(enough), answer.tried.rend(),
                     [](const Level& level) { return level.verdict == Verdict::below; });
    if (enough != answer.tried.end())
      text += fmt::format("; {:.4g} is clearly enough", enough->value);
    if (before != answer.tried.rend()) text += fmt::format("; {:.4g} clearly not", before->value);
    return text + '.';
  }

  std::string undoing(const Hysteresis& effect, std::uint32_t undo, const Chance& chance) const {
    const auto side = [](const PairedEstimate& estimate) {
      return fmt::format("{} ({} to {})", fixed(estimate.difference, 2), fixed(estimate.low, 2),
                         fixed(estimate.high, 2));
    };
    std::string text = fmt::format(
        "Undone at the start of {}, {} has probability {}. Of other states it had drawn in {} by "
        "the end of {}; after the undoing {} are left",
        model_.calendar.label(undo), "the outcome", chance_text(chance), side(effect.acted),
        model_.calendar.label(outcome_.step), side(effect.undone));
    if (effect.acted.low > 0.0) {  // else there was hardly anything to keep
      text +=
          fmt::format(": {} of the cascade stays", percent(std::clamp(effect.kept(), 0.0, 1.0)));
    }
    return wrapped(text + ".", 2);
  }

  const TipReport& report_;
  const Model& model_;
  const Outcome& outcome_;
};

}  // namespace

std::optional<std::uint32_t> first_above(const std::vector<Chance>& course, double bar) {
  for (std::uint32_t t = 0; t < course.size(); ++t) {
    if (course[t].share() > bar) return t;
  }
  return std::nullopt;
}

std::string tip_text(const TipReport& report) {
  const Text text(report);
  std::string out = text.heading();
  if (report.coalition) out += text.coalition();
  if (report.setting) out += text.setting();
  return out;
}

}  // namespace entente::cli
