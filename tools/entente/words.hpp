#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace entente::cli {

/// `a, b, c`.
[[nodiscard]] std::string list(const std::vector<std::string>& items);
/// `a, b and c`.
[[nodiscard]] std::string list_and(const std::vector<std::string>& items);

/// Log-odds as odds that one would give: `1 to 19`, `2.5 to 1`.
[[nodiscard]] std::string odds_text(double log_odds);

/// What a term stands for, as it reads inside a sentence: `economic interest`; of a covariate its
/// name.
[[nodiscard]] std::string term_title(const std::string& term);

/// Positions of the terms that speak for an option, or against it, the strongest first: at most
/// `most`, and none below a tenth of the first.
[[nodiscard]] std::vector<std::size_t> strongest(const std::vector<double>& terms, bool in_favour,
                                                 std::size_t most = 3);

}  // namespace entente::cli
