#include "entente/estimate/fit.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <limits>
#include <memory>

#include "cases.hpp"
#include "checks.hpp"
#include "commands.hpp"
#include "ensemble_options.hpp"
#include "entente/core/error.hpp"
#include "entente/core/version.hpp"
#include "entente/io/coefficients.hpp"
#include "entente/terms/registry.hpp"
#include "fit_report.hpp"
#include "io/result/part_file.hpp"
#include "names.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t most_replicates = 100'000;

constexpr const char* footer =
    R"(Utilities are linear in the coefficients, so the likelihood of a history is exact; what the record
does not tell (attacks, the authority's own state) enters by its mean over runs along the record.
Few states move, so terms and covariates get a Gaussian prior around 0 whose width is chosen by
cross-validation over stretches of actors' records; --prior sets it, --prior none takes it away.

Examples:
  entente fit kosovo-2008
      estimates from the history that the scenario names
  entente fit afghanistan-2021 --history kosovo-2008 -o coefficients.yaml
      the same with a second case, terms in common, and a file that a scenario takes up by
      `coefficients: coefficients.yaml`
)";

struct FitArguments {
  CaseArguments cases;
  std::string output;
  std::string design;
  std::string until;
  std::string prior = "cv";
  std::vector<std::string> separate, fixed, only;
  std::size_t replicates = 16;
  std::size_t threads = 0;
  std::size_t goodness = 0;  ///< replicates; 0: none
  bool profile = false;
  bool force = false;
  bool json = false;
  bool quiet = false;
};

/// Every name given must be that of a coefficient or of a term.
///
/// @param ladders  whether those of ladders may be meant
void check_names(const Design& design, const std::vector<std::string>& names,
                 const std::string& option, bool ladders) {
  for (const auto& name : names) {
    bool known = false;
    std::string all;
    for (const auto& one : design.coefficients) {
      if (!ladders && (one.kind == Coefficient::Kind::gap || one.kind == Coefficient::Kind::down)) {
        continue;
      }
      const auto base = one.name.substr(0, one.name.find('@'));
      known = known || name == one.name || name == base || name == base.substr(0, base.find('.'));
      all += (all.empty() ? "" : ", ") + one.name;
    }
    if (!known) {
      throw UsageError(fmt::format("{}: found '{}'; allowed: {}", option, name, all));
    }
  }
}

/// Before anything is computed or written.
void check_can_write(const FitArguments& arguments) {
  if (!arguments.output.empty() && arguments.output == arguments.design) {
    throw UsageError(fmt::format(
        "--design: found '{}', the name of --output, too; allowed: another", arguments.design));
  }
  for (const auto& file : {arguments.design, arguments.output}) {
    if (!file.empty()) detail::require_writable_name(file, arguments.force);
  }
}

Provenance provenance_of(const FitReport& report) {
  Provenance list{{"version", std::string(version())}};
  for (const auto& one : report.cases) {
    std::string all;
    for (const auto& file : one.scenario.files) {
      // What an earlier fit left does not count among what this one is made from.
      if (!is_coefficients_text(file.text)) all += file.name + "\n" + file.text;
    }
    list.emplace_back("inputs of " + one.name, hash_text(all));
  }
  if (!report.until.empty()) list.emplace_back("until", report.until);
  list.emplace_back("decisions", std::to_string(report.fit.decisions));
  list.emplace_back("moves", std::to_string(report.fit.moves));
  list.emplace_back("log_likelihood", fmt::format("{:.4f}", report.fit.log_likelihood));
  list.emplace_back("prior_scale", fmt::format("{}", report.fit.scale));
  return list;
}

