#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "entente/core/error.hpp"
#include "entente/io/scenario.hpp"

namespace entente::cli {
namespace {

constexpr const char* footer =
    R"(Editors that know JSON Schema complete and check scenario files with it.

Examples:
  entente schema > entente.schema.json
      for YAML editors: `# yaml-language-server: $schema=entente.schema.json`
  entente schema | python3 -m json.tool
      to read it
)";

}  // namespace

void add_schema(CLI::App& program, Action& action) {
  auto* sub = program.add_subcommand("schema", "Print the JSON Schema of scenario files");
  sub->footer(footer);
  sub->callback([&action] {
    action = [] {
      fmt::print("{}", scenario_schema());
      return static_cast<int>(ExitCode::ok);
    };
  });
}

}  // namespace entente::cli
