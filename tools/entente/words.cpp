#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numeric>

#include "entente/terms/registry.hpp"

namespace entente::cli {

std::string list(const std::vector<std::string>& items) {
  return fmt::format("{}", fmt::join(items, ", "));
}

std::string list_and(const std::vector<std::string>& items) {
  if (items.size() < 2) return list(items);
  return list({items.begin(), items.end() - 1}) + " and " + items.back();
}

std::string odds_text(double log_odds) {
  const double odds = std::exp(std::abs(log_odds));
  const std::string number = odds < 10.0       ? fmt::format("{:.2g}", odds)
                             : odds < 10'000.0 ? fmt::format("{:.0f}", odds)
                                               : fmt::format("{:.0e}", odds);
  return log_odds < 0.0 ? "1 to " + number : number + " to 1";
}

std::string term_title(const std::string& term) {
  const TermInfo* info = builtin_terms().find(term);
  if (info == nullptr) return "the covariate";
  std::string title(info->title);
  title[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(title[0])));
  return title;
}

std::vector<std::size_t> strongest(const std::vector<double>& terms, bool in_favour,
                                   std::size_t most) {
  constexpr double share = 0.1;
  const auto strength = [&](std::size_t t) { return in_favour ? terms[t] : -terms[t]; };
  std::vector<std::size_t> order(terms.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return strength(a) > strength(b); });
  std::vector<std::size_t> out;
  for (const auto t : order) {
    if (strength(t) <= 0.0 || strength(t) < share * strength(order[0])) break;
    if (out.size() < most) out.push_back(t);
  }
  return out;
}

}  // namespace entente::cli
