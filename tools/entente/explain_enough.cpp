// What would have been enough, as a table and a sentence about others.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "explanation.hpp"
#include "rounding.hpp"
#include "table.hpp"
#include "words.hpp"

namespace entente::cli {
namespace {

constexpr int decimals = 3;
constexpr std::size_t most_out_of_reach = 6;  // in the table; the rest are named below it

class EnoughText {
 public:
  EnoughText(const Model& model, const Explanation& explanation, const Explained& group,
             const Levers& levers)
      : model_(model),
        explanation_(explanation),
        group_(group),
        levers_(levers),
        option_(model.ladders[index_of(explanation.question.ladder)].rungs[levers.option]) {}

  std::string heading() const {
    const std::string gap = fixed(std::abs(levers_.log_odds), 3);
    const std::string state =
        fmt::format("Its odds {} were {} ({} %): {} in log-odds {}.",
                    group_.replicates > 1 ? "at the mean drivers" : "as things were",
                    odds_text(levers_.log_odds), fixed(100.0 * logistic(levers_.log_odds), 1), gap,
                    levers_.likely() ? "to spare" : "short of even");
    return '\n' +
           wrapped(
               fmt::format("What would have been enough to make {} {} likely than not, given that "
                           "it reconsiders, one driver at a time. {}",
                           option_, levers_.likely() ? "less" : "more", state),
               0) +
           '\n';
  }

  std::string table() const {
    Table table({{"driver"},
                 {"value", Align::right},
                 {"needed", Align::right},
                 {"change", Align::right},
                 {"remark"}});
    std::vector<std::string> unshown;
    std::size_t out_of_reach = 0;
    for (const auto& needed : levers_.drivers) {
      const std::string& name = explanation_.drivers[needed.column];
      if (!needed.value && ++out_of_reach > most_out_of_reach) {
        unshown.push_back(driver_label(name));
        continue;
      }
      table.add(row(needed, name));
    }
    std::string text = table.empty() ? "" : table.text(2);
    if (!unshown.empty()) text += wrapped("out of reach, too: " + list(unshown), 2);
    if (!levers_.constant.empty()) {
      text += wrapped("no driver changes: " + list(levers_.constant), 2);
    }
    return text;
  }

  std::string others() const {
    if (!levers_.looks_at_others || levers_.likely()) return "";
    if (!levers_.others) return "  Others: events change whom it looks at, so no set is named.\n";
    const OthersMoved& moved = *levers_.others;
    if (moved.actors.empty()) return "";
    std::vector<std::string> ids;
    for (const auto j : moved.actors) ids.push_back(model_.actors[j].id);
    const std::string who = list_and(ids);
    if (moved.enough) {
      return wrapped(fmt::format("Others: with {} on {} it would have been more likely than not "
                                 "({} %), through {}{}.",
                                 who, option_, fixed(100.0 * logistic(moved.log_odds), 1),
                                 list_and(ways()), ways().size() > 1 ? " together" : ""),
                     2);
    }
    return wrapped(fmt::format("Others: {}, who weigh most with it, would not have been enough on "
                               "{}: {} %.",
                               who, option_, fixed(100.0 * logistic(moved.log_odds), 1)),
                   2);
  }

 private:
  std::vector<std::string> row(const Needed& needed, const std::string& name) const {
    const std::string label = driver_label(name);
    const std::string value = fixed(needed.actual, decimals);
    if (!needed.value) {
      return {label, value, "out of reach", "",
              fmt::format("{} % at {}", fixed(100.0 * logistic(needed.best_log_odds), 1),
                          fixed(needed.best, decimals))};
    }
    const double change = *needed.value - needed.actual;
    const std::string rung = rung_needed(model_, name, needed.actual, *needed.value);
    return {label, value, fixed(*needed.value, decimals),
            (change > 0.0 ? "+" : "") + fixed(change, decimals), rung};
  }

  /// Drivers that they would have moved, of those that can change the odds.
  std::vector<std::string> ways() const {
    std::vector<std::string> out;
    for (const auto column : levers_.others->columns) {
      const bool counts =
          std::any_of(levers_.drivers.begin(), levers_.drivers.end(),
                      [&](const Needed& needed) { return needed.column == column; });
      if (counts) out.push_back(driver_label(explanation_.drivers[column]));
    }
    return out;
  }

  const Model& model_;
  const Explanation& explanation_;
  const Explained& group_;
  const Levers& levers_;
  const std::string& option_;
};

}  // namespace

std::string enough_text(const Scenario& scenario, const Explanation& explanation,
                        const Explained& group) {
  const Levers* levers = option_asked(explanation, group);
  if (levers == nullptr) return "";
  const EnoughText text(scenario.model, explanation, group, *levers);
  return text.heading() + text.table() + text.others();
}

}  // namespace entente::cli
