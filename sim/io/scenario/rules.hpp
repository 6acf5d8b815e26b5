#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "entente/io/scenario.hpp"
#include "io/scenario/expression.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/scope.hpp"

namespace entente::detail {

/// Values that a rule may give.
struct Limits {
  double min;
  double max;
  std::string unit;
};

/// Evaluates rules (`5`, `"gdp / 1e12"`, `{value, missing, note}`) over candidates or pairs, and
/// keeps account of the cells that were missing and of what replaced them.
class RuleEvaluator {
 public:
  RuleEvaluator(const Candidates& candidates, Problems& problems)
      : candidates_(candidates), problems_(problems) {}

  /// One value per candidate of `rows`; nothing where there was a problem, which names the actors.
  std::optional<std::vector<double>> over(std::span<const std::uint32_t> rows, const Place& rule,
                                          const Scope& scope, const Limits& limits);
  /// Row-major values for all ordered pairs of `rows`, 0 on the diagonal.
  std::optional<std::vector<double>> over_pairs(std::span<const std::uint32_t> rows,
                                                const Place& rule, const Scope& scope,
                                                const Limits& limits);

  /// All cells that were replaced so far, ordered by column and rule.
  [[nodiscard]] std::vector<Replacement> replacements() const;

 private:
  struct Fill;
  class Evaluation;
  std::optional<Fill> read_fill(const Place& place, const Input& input);

  const Candidates& candidates_;
  Problems& problems_;
  std::map<std::pair<std::string, std::string>, std::set<std::string>> replaced_;
};

}  // namespace entente::detail
