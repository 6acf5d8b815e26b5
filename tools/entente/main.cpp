#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <system_error>
#include <vector>

#include "checks.hpp"
#include "commands.hpp"
#include "entente/core/error.hpp"
#include "entente/core/version.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

constexpr const char* footer = R"(Examples:
  entente list scenarios
      what there is to try
  entente run afghanistan-2021
      simulate it and say who ends where

`entente COMMAND --help` explains a command and gives two examples.
Exit status: 0 ok, 1 bug, 2 usage, 3 input, 4 numerical, 5 file, 130 interrupted.)";

/// Logs go to standard error as `entente: ...`; what was asked for goes to standard output.
void set_up_log() {
  auto log = spdlog::stderr_color_st("entente");
  log->set_pattern("%n: %^%v%$");
  log->set_level(spdlog::level::info);
  spdlog::set_default_logger(std::move(log));
}

std::string version_text() {
  return fmt::format("entente {} (commit {}, compiled by {})", version(), git_hash(), compiler());
}

/// The subcommand that was being read when parsing failed, for the hint.
std::string command_name(const CLI::App& program) {
  const auto parsed = program.get_subcommands();
  return parsed.empty() ? program.get_name() : program.get_name() + ' ' + parsed[0]->get_name();
}

int finish_parse(const CLI::App& program, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return program.exit(error);  // --help, --version
  spdlog::error("{}", error.what());
  fmt::print(stderr, "`{} --help` shows what is allowed, with examples\n", command_name(program));
  return static_cast<int>(ExitCode::usage);
}

/// CLI11 only says that a subcommand is missing where one is misspelt.
void require_command(const CLI::App& program, const std::string& found) {
  std::vector<std::string> names;
  for (const auto* command : program.get_subcommands({})) names.push_back(command->get_name());
  if (const auto problem = one_of(names)(found); !problem.empty()) throw UsageError(problem);
}

int parse_and_act(int argc, const char* const* argv) {
  CLI::App program{"Simulates how states decide to engage with and recognise contested governments",
                   "entente"};
  program.footer(footer);
  program.set_version_flag("--version", version_text());
  program.require_subcommand(1);
  program.get_formatter()->column_width(34);
  Action action;
  for (const auto add :
       {add_run, add_whatif, add_tip, add_fit, add_backtest, add_explain, add_cascade,
#ifdef ENTENTE_WITH_LAB
        add_report, add_lab,
#endif
        add_sweep, add_analyse, add_validate, add_list, add_describe, add_export, add_schema}) {
    add(program, action);
  }
  if (argc > 1 && argv[1][0] != '-') require_command(program, argv[1]);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return finish_parse(program, error);
  }
  const int status = action();
  if (std::fflush(stdout) != 0) throw FileError("standard output could not be written");
  return status;
}

/// The only place that catches: every kind of failure has its words and its exit status.
int guarded_main(int argc, const char* const* argv) {
  try {
    set_up_log();
    return parse_and_act(argc, argv);
  } catch (const InputError& error) {
    for (const auto& problem : error.problems()) fmt::print(stderr, "{}\n", problem.text());
    return static_cast<int>(error.exit_code());
  } catch (const Error& error) {
    spdlog::error("{}", error.what());
    return static_cast<int>(error.exit_code());
  } catch (const std::system_error& error) {
    // Writing to standard output, starting threads, asking the file system.
    spdlog::error("{}", error.what());
    return static_cast<int>(ExitCode::file);
  } catch (const std::bad_alloc&) {
    spdlog::error("out of memory; fewer --threads or a smaller --lanes need less");
  } catch (const std::exception& error) {
    spdlog::error("this is a bug, please report it: {}", error.what());
  }
  return static_cast<int>(ExitCode::bug);
}

}  // namespace
}  // namespace entente::cli

int main(int argc, char** argv) { return entente::cli::guarded_main(argc, argv); }