int run_fit(const FitArguments& arguments) {
  FitOptions options;
  options.scale = prior_scale(arguments.prior);
  options.fixed = arguments.fixed;
  options.profile = arguments.profile;
  if (!arguments.only.empty()) options.only = arguments.only;
  check_can_write(arguments);
  FitReport report;
  report.cases = read_cases(arguments.cases);
  report.until = arguments.until;
  std::vector<Design> designs;
  for (const auto& one : report.cases) {
    const auto& model = one.scenario.model;
    auto design =
        design_of(model, one.path, builtin_terms(), arguments.replicates, arguments.threads);
    if (!arguments.until.empty()) {
      // Further cases may lie in the past altogether, or begin later.
      const auto date = parse_date(arguments.until);
      const auto step = date ? model.calendar.step_of(*date) : -1;
      if (designs.empty()) static_cast<void>(find_step("--until", arguments.until, model.calendar));
      design = before(design, static_cast<std::uint32_t>(std::max<std::int64_t>(0, step)));
    }
    designs.push_back(std::move(design));
  }
  report.design = pool(designs, names_of(report.cases), arguments.separate);
  if (report.design.decisions.empty()) {
    throw UsageError(
        arguments.until.empty()
            ? "found no decision on record"
            : fmt::format("--until: found no decision on record before {}", arguments.until));
  }
  check_names(report.design, arguments.separate, "--separate", true);
  check_names(report.design, arguments.fixed, "--fixed", true);
  check_names(report.design, arguments.only, "--only", false);
  report.fit = fit(report.design, options);
  if (arguments.goodness > 0) {
    const auto& own = designs.front().coefficients;
    const auto values =
        own_coefficients(report.design, report.fit.all, own, report.cases.front().name);
    report.goodness_replicates = arguments.goodness;
    report.goodness = judge_fit(report.cases.front(), own, values, report.fit, arguments.goodness,
                                arguments.threads);
  }
  if (!arguments.design.empty()) {
    write_text(arguments.design, design_csv(report), arguments.force);
  }
  if (!arguments.output.empty()) {
    report.output = arguments.output;
    write_text(arguments.output,
               coefficients_text(report.cases.front().scenario.model, report.fit, report.design,
                                 report.cases.front().name, provenance_of(report)),
               arguments.force);
  }
  if (!arguments.quiet) fmt::print("{}", arguments.json ? fit_json(report) : fit_text(report));
  return static_cast<int>(ExitCode::ok);
}

}  // namespace

void add_fit(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<FitArguments>();
  FitArguments& a = *arguments;
  auto* sub = program.add_subcommand("fit", "Estimate the coefficients from a history");
  add_case_options(*sub, a.cases);
  sub->add_option("-o,--output", a.output, "Write the estimates to this file of coefficients")
      ->type_name("FILE");
  sub->add_option("--design", a.design,
                  "Write what the likelihood is computed from to this CSV, for other software")
      ->type_name("FILE");
  sub->add_flag("--force", a.force, "Replace files that exist");
  sub->add_option("--until", a.until, "Use decisions before this date only")->type_name("DATE");
  sub->add_option("--prior", a.prior,
                  "Width of the prior of terms and covariates: cv, none, or a number [utility per "
                  "s.d. of a driver]")
      ->type_name("WIDTH");
  sub->add_option("--separate", a.separate, "Let each case have this coefficient for itself")
      ->type_name("NAME")
      ->allow_extra_args(false);
  sub->add_option("--fixed", a.fixed, "Keep the scenario's value of this coefficient; repeatable")
      ->type_name("NAME")
      ->allow_extra_args(false);
  sub->add_option("--only", a.only, "Let this term or covariate act and no other; repeatable")
      ->type_name("NAME")
      ->allow_extra_args(false);
  sub->add_option(
         "--goodness", a.goodness,
         "Simulate SCENARIO with the estimates, N times (1000), and say how well that looks "
         "like its history")
      ->type_name("[N]")
      ->expected(0, 1)
      ->default_str("1000")
      ->check(whole_number(2, most_replicates));
  sub->add_flag("--profile", a.profile, "Add intervals from the profile of the likelihood");
  sub->add_option("--replicates", a.replicates,
                  "Runs along the record over which what it does not tell is averaged")
      ->type_name("N")
      ->check(whole_number(1, most_replicates));
  add_threads_option(*sub, a.threads);
  sub->add_flag("--json", a.json, "Print one JSON object instead (docs/json.md)");
  sub->add_flag("-q,--quiet", a.quiet, "Print nothing but errors");
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return run_fit(*arguments); }; });
}

}  // namespace entente::cli
