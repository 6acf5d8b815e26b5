#include "entente/estimate/backtest.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "backtest_report.hpp"
#include "checks.hpp"
#include "commands.hpp"
#include "ensemble_options.hpp"
#include "entente/core/error.hpp"
#include "entente/terms/registry.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t most_replicates = 100'000;
constexpr std::uint32_t most_steps = 10'000;

constexpr const char* footer =
    R"(At each origin the coefficients are estimated from the past alone, an ensemble runs ahead from the
standings of that day, and what happened is scored beside plain forecasts: no change, rates that are
the same for everyone, the model without terms that look at others, and those terms alone. Events
and series after the origin are not known to any of them.

Examples:
  entente backtest kosovo-2008
      scores of one case
  entente backtest afghanistan-2021 --history kosovo-2008 --history abkhazia-2008 --json
      scores of three, pooled and each, as JSON
)";

struct BacktestArguments {
  CaseArguments cases;
  BacktestOptions options;
  std::string prior = "cv";
  bool json = false;
  bool quiet = false;
};

int run_backtest(const BacktestArguments& arguments) {
  BacktestReport report;
  report.options = arguments.options;
  report.options.fit.scale = prior_scale(arguments.prior);
  auto& horizons = report.options.horizons;
  std::sort(horizons.begin(), horizons.end());
  horizons.erase(std::unique(horizons.begin(), horizons.end()), horizons.end());
  report.cases = read_cases(arguments.cases);
  std::vector<BacktestCase> cases;
  for (const auto& one : report.cases) {
    for (const auto& series : one.scenario.model.series) {
      if (!series.interpolated) continue;
      throw UsageError(fmt::format(
          "{}: found a series with `interpolate: linear`, which tells the past of later "
          "points; allowed in a back-test: `interpolate: step`",
          one.name));
    }
    constexpr std::size_t design_replicates = 16;
    cases.push_back({one.name, one.scenario.model, one.path,
                     design_of(one.scenario.model, one.path, builtin_terms(), design_replicates,
                               report.options.threads)});
  }
  report.test = backtest(cases, builtin_terms(), report.options);
  if (!arguments.quiet) {
    fmt::print("{}", arguments.json ? backtest_json(report) : backtest_text(report));
  }
  return static_cast<int>(ExitCode::ok);
}

}  // namespace

void add_backtest(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<BacktestArguments>();
  BacktestArguments& a = *arguments;
  auto* sub = program.add_subcommand("backtest", "Score forecasts of the past beside baselines");
  add_case_options(*sub, a.cases);
  sub->add_option("--horizon", a.options.horizons, "Steps ahead; repeatable (3, 6, 12, 24)")
      ->type_name("N")
      ->check(whole_number(1, most_steps))
      ->allow_extra_args(false);
  sub->add_option("--first", a.options.first, "Step of the first origin (12)")
      ->type_name("N")
      ->check(whole_number(1, most_steps));
  sub->add_option("--every", a.options.every, "Steps from one origin to the next (6)")
      ->type_name("N")
      ->check(whole_number(1, most_steps));
  sub->add_flag("--together", a.options.together,
                "Learn from the past of all cases, terms in common, not from each case's own");
  sub->add_option("--prior", a.prior, "Width of the prior, as in `entente fit`")
      ->type_name("WIDTH");
  sub->add_option("--replicates", a.options.replicates, "Members of an ensemble (1000)")
      ->type_name("N")
      ->check(whole_number(2, most_replicates));
  add_threads_option(*sub, a.options.threads);
  sub->add_flag("--json", a.json, "Print one JSON object instead (docs/json.md)");
  sub->add_flag("-q,--quiet", a.quiet, "Print nothing but errors");
  sub->footer(footer);
  sub->callback(
      [arguments, &action] { action = [arguments] { return run_backtest(*arguments); }; });
}

}  // namespace entente::cli
