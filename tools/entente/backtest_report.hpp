#pragma once

#include <string>
#include <vector>

#include "cases.hpp"
#include "entente/estimate/backtest.hpp"

namespace entente::cli {

/// What `entente backtest` found, as it is shown.
struct BacktestReport {
  std::vector<Case> cases;
  BacktestOptions options;
  Backtest test;
};

[[nodiscard]] std::string backtest_text(const BacktestReport& report);
[[nodiscard]] std::string backtest_json(const BacktestReport& report);

}  // namespace entente::cli
