#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "contrast.hpp"
#include "levers.hpp"
#include "rounding.hpp"
#include "table.hpp"
#include "words.hpp"

namespace entente::cli {
namespace {

constexpr int decimals = 3;
constexpr double interval = 1.959964;  // 95 % of a normal distribution
constexpr std::size_t most_rows = 10;

std::string exact(double share) { return fixed(100.0 * share, 1) + " %"; }

std::string signed_number(double value, int digits = decimals) {
  const std::string text = fixed(value, digits);
  const bool nothing = text.find_first_not_of("-0.") == std::string::npos;
  return value > 0.0 && !nothing ? '+' + text : text;
}

class ContrastText {
 public:
  ContrastText(const Model& model, const Contrast& contrast)
      : model_(model),
        contrast_(contrast),
        ladder_(model.ladders[index_of(contrast.question.pair.ladder)]),
        rung_(ladder_.rungs[contrast.question.rung]),
        from_(ladder_.rungs[contrast.question.rung - 1U]) {}

  std::string heading() const {
    const auto& pair = contrast_.question.pair;
    const auto& actor = model_.actors[pair.actor];
    const auto& authority = model_.authorities[pair.authority];
    return fmt::format("{} ({}) towards {} ({}): {} by {}, {} replicates\n\n", actor.name, actor.id,
                       authority.name, authority.id, rung_,
                       model_.calendar.label(contrast_.question.by), contrast_.replicates);
  }

  std::string summary() const { return wrapped(how_many() + when() + matching() + luck(), 0); }

  std::string terms() const {
    std::vector<double> movers, others, differences;
    for (const auto& term : contrast_.terms) {
      movers.push_back(term.x.movers);
      others.push_back(term.x.others);
      differences.push_back(term.x.difference);
    }
    const auto of_movers = round_parts(movers, decimals);
    const auto of_others = round_parts(others, decimals);
    const auto between = round_parts(differences, decimals);
    Table table({{"term"},
                 {"movers", Align::right},
                 {"mates", Align::right},
                 {"difference", Align::right},
                 {"by chance", Align::right}});
    for (std::size_t n = 0; n < contrast_.terms.size(); ++n) {
      const auto& term = contrast_.terms[n];
      if (term.x.movers == 0.0 && term.x.others == 0.0) continue;
      table.add({term.name, of_movers.part(n), of_others.part(n), between.part(n), chance(term.x)});
    }
    table.add_rule();
    table.add(
        {"sum", of_movers.total(), of_others.total(), between.total(), chance(contrast_.log_odds)});
    const std::string title = fmt::format("Log-odds of {} against {}, by term", rung_, from_);
    return '\n' + title + " (by chance: what 95 of 100 differences would not exceed):\n\n" +
           table.text(2);
  }

  std::string drivers() const {
    if (contrast_.drivers.empty()) return "";
    Table table({{"driver"},
                 {"movers", Align::right},
                 {"mates", Align::right},
                 {"difference", Align::right},
                 {"by chance", Align::right},
                 {"spreads", Align::right}});
    for (std::size_t n = 0; n < std::min(contrast_.drivers.size(), most_rows); ++n) {
      const auto& [name, x] = contrast_.drivers[n];
      table.add({driver_label(name), fixed(x.movers, decimals), fixed(x.others, decimals),
                 signed_number(x.difference), chance(x),
                 signed_number(x.difference / x.spread, 2)});
    }
    return "\nDrivers that differ most, in units of their spread among those at risk:\n\n" +
           table.text(2);
  }

