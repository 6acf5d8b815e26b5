#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "checks.hpp"
#include "commands.hpp"
#include "entente/core/error.hpp"
#include "entente/io/scenario.hpp"
#include "entente/io/study.hpp"
#include "entente/io/variant.hpp"

namespace entente::cli {
namespace {

constexpr const char* footer =
    R"(Editors that know JSON Schema complete and check scenario files, and those of variants
and studies, with it.

Examples:
  entente schema > entente.schema.json
      for YAML editors: `# yaml-language-server: $schema=entente.schema.json`
  entente schema variant > variant.schema.json
      the same for variants; `entente schema study` for studies
)";

}  // namespace

void add_schema(CLI::App& program, Action& action) {
  auto of = std::make_shared<std::string>("scenario");
  auto* sub =
      program.add_subcommand("schema", "Print the JSON Schema of scenarios, variants or studies");
  sub->add_option("FORM", *of, "scenario (default), variant or study")
      ->type_name("")
      ->check(one_of({"scenario", "study", "variant"}));
  sub->footer(footer);
  sub->callback([of, &action] {
    action = [of] {
      fmt::print("{}", *of == "variant" ? variant_schema()
                       : *of == "study" ? study_schema()
                                        : scenario_schema());
      return static_cast<int>(ExitCode::ok);
    };
  });
}

}  // namespace entente::cli
