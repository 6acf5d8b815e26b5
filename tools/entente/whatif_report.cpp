#include "whatif_report.hpp"

#include <algorithm>
#include <cmath>

namespace entente::cli {

std::vector<Response> responses(const Model& model, const Summary& baseline,
                                const Comparison& comparison, std::size_t authority,
                                LadderRole ladder, Rung rung) {
  const auto end = static_cast<std::size_t>(model.calendar.steps()) - 1;
  const std::size_t rungs = model.ladders[index_of(ladder)].size();
  constexpr double level = 0.05;
  std::vector<Response> out;
  std::vector<double> chance;  // of each row's difference
  double compared = 0.0;
  for (std::size_t i = 0; i < model.actors.size(); ++i) {
    Response row;
    row.actor = i;
    row.baseline = baseline.probability_at_or_above(authority, ladder, end, i, rung);
    row.variant = comparison.variant().probability_at_or_above(authority, ladder, end, i, rung);
    double gained = 0.0;
    double lost = 0.0;
    for (std::size_t low = 0; low < rung; ++low) {
      for (std::size_t high = rung; high < rungs; ++high) {
        const auto below = static_cast<Rung>(low);
        const auto above = static_cast<Rung>(high);
        gained += comparison.joint(authority, ladder, i, below, above);
        lost += comparison.joint(authority, ladder, i, above, below);
      }
    }
    row.difference = gained - lost;
    const auto pairs = static_cast<double>(comparison.pairs());
    const auto more = static_cast<std::uint64_t>(std::llround(gained * pairs));
    const auto fewer = static_cast<std::uint64_t>(std::llround(lost * pairs));
    chance.push_back(sign_test(more, fewer));
    row.changed = comparison.changed(authority, ladder, i);
    row.forced = comparison.is_forced(authority, ladder, i);
    compared += !row.forced && more + fewer > 0 ? 1.0 : 0.0;
    out.push_back(row);
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].clear = !out[i].forced && compared > 0.0 && chance[i] <= level / compared;
  }
  std::stable_sort(out.begin(), out.end(), [](const Response& a, const Response& b) {
    const double x = std::abs(a.difference);
    const double y = std::abs(b.difference);
    return x != y ? x > y : a.changed > b.changed;
  });
  return out;
}

std::vector<std::uint32_t> years_ends(const Calendar& calendar, std::size_t most) {
  std::vector<std::uint32_t> ends;
  for (std::uint32_t t = 0; t < calendar.steps(); ++t) {
    const bool last = t + 1 == calendar.steps();
    if (last || calendar.date(t + 1).year() != calendar.date(t).year()) ends.push_back(t);
  }
  const std::size_t stride = (ends.size() + most - 1) / most;
  std::vector<std::uint32_t> some;
  for (std::size_t x = ends.size(); x > 0; x -= std::min(x, stride)) some.push_back(ends[x - 1]);
  std::reverse(some.begin(), some.end());
  return some;
}

}  // namespace entente::cli