  std::string shares(const std::vector<NamedDifference>& list, const char* title,
                     const char* what) const {
    if (list.empty()) return "";
    Table table({{what},
                 {"movers", Align::right},
                 {"mates", Align::right},
                 {"lift", Align::right},
                 {"difference", Align::right},
                 {"by chance", Align::right},
                 {""}});
    std::size_t telling = 0;
    for (std::size_t n = 0; n < list.size(); ++n) {
      const auto& x = list[n].x;
      const bool out = stands_out(x, contrast_.matched, list.size());
      telling += out ? 1U : 0U;
      if (n >= most_rows) continue;
      table.add({list[n].name, exact(x.movers), exact(x.others),
                 x.others > 0.0 ? fixed(x.movers / x.others, 2) : "",
                 signed_number(100.0 * x.difference, 1),
                 "±" + fixed(100.0 * interval * x.standard_error, 1), out ? "*" : ""});
    }
    const std::string note =
        telling == 0
            ? fmt::format("Of {} compared, none differs more than chance explains.", list.size())
            : fmt::format(
                  "* more than chance explains in the largest of {} differences; "
                  "{} such.",
                  list.size(), telling);
    return fmt::format("\n{}:\n\n", title) + table.text(2) + wrapped(note, 2);
  }

  bool has_matches() const { return contrast_.matched > 0; }
  std::string others_title() const {
    return fmt::format("Others that stood on {}{} before", rung_,
                       contrast_.question.rung + 1U < ladder_.size() ? " or higher" : "");
  }

 private:
  static std::string chance(const Difference& x) {
    return "±" + fixed(interval * x.standard_error, decimals);
  }

  std::string how_many() const {
    const auto all = static_cast<double>(contrast_.replicates);
    std::string text =
        fmt::format("It reached {} in {} of {} replicates ({})", rung_, contrast_.reached(),
                    contrast_.replicates, percent(static_cast<double>(contrast_.reached()) / all));
    if (contrast_.at_start > 0) text += fmt::format(", {} from the start", contrast_.at_start);
    if (contrast_.by_event > 0) text += fmt::format(", {} by an event", contrast_.by_event);
    return text + ". ";
  }

  std::string when() const {
    const auto& steps = contrast_.steps;
    if (steps.empty()) return "";
    const auto label = [&](double q) {
      const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(steps.size())));
      return model_.calendar.label(steps[std::max<std::size_t>(rank, 1) - 1]);
    };
    return fmt::format("Of those, half had reached it by {}, 5 % by {} and 95 % by {}. ",
                       label(0.5), label(0.05), label(0.95));
  }

  std::string matching() const {
    if (contrast_.by_choice == 0) return "None chose to, so there is nobody to compare. ";
    if (contrast_.matched == 0) {
      return fmt::format(
          "None of the {} who chose to has a mate that was at risk in the same step "
          "and stayed. ",
          contrast_.by_choice);
    }
    return fmt::format(
        "{} of the {} who chose to are compared with their mates: replicates on {} in the same "
        "step that stayed ({} per mover). ",
        contrast_.matched, contrast_.by_choice, from_,
        fixed(static_cast<double>(contrast_.mates) / static_cast<double>(contrast_.matched), 0));
  }

  std::string luck() const {
    if (contrast_.matched == 0) return "";
    constexpr double little = 0.1;
    constexpr double much = 0.5;
    const double d = contrast_.foreseen.difference;
    const char* verdict = d < little ? "luck, more than state, decided who moved"
                          : d < much ? "state and luck both decided who moved"
                                     : "state, more than luck, decided who moved";
    return fmt::format(
        "Movers would have moved by then with probability {}, their mates with {}: Tjur's D is {}, "
        "so {}. In log-odds they differ by {}.",
        exact(contrast_.foreseen.movers), exact(contrast_.foreseen.others), fixed(d, 2), verdict,
        signed_number(contrast_.log_odds.difference));
  }

  const Model& model_;
  const Contrast& contrast_;
  const Ladder& ladder_;
  const std::string& rung_;
  const std::string& from_;
};

}  // namespace

std::string contrast_text(const Scenario& scenario, const Contrast& contrast) {
  const ContrastText text(scenario.model, contrast);
  const std::string head = text.heading() + text.summary();
  if (!text.has_matches()) return head;
  return head + text.terms() + text.drivers() +
         text.shares(contrast.events, "Events that had fired", "event") +
         text.shares(contrast.others, text.others_title().c_str(), "actor");
}

}  // namespace entente::cli
