#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>

#include "checks.hpp"
#include "commands.hpp"
#include "ensemble_options.hpp"
#include "entente/core/error.hpp"
#include "entente/ensemble/summary.hpp"
#include "entente/io/result_file.hpp"
#include "entente/terms/registry.hpp"
#include "interrupt.hpp"
#include "progress.hpp"
#include "recorded.hpp"
#include "run_report.hpp"
#include "worlds.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t usual_rows = 40;

constexpr const char* footer =
    R"(Without -o no file is written: the table on standard output is all there is.
A result file holds its inputs, so `run` on it computes it again, byte for byte.

Examples:
  entente run afghanistan-2021
      who ends where, with probabilities, beside what was observed
  entente run afghanistan-2021 --set terms.rights.coefficient=0 --replicates 1000 -o no-rights.h5
      the world without rights pressure, a thousand times, kept in a file
)";

const std::map<std::string, RecordLevel>& record_levels() {
  static const std::map<std::string, RecordLevel> levels{{"summary", RecordLevel::summary},
                                                         {"rungs", RecordLevel::rungs},
                                                         {"full", RecordLevel::full}};
  return levels;
}

struct RunArguments {
  WorldArguments world;
  std::string output;
  EnsembleArguments ensemble;
  std::string record;
  bool force = false, json = false, quiet = false, all = false;
};

/// The scenario with what the command line says about the ensemble, so that the result file holds
/// what was run.
Scenario prepare(const RunArguments& arguments) {
  Scenario scenario = read_world(arguments.world);
  apply(arguments.ensemble, scenario);
  if (!arguments.record.empty()) scenario.record = record_levels().at(arguments.record);
  return scenario;
}

void announce(const RunArguments& arguments, const RunReport& report) {
  if (!report.output.empty() && !arguments.quiet && !arguments.json) {
    fmt::print("\nResult file: {}\n", report.output.string());
  }
  if (!report.interrupted) return;
  const std::string kept = report.output.empty() ? std::string("no file was asked for")
                                                 : "kept in " + report.output.string();
  spdlog::warn("interrupted: {} of {} replicates finished, {}", report.replicates, report.requested,
               report.replicates == 0 ? "nothing was written" : kept);
}

int run(const RunArguments& arguments) {
  const Scenario scenario = prepare(arguments);
  const Simulation simulation(scenario.model, builtin_terms());

  Interrupt interrupt;  // outlives the writer: no signal finds a part file unguarded
  Summary summary(simulation.model());
  std::vector<Recorder*> recorders{&summary};
  std::optional<ResultWriter> writer;
  RunOptions options;
  options.record = RecordLevel::summary;
  if (!arguments.output.empty()) {
    options.record = scenario.record;
    writer.emplace(arguments.output, scenario, simulation, scenario.record, arguments.force);
    interrupt.remove_at_once(arguments.output + ".part");
    recorders.push_back(&*writer);
  }
  Tee recorder(std::move(recorders));
  // A result file that is run again begins where it began.
  options.first_replicate =
      first_replicate(arguments.ensemble, replicates_in(arguments.world.source, scenario).first,
                      scenario.replicates);
  options.replicates = scenario.replicates;
  options.threads = arguments.ensemble.threads;
  options.lanes = arguments.ensemble.lanes;

  options.stop = interrupt.flag();
  std::size_t done = 0;
  {
    Progress progress("replicates", scenario.replicates, !arguments.quiet);
    options.progress = [&](std::size_t finished) { progress.update(finished); };
    done = simulation.run(options, recorder);
  }
  if (writer && done > 0) writer->finish();

  RunReport report = make_report(scenario, summary);
  report.requested = scenario.replicates;
  report.first_replicate = options.first_replicate;
  report.interrupted = done < scenario.replicates;
  if (writer && done > 0) report.output = arguments.output;
  if (arguments.json) {
    if (!arguments.quiet) fmt::print("{}", report_json(scenario, report));
  } else if (!arguments.quiet && done > 0) {
    constexpr auto every = std::numeric_limits<std::size_t>::max();
    fmt::print("{}", report_text(scenario, report, arguments.all ? every : usual_rows));
  }
  announce(arguments, report);
  return static_cast<int>(report.interrupted ? ExitCode::interrupted : ExitCode::ok);
}

}  // namespace

void add_run(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<RunArguments>();
  RunArguments& a = *arguments;
  auto* sub = program.add_subcommand("run", "Simulate a scenario and say who ends where");
  sub->add_option("SCENARIO", a.world.source,
                  "Folder, YAML file, name from `entente list scenarios`, or a result file")
      ->required()
      ->type_name("");
  auto* output = sub->add_option("-o,--output", a.output, "Write the results to this HDF5 file")
                     ->type_name("FILE");
  sub->add_flag("--force", a.force, "Replace the result file if it exists")->needs(output);
  add_world_options(*sub, a.world);
  add_ensemble_options(*sub, a.ensemble, "as the scenario says");
  sub->add_option("--record", a.record, "What the file keeps: summary, rungs or full")
      ->type_name("LEVEL")
      ->check(one_of({"summary", "rungs", "full"}))
      ->needs(output);
  sub->add_flag("--all", a.all, fmt::format("List every country, not the first {}", usual_rows));
  sub->add_flag("--json", a.json, "Print one JSON object instead (docs/json.md)");
  sub->add_flag("-q,--quiet", a.quiet, "Print nothing but errors");
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

}  // namespace entente::cli
