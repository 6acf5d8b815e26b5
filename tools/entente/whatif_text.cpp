#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "rounding.hpp"
#include "run_report.hpp"
#include "table.hpp"
#include "whatif_report.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t name_width = 26;
constexpr const char* arrow = " → ";
constexpr std::size_t usual_rows = 15;
constexpr std::size_t most_names = 6;  ///< of countries in a line
constexpr std::size_t most_years = 10;

/// A signed number, `0` where it is exactly that.
std::string change(double value, int decimals) {
  if (value == 0.0) return "0";
  const std::string text = fixed(value, decimals);
  return text.front() == '-' ? text : "+" + text;
}

/// A change and its parts as they are printed: baseline and change add up to the variant, those
/// acted on and those that follow to the change.
struct Printed {
  Printed(const PairedEstimate& all, double forced, double followers) {
    const auto parts = round_parts(std::array{forced, followers}, 2);
    const auto level = round_parts(std::array{all.baseline}, 2);
    baseline = level.total();
    variant = fixed(static_cast<double>(level.sum + parts.sum) / 100.0, 2);
    total = with_sign(parts.total(), all.difference);
    of_forced = with_sign(parts.part(0), forced);
    of_followers = with_sign(parts.part(1), followers);
    const double half = (all.high - all.low) / 2.0;
    const bool agree = all.difference == 0.0 && all.error == 0.0;
    total_interval = total + (agree || std::isnan(half) ? "" : " ± " + fixed(half, 2));
  }
  std::string baseline, variant, total, of_forced, of_followers;
  std::string total_interval;  ///< `+2.52 ± 0.11`; `0` where all pairs agree; no ± of one

 private:
  static std::string with_sign(const std::string& text, double exact) {
    if (exact == 0.0) return "0";
    return text.front() == '-' ? text : "+" + text;
  }
};

std::string times(double factor) {
  if (std::isinf(factor)) return "exact";
  if (std::isnan(factor)) return "";
  return fixed(factor, 1) + "x";
}

/// `+34 %`, with a decimal where it is small.
std::string points(double share) {
  const double value = 100.0 * share;
  return change(value, std::abs(value) < 9.95 ? 1 : 0) + " %";
}

std::string listed(const std::vector<std::string>& names, std::size_t most) {
  std::string text;
  for (std::size_t n = 0; n < std::min(names.size(), most); ++n) {
    text += (n == 0 ? "" : ", ") + names[n];
  }
  if (names.size() > most) text += fmt::format(" and {} more", names.size() - most);
  return text;
}

/// What is told of a ladder: the number of actors at or above its telling rung.
struct Measure {
  LadderRole ladder;
  Rung rung;
  std::string name;        ///< `recognised`, `mission or higher`
  std::string short_name;  ///< `recognised`, `mission+`
};

std::vector<Measure> measures_of(const Model& model) {
  std::vector<Measure> out;
  for (const auto role : {LadderRole::recognition, LadderRole::engagement, LadderRole::coercion}) {
    const Ladder& ladder = model.ladders[index_of(role)];
    const auto rung = telling_rung(ladder, role);
    if (!rung) continue;
    const bool top = *rung + 1U == ladder.size();
    const std::string& name = ladder.rungs[*rung];
    out.push_back({role, *rung, name + (top ? "" : " or higher"), name + (top ? "" : "+")});
  }
  return out;
}

class Text {
 public:
  explicit Text(const WhatIf& answer, bool all)
      : answer_(answer),
        model_(answer.baseline.model),
        measures_(measures_of(model_)),
        end_(model_.calendar.steps() - 1),
        all_(all) {}

  std::string heading() const {
    const std::size_t count = answer_.variants.size();
    const std::string what =
        count == 1 ? "A variant" : fmt::format("{} variants", answer_.variants.size());
    return model_.title + '\n' +
           wrapped(
               fmt::format("{} beside the baseline, replicate by replicate on the same luck; {} "
                           "actors, {} to {}; {} replicates, seed {}",
                           what, model_.actors.size(), model_.calendar.label(0),
                           model_.calendar.label(end_), answer_.summary.replicates(), model_.seed),
               0);
  }

  /// All variants in one table, for one authority.
  std::string overview(std::size_t k) const {
    std::string text =
        "\n" + wrapped(fmt::format("How many deal with {} at the end, {}, and what each "
                                   "variant changes (95 % interval)",
                                   authority(k), model_.calendar.label(end_)),
                       0);
    std::vector<Column> columns{{"variant"}};
    for (std::size_t m = 0; m < table_measures(); ++m) {
      columns.push_back({measures_[m].short_name, Align::right});
      columns.push_back({"of followers", Align::right});
    }
    columns.push_back({"narrower", Align::right});
    Table table(std::move(columns));
    std::vector<std::string> base{"baseline"};
    for (std::size_t m = 0; m < table_measures(); ++m) {
      const auto& [ladder, rung, name, short_name] = measures_[m];
      base.insert(base.end(), {fixed(answer_.summary.mean_count(k, ladder, end_, rung), 2), ""});
    }
    table.add(std::move(base));
    for (std::size_t v = 0; v < answer_.variants.size(); ++v) {
      const auto& comparison = answer_.comparisons[v];
      std::vector<std::string> row{shortened(answer_.variants[v].variant.name, name_width)};
      for (std::size_t m = 0; m < table_measures(); ++m) {
        const Printed effect = printed(comparison, k, measures_[m], end_);
        row.insert(row.end(), {effect.total_interval, effect.of_followers});
      }
      row.push_back(times(narrowing(comparison, k)));
      table.add(std::move(row));
    }
    return text + table.text(2) +
           "  of followers: the part of the change that comes from states not acted on\n"
           "  narrower: by how much pairing narrows the interval of the first change\n";
  }

