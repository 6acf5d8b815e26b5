#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "cascade_report.hpp"
#include "checks.hpp"
#include "commands.hpp"
#include "decision.hpp"
#include "entente/core/error.hpp"
#include "entente/io/coefficients.hpp"
#include "entente/terms/registry.hpp"
#include "interrupt.hpp"
#include "io/result/part_file.hpp"
#include "names.hpp"
#include "progress.hpp"
#include "recorded.hpp"
#include "run_report.hpp"
#include "usage_error.hpp"
#include "worlds.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t usual_rows = 15;
constexpr std::size_t most_replicates = 10'000'000;

constexpr const char* footer =
    R"(Of each move to the rung, the part that would be absent had nobody stood there before is credited to
those who did, in proportion to what each added to the log-odds; the rest is the mover's own reasons.
With chains: also what the moves led to that are credited to a state (docs/model.md, section 14).

Examples:
  entente cascade classroom --replicates 1000
      which states drew others into recognition, and whom
  entente cascade afghanistan-2021 --ladder engagement --rung mission --top 5 -o missions.csv
      the five that drew most others into opening a mission; all ties in a file
)";

struct CascadeArguments {
  WorldArguments world;
  std::string ladder;
  std::string rung;
  std::string authority;
  std::string output;
  std::optional<std::size_t> replicates;
  std::size_t top = usual_rows;
  bool force = false, json = false, quiet = false;
};

CascadeTarget find_target(const Model& model, const CascadeArguments& arguments) {
  CascadeTarget target;
  if (!arguments.authority.empty()) {
    target.authority = find_authority("--authority", arguments.authority, model);
  }
  if (!arguments.ladder.empty()) target.ladder = find_ladder("--ladder", arguments.ladder, model);
  const Ladder& ladder = model.ladders[index_of(target.ladder)];
  const auto usual = telling_rung(ladder, target.ladder);
  if (!usual) {
    throw UsageError(
        fmt::format("--ladder: found '{}', which has one rung; allowed: a ladder with "
                    "somewhere to move",
                    ladder.key));
  }
  target.rung = *usual;
  if (!arguments.rung.empty()) {
    target.rung = find_rung("--rung", arguments.rung, model, target.ladder).rung;
  }
  return target;
}

bool is_dot(const std::filesystem::path& path) { return path.extension() == ".dot"; }

/// Before anything is computed.
void check_output(const CascadeArguments& arguments) {
  if (arguments.output.empty()) return;
  const std::filesystem::path path(arguments.output);
  if (!is_dot(path) && path.extension() != ".csv") {
    throw UsageError(fmt::format("--output: found '{}'; allowed: a name that ends in .csv or .dot",
                                 arguments.output));
  }
  detail::require_writable_name(path, arguments.force);
}

void check_relations(const Simulation& simulation, const CascadeTarget& target) {
  const auto changes = relation_changes(simulation, target);
  if (changes.empty()) return;
  throw UsageError(
      fmt::format("found events or bodies that alter who looks at whom: {}; allowed: "
                  "scenarios whose relations stay",
                  fmt::join(changes, ", ")));
}

int cascade(const CascadeArguments& arguments) {
  check_output(arguments);
  const Scenario scenario = read_world(arguments.world);
  const CascadeTarget target = find_target(scenario.model, arguments);
  const Simulation simulation(scenario.model, builtin_terms());
  check_relations(simulation, target);

  const auto held = replicates_in(arguments.world.source, scenario);
  RunOptions options = modest_options(simulation);
  options.first_replicate = held.first;
  options.replicates = arguments.replicates.value_or(held.count);
  Interrupt interrupt;
  options.stop = interrupt.flag();
  Genealogy genealogy(simulation, target);
  std::size_t done = 0;
  {
    Progress progress("replicates", options.replicates, !arguments.quiet);
    options.progress = [&](std::size_t finished) { progress.update(finished); };
    done = simulation.run(options, genealogy);
  }

  CascadeReport report = make_cascade_report(genealogy, target);
  report.requested = options.replicates;
  report.first_replicate = options.first_replicate;
  report.top = arguments.top;
  if (!arguments.output.empty() && done > 0) {
    report.output = arguments.output;
    write_text(report.output,
               is_dot(report.output) ? cascade_dot(scenario.model, report)
                                     : cascade_csv(scenario.model, report),
               arguments.force);
  }
  if (!arguments.quiet && (arguments.json || done > 0)) {
    fmt::print("{}",
               arguments.json ? cascade_json(scenario, report) : cascade_text(scenario, report));
  }
  if (!report.interrupted()) return static_cast<int>(ExitCode::ok);
  spdlog::warn("interrupted: {} of {} replicates finished", done, report.requested);
  return static_cast<int>(ExitCode::interrupted);
}

}  // namespace

void add_cascade(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<CascadeArguments>();
  CascadeArguments& a = *arguments;
  auto* sub = program.add_subcommand("cascade", "Say who tipped whom to recognition or a rung");
  sub->add_option("SCENARIO", a.world.source,
                  "Folder, YAML file, name from `entente list scenarios`, or a result file")
      ->required()
      ->type_name("");
  sub->add_option("--ladder", a.ladder, "Ladder of the moves; default: recognition")
      ->type_name("NAME");
  sub->add_option("--rung", a.rung,
                  "Moves to this rung or higher; default: the first that recognises, the last but "
                  "one of engagement, the first of coercion")
      ->type_name("RUNG");
  sub->add_option("--authority", a.authority, "Id of the authority; default: the first")
      ->type_name("ID");
  sub->add_option("--replicates", a.replicates, "Number of runs with different luck")
      ->type_name("N")
      ->check(whole_number(1, most_replicates));
  add_world_options(*sub, a.world);
  sub->add_option("--top", a.top, fmt::format("Rows of a table; default: {}", usual_rows))
      ->type_name("N")
      ->check(whole_number(1, most_replicates));
  auto* output =
      sub->add_option("-o,--output", a.output, "Write all ties to FILE.csv, or a graph to FILE.dot")
          ->type_name("FILE");
  sub->add_flag("--force", a.force, "Replace the file if it exists")->needs(output);
  sub->add_flag("--json", a.json, "Print one JSON object instead (docs/json.md)");
  sub->add_flag("-q,--quiet", a.quiet, "Print nothing but errors");
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return cascade(*arguments); }; });
}

}  // namespace entente::cli
