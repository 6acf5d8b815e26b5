#include "worlds.hpp"

#include <CLI/CLI.hpp>

#include "scenarios.hpp"
#include "variants.hpp"

namespace entente::cli {

void add_world_options(CLI::App& sub, WorldArguments& arguments) {
  add_set_option(sub, arguments.overrides, "Change a number of the scenario");
  sub.add_option("--variant", arguments.variant,
                 "Lay a variant over the scenario: a name of `entente whatif --list`, or a file")
      ->type_name("NAME");
  sub.add_option("--event", arguments.events,
                 "Lay events over it, such as \"2026-03 recognise CHN,UZB\"; repeatable")
      ->type_name("TEXT")
      ->allow_extra_args(false);
}

Scenario read_world(const WorldArguments& arguments) {
  if (arguments.variant.empty() && arguments.events.empty() && arguments.changes.empty()) {
    return read_scenario(arguments.source, arguments.overrides);
  }
  const auto scenario = find_base(arguments.source);
  VariantSource source;
  if (!arguments.variant.empty()) source.file = find_variant(scenario, arguments.variant);
  source.events = arguments.events;
  source.settings = arguments.changes;
  return load_variant(scenario, source, arguments.overrides).scenario;
}

}  // namespace entente::cli