  /// Who answers to each variant, in lines.
  std::string followers(std::size_t k) const {
    const auto& [ladder, rung, name, short_name] = measures_.front();
    const auto& second = measures_[std::min<std::size_t>(1, measures_.size() - 1)];
    std::string text =
        "\n" + wrapped(fmt::format("Who follows, and by how much the probability of {} changes{}",
                                   name, measures_.size() > 1 ? "; then of " + second.name : ""),
                       0);
    for (std::size_t v = 0; v < answer_.variants.size(); ++v) {
      const auto first = follower_names(v, k, ladder, rung);
      const auto then = measures_.size() > 1 ? follower_names(v, k, second.ladder, second.rung)
                                             : std::vector<std::string>{};
      const auto say = [](const std::vector<std::string>& names) {
        return names.empty() ? std::string("nobody clearly") : listed(names, most_names);
      };
      std::string line = answer_.variants[v].variant.name + ": " + say(first);
      if (measures_.size() > 1) line += "; " + say(then);
      text += wrapped(line, 2);
    }
    return text;
  }

  /// One variant at length.
  std::string details(std::size_t v) const {
    const auto& variant = answer_.variants[v].variant;
    std::string text = "\n" + wrapped(variant.title, 0);
    if (!variant.question.empty()) text += wrapped(variant.question, 0);
    if (!variant.reasoning.empty()) text += '\n' + wrapped(variant.reasoning, 2);
    const bool one = model_.authorities.size() == 1;
    if (!one) text += '\n' + first_difference(v);
    for (std::size_t k = 0; k < model_.authorities.size(); ++k) {
      text +=
          '\n' + sentences(v, k) + (one ? first_difference(v) : "") + years(v, k) + countries(v, k);
    }
    if (!variant.look_at.empty()) text += "\nWhat to look at\n" + wrapped(variant.look_at, 2);
    return text;
  }

 private:
  std::string authority(std::size_t k) const {
    return fmt::format("{} ({})", model_.authorities[k].name, model_.authorities[k].id);
  }

  std::size_t table_measures() const { return std::min<std::size_t>(measures_.size(), 2); }

  static Printed printed(const Comparison& comparison, std::size_t k, const Measure& measure,
                         std::size_t t) {
    return {comparison.count(k, measure.ladder, t, measure.rung),
            comparison.forced(k, measure.ladder, t, measure.rung).difference,
            comparison.followers(k, measure.ladder, t, measure.rung).difference};
  }

  double narrowing(const Comparison& comparison, std::size_t k) const {
    return comparison.count(k, measures_[0].ladder, end_, measures_[0].rung).narrowing();
  }

  /// `TJK +12 %`, of those not acted on whose change is clearly not zero.
  std::vector<std::string> follower_names(std::size_t v, std::size_t k, LadderRole ladder,
                                          Rung rung) const {
    std::vector<std::string> names;
    for (const auto& row :
         responses(model_, answer_.summary, answer_.comparisons[v], k, ladder, rung)) {
      if (!row.clear) continue;
      names.push_back(model_.actors[row.actor].id + ' ' + points(row.difference));
    }
    return names;
  }

