#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "commands.hpp"
#include "ensemble_options.hpp"
#include "entente/io/whatif_file.hpp"
#include "entente/terms/registry.hpp"
#include "interrupt.hpp"
#include "progress.hpp"
#include "scenarios.hpp"
#include "table.hpp"
#include "usage_error.hpp"
#include "variants.hpp"
#include "whatif_report.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t usual_replicates = 1000;

constexpr const char* footer =
    R"(Baseline and variants meet the same luck, draw by draw (common random numbers), so a difference is
caused by the variant, and its interval is narrow. A VARIANT is a name from the scenario's folder
`variants`, a YAML file, or `all`; --list names what there is. The language of --event stands in
docs/scenario-format.md.

Examples:
  entente whatif afghanistan-2026 all
      every variant that comes with the scenario, in one table
  entente whatif afghanistan-2026 --event "2026-03-01 recognise CHN,UZB" -o first-movers.h5
      who follows if China and Uzbekistan recognise in March 2026, with everything kept in a file
)";

struct WhatIfArguments {
  std::string scenario;
  VariantArguments variants;
  std::vector<std::string> overrides;
  EnsembleArguments ensemble;
  std::string output;
  bool list = false, force = false, all = false, json = false, quiet = false;
};

std::vector<Simulation> simulations_of(const std::vector<VariedScenario>& variants) {
  std::vector<Simulation> out;
  out.reserve(variants.size());
  for (const auto& varied : variants) out.emplace_back(varied.scenario.model, builtin_terms());
  return out;
}

int list_variants(const std::string& scenario) {
  Table table({{"variant"}, {"title"}});
  for (const auto& file : variants_of(find_base(scenario))) {
    const Variant variant = read_variant(file);
    table.add({variant.name, variant.title});
  }
  fmt::print("{}", table.text());
  return static_cast<int>(ExitCode::ok);
}

int whatif(const WhatIfArguments& arguments) {
  if (arguments.list) return list_variants(arguments.scenario);
  WhatIf answer = [&] {
    Scenario baseline = read_scenario(arguments.scenario, arguments.overrides);
    baseline.replicates = usual_replicates;
    apply(arguments.ensemble, baseline);
    Summary summary(baseline.model);
    return WhatIf{std::move(baseline), std::move(summary), {}, {}, 0, 0, false, {}};
  }();
  answer.variants = read_variants(arguments.scenario, arguments.variants, arguments.overrides);
  for (auto& varied : answer.variants) {
    varied.scenario.model.seed = answer.baseline.model.seed;
    answer.comparisons.emplace_back(answer.baseline.model, varied.scenario.model);
  }
  answer.requested = answer.baseline.replicates;
  answer.first_replicate = first_replicate(arguments.ensemble, 0, answer.requested);

  const Simulation baseline(answer.baseline.model, builtin_terms());
  const auto simulations = simulations_of(answer.variants);
  std::vector<const Simulation*> pointers;
  for (const auto& simulation : simulations) pointers.push_back(&simulation);

  Interrupt interrupt;  // outlives the writer: no signal finds a part file unguarded
  std::optional<WhatIfWriter> writer;
  if (!arguments.output.empty()) {
    writer.emplace(arguments.output, answer.baseline, baseline, answer.variants, arguments.force);
    interrupt.remove_at_once(arguments.output + ".part");
  }
  PairedOptions options;
  options.first_replicate = answer.first_replicate;
  options.replicates = answer.requested;
  options.threads = arguments.ensemble.threads;
  options.lanes = arguments.ensemble.lanes;
  options.stop = interrupt.flag();
  std::size_t done = 0;
  {
    Progress progress("pairs", answer.requested * pointers.size(), !arguments.quiet);
    options.progress = [&](std::size_t finished) { progress.update(finished); };
    done = run_paired(baseline, pointers, options, answer.summary, answer.comparisons,
                      writer ? writer->observer() : PairObserver{});
  }
  if (writer && done > 0) {
    writer->finish(answer.summary, answer.comparisons);
    answer.output = arguments.output;
  }
  answer.interrupted = done < answer.requested;
  if (arguments.json) {
    if (!arguments.quiet) fmt::print("{}", whatif_json(answer));
  } else if (!arguments.quiet && done > 0) {
    fmt::print("{}", whatif_text(answer, arguments.all));
  }
  if (!answer.output.empty() && !arguments.quiet && !arguments.json) {
    fmt::print("\nResult file: {}\n", answer.output.string());
  }
  if (answer.interrupted) {
    spdlog::warn(
        "interrupted: {} of {} replicates finished for all variants, {}", done, answer.requested,
        answer.output.empty() ? "nothing was written" : "kept in " + answer.output.string());
  }
  return static_cast<int>(answer.interrupted ? ExitCode::interrupted : ExitCode::ok);
}

}  // namespace

void add_whatif(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<WhatIfArguments>();
  WhatIfArguments& a = *arguments;
  auto* sub = program.add_subcommand("whatif", "Compare a scenario with variants on the same luck");
  sub->add_option("SCENARIO", a.scenario,
                  "Folder, YAML file, or name from `entente list scenarios`")
      ->required()
      ->type_name("");
  add_variant_options(*sub, a.variants);
  sub->add_flag("--list", a.list, "Name the variants that the scenario offers, and do no more");
  add_set_option(*sub, a.overrides, "Change a number of the baseline and of all variants");
  add_ensemble_options(*sub, a.ensemble, "1000");
  auto* output = sub->add_option("-o,--output", a.output, "Write everything to this HDF5 file")
                     ->type_name("FILE");
  sub->add_flag("--force", a.force, "Replace the file if it exists")->needs(output);
  sub->add_flag("--all", a.all, "List every country whose path changed");
  sub->add_flag("--json", a.json, "Print one JSON object instead (docs/json.md)");
  sub->add_flag("-q,--quiet", a.quiet, "Print nothing but errors");
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return whatif(*arguments); }; });
}

}  // namespace entente::cli
