#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>
#include <system_error>

#include "checks.hpp"
#include "commands.hpp"
#include "ensemble_options.hpp"
#include "entente/core/error.hpp"
#include "interrupt.hpp"
#include "lab/server/server.hpp"
#include "scenarios.hpp"

namespace entente::cli {
namespace {

constexpr const char* footer =
    R"(Open the printed address in a browser on this computer; nobody else can reach it, and only who knows
the address gets an answer. It holds until Ctrl-C ends the program; every start has a new one.

Examples:
  entente lab
      the scenarios that come with the program: turn knobs, add events, run, compare, explain
  entente lab out.h5
      begins with the results of `entente run -o` or `entente whatif -o`
)";

struct LabArguments {
  std::string source;
  std::uint16_t port = 0;
  std::size_t threads = 0;
};

int lab(const LabArguments& arguments) {
  entente::lab::ServerOptions options;
  options.port = arguments.port;
  options.threads = arguments.threads;
  if (!arguments.source.empty()) {
    options.source = find_scenario(arguments.source);
    std::error_code ignored;
    if (!std::filesystem::exists(options.source, ignored)) {
      throw FileError(fmt::format("{}: found no such file", options.source.string()));
    }
  }
  const Interrupt interrupt;
  entente::lab::Server server(options);
  fmt::print("{}\n", server.address());
  if (std::fflush(stdout) != 0) throw FileError("standard output could not be written");
  server.serve(*interrupt.flag());
  return static_cast<int>(ExitCode::ok);
}

}  // namespace

void add_lab(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<LabArguments>();
  LabArguments& a = *arguments;
  auto* sub = program.add_subcommand("lab", "Open a page to vary, run and explain scenarios");
  sub->add_option("SOURCE", a.source, "Result file to begin with, or a scenario of your own")
      ->type_name("");
  sub->add_option("--port", a.port, "Port to listen on; default: a free one")
      ->type_name("N")
      ->check(whole_number(0, std::numeric_limits<std::uint16_t>::max()));
  add_threads_option(*sub, a.threads);
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return lab(*arguments); }; });
}

}  // namespace entente::cli