  std::vector<std::string> forced_names(std::size_t v, std::size_t k, LadderRole ladder) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < model_.actors.size(); ++i) {
      if (answer_.comparisons[v].is_forced(k, ladder, i)) names.push_back(model_.actors[i].id);
    }
    return names;
  }

  std::string sentence(const Measure& measure, std::size_t v, std::size_t k) const {
    const auto& comparison = answer_.comparisons[v];
    const auto all = comparison.count(k, measure.ladder, end_, measure.rung);
    const Printed effect = printed(comparison, k, measure, end_);
    std::string text = fmt::format("{}, {}: {} in the baseline, {} in the variant", measure.name,
                                   model_.calendar.label(end_), effect.baseline, effect.variant);
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    if (all.more == 0.0 && all.fewer == 0.0) return text + "; no replicate differs.";
    text += ": a change of " + effect.total;
    const bool has_interval = std::isfinite(all.error);  // not of a single pair
    text += has_interval
                ? fmt::format(" (95 % interval {} to {}).", fixed(all.low, 2), fixed(all.high, 2))
                : ".";
    if (const auto names = forced_names(v, k, measure.ladder); !names.empty()) {
      const auto others = comparison.followers(k, measure.ladder, end_, measure.rung);
      text += fmt::format(" Of it {} are the states acted on ({}), {} those that follow",
                          effect.of_forced, listed(names, most_names), effect.of_followers);
      text += has_interval
                  ? fmt::format(" ({} to {}).", fixed(others.low, 2), fixed(others.high, 2))
                  : ".";
    }
    text += fmt::format(" There are more in {} of the replicates and fewer in {}.",
                        percent(all.more), percent(all.fewer));
    if (std::isfinite(all.narrowing())) {
      text += fmt::format(" On luck of its own the variant's interval would be {} times as wide.",
                          fixed(all.narrowing(), 1));
    }
    return text;
  }

  std::string sentences(std::size_t v, std::size_t k) const {
    std::string text;
    if (model_.authorities.size() > 1) text += "Towards " + authority(k) + ":\n";
    for (const auto& measure : measures_) text += wrapped(sentence(measure, v, k), 2);
    return text;
  }

  /// Of all authorities together.
  std::string first_difference(std::size_t v) const {
    const auto first = answer_.comparisons[v].first_difference();
    return first ? fmt::format("  Nothing differs before {}.\n", model_.calendar.label(*first))
                 : std::string("  Nothing differs at all, in no replicate.\n");
  }

  std::string years(std::size_t v, std::size_t k) const {
    std::vector<Column> columns{{"end of"}};
    for (std::size_t m = 0; m < table_measures(); ++m) {
      columns.push_back({measures_[m].short_name, Align::right});
      columns.push_back({"change", Align::right});
      columns.push_back({"of followers", Align::right});
    }
    Table table(std::move(columns));
    for (const auto t : years_ends(model_.calendar, most_years)) {
      std::vector<std::string> row{model_.calendar.label(t)};
      for (std::size_t m = 0; m < table_measures(); ++m) {
        const Printed effect = printed(answer_.comparisons[v], k, measures_[m], t);
        row.insert(row.end(), {effect.baseline + arrow + effect.variant, effect.total_interval,
                               effect.of_followers});
      }
      table.add(std::move(row));
    }
    return "\n" + table.text(2);
  }

  std::string countries(std::size_t v, std::size_t k) const {
    std::vector<std::vector<Response>> by_measure;
    for (std::size_t m = 0; m < table_measures(); ++m) {
      by_measure.push_back(responses(model_, answer_.summary, answer_.comparisons[v], k,
                                     measures_[m].ladder, measures_[m].rung));
      std::sort(by_measure[m].begin(), by_measure[m].end(),
                [](const auto& a, const auto& b) { return a.actor < b.actor; });
    }
    const auto largest = [&](std::size_t i) {
      double most = 0.0;
      for (const auto& rows : by_measure) most = std::max(most, std::abs(rows[i].difference));
      return most;
    };
    const auto moved = [&](std::size_t i) {
      double most = 0.0;
      for (const auto& rows : by_measure) most = std::max(most, rows[i].changed);
      return most;
    };
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < model_.actors.size(); ++i) {
      if (moved(i) > 0.0) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return largest(a) != largest(b) ? largest(a) > largest(b) : moved(a) > moved(b);
    });
    if (order.empty()) return "";
    std::vector<Column> columns{{"id"}, {"name"}};
    for (std::size_t m = 0; m < table_measures(); ++m) {
      columns.push_back({measures_[m].short_name, Align::right});
      columns.push_back({"change", Align::right});
    }
    columns.push_back({"path differs", Align::right});
    columns.push_back({""});
    Table table(std::move(columns));
    const std::size_t rows = all_ ? order.size() : std::min(order.size(), usual_rows);
    for (std::size_t n = 0; n < rows; ++n) {
      const std::size_t i = order[n];
      std::vector<std::string> row{model_.actors[i].id,
                                   shortened(model_.actors[i].name, name_width)};
      bool forced = false;
      for (const auto& measure : by_measure) {
        row.insert(row.end(), {percent(measure[i].baseline) + arrow + percent(measure[i].variant),
                               points(measure[i].difference)});
        forced = forced || measure[i].forced;
      }
      row.push_back(percent(moved(i)));
      row.emplace_back(forced ? "acted on" : "");
      table.add(std::move(row));
    }
    std::string text =
        fmt::format("\nWhose path differs, {}\n", model_.calendar.label(end_)) + table.text(2);
    if (rows < order.size()) {
      text += fmt::format("  {} more (--all lists them)\n", order.size() - rows);
    }
    return text;
  }

  const WhatIf& answer_;
  const Model& model_;
  std::vector<Measure> measures_;
  std::uint32_t end_;
  bool all_;
};

}  // namespace

std::string whatif_text(const WhatIf& answer, bool all) {
  const Text text(answer, all);
  std::string out = text.heading();
  if (answer.variants.size() == 1) return out + text.details(0);
  for (std::size_t k = 0; k < answer.baseline.model.authorities.size(); ++k) {
    out += text.overview(k) + text.followers(k);
  }
  return out;
}

}  // namespace entente::cli
