#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/core/error.hpp"
#include "scenarios.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* footer =
    R"(Every problem of every file is reported, as file:line:column: path: found X; allowed: Y.
Exit status 3 where there is one, 0 otherwise. Nothing is run or written.

Examples:
  entente validate scenarios/classroom
      one scenario, with all that it extends and all tables that it names
  entente validate --json mine/*.yaml
      several at once, for an editor or a script
)";

struct ValidateArguments {
  std::vector<std::string> paths;
  std::vector<std::string> overrides;
  bool json = false;
};

/// What was found out about one path.
struct Verdict {
  std::string path;
  std::vector<Problem> problems;
  std::string ok;  ///< what the scenario holds, where it is valid
  ExitCode code = ExitCode::ok;
};

Verdict judge(const std::string& path, const std::vector<std::string>& overrides) {
  Verdict verdict;
  verdict.path = path;
  try {
    const Scenario scenario = read_scenario(path, overrides);
    const Model& model = scenario.model;
    verdict.ok = fmt::format(
        "{} actors, {} steps, {} terms, {} events, {} replicates, "
        "{} observations",
        model.actors.size(), model.calendar.steps(), model.terms.size(), model.events.size(),
        scenario.replicates, scenario.history.observations.size());
  } catch (const InputError& error) {
    verdict.problems = error.problems();
    verdict.code = ExitCode::input;
  } catch (const FileError& error) {
    // The other paths are still worth a look.
    verdict.problems.push_back({"", 0, 0, "", error.what()});
    verdict.code = ExitCode::file;
  }
  return verdict;
}

void print_text(const Verdict& verdict) {
  for (const auto& problem : verdict.problems) fmt::print("{}\n", problem.text());
  if (verdict.code == ExitCode::ok) fmt::print("{}: ok ({})\n", verdict.path, verdict.ok);
}

Json to_json(const Verdict& verdict) {
  Json problems = Json::array();
  for (const auto& problem : verdict.problems) {
    problems.push_back({{"file", problem.file},
                        {"line", problem.line},
                        {"column", problem.column},
                        {"path", problem.path},
                        {"message", problem.message}});
  }
  return {{"path", verdict.path},
          {"ok", verdict.code == ExitCode::ok},
          {"problems", std::move(problems)}};
}

int validate(const ValidateArguments& arguments) {
  Json report = Json::array();
  ExitCode worst = ExitCode::ok;
  for (const auto& path : arguments.paths) {
    const Verdict verdict = judge(path, arguments.overrides);
    // A wrong file says more than one that cannot be read.
    if (worst != ExitCode::input && verdict.code != ExitCode::ok) worst = verdict.code;
    if (arguments.json) {
      report.push_back(to_json(verdict));
    } else {
      print_text(verdict);
    }
  }
  if (arguments.json) {
    fmt::print("{}\n", report.dump(2, ' ', false, Json::error_handler_t::replace));
  }
  return static_cast<int>(worst);
}

}  // namespace

void add_validate(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<ValidateArguments>();
  auto* sub = program.add_subcommand("validate", "Check scenarios and report every problem");
  sub->add_option("PATH", arguments->paths, "Folders, YAML files, names or result files")
      ->required()
      ->type_name("");
  sub->add_option("--set", arguments->overrides, "Check with this setting; repeatable")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  sub->add_flag("--json", arguments->json, "Print one JSON array instead (docs/json.md)");
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return validate(*arguments); }; });
}

}  // namespace entente::cli
