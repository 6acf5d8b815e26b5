#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "entente/core/error.hpp"
#include "entente/io/study.hpp"
#include "entente/io/variant.hpp"
#include "json.hpp"
#include "scenarios.hpp"

namespace entente::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* footer =
    R"(Every problem of every file is reported, as file:line:column: path: found X; allowed: Y.
A YAML file in the folder `variants` of a scenario is laid over that scenario; one in a
folder `studies`, or with a design, is a study.
Exit status 3 where there is one, 0 otherwise. Nothing is run or written.

Examples:
  entente validate scenarios/classroom
      one scenario, with all that it extends and all tables that it names, then its variants
      and studies
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

std::string contents(const Scenario& scenario) {
  const Model& model = scenario.model;
  return fmt::format("{} actors, {} steps, {} terms, {} events, {} replicates, {} observations",
                     model.actors.size(), model.calendar.steps(), model.terms.size(),
                     model.events.size(), scenario.replicates,
                     scenario.history.observations.size());
}

/// What becomes of an attempt to read; `read` gives what is there, in words.
template <class Read>
Verdict judge(const std::string& path, const Read& read) {
  Verdict verdict;
  verdict.path = path;
  try {
    verdict.ok = read();
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

Verdict judge_variant(const fs::path& scenario, const fs::path& file,
                      const std::vector<std::string>& overrides) {
  return judge(file.string(), [&] {
    return "variant: " + load_variant(scenario, {file, {}, {}}, overrides).variant.title;
  });
}

std::string contents(const Study& study) {
  std::string text = fmt::format("study: {}; {} parameters, {} points, {} measures, {} replicates",
                                 study.title, study.parameters.size(), study.design.rows(),
                                 study.measures.size(), study.replicates);
  for (const auto& warning : study.warnings) text += "; note: " + warning;
  return text;
}

/// @param alone  try every parameter under every variant, which takes seconds; else all at once
Verdict judge_study(const fs::path& file, const std::vector<std::string>& overrides, bool alone) {
  return judge(file.string(), [&] {
    const Study study = load_study(file, {overrides, {}, {}});
    auto text = contents(study);
    if (!alone) return text;
    for (const auto p : StudyModels(study).without_effect())
      text += fmt::format("; note: {} has no effect", study.parameters[p].name);
    return text;
  });
}

/// The verdict on a path and, where it is a scenario without problems, those on its variants and
/// studies.
std::vector<Verdict> judge_all(const std::string& path, const std::vector<std::string>& overrides) {
  if (const auto scenario = scenario_of_variant(path))
    return {judge_variant(*scenario, path, overrides)};
  if (is_study(path)) return {judge_study(path, overrides, true)};
  std::vector<Verdict> verdicts{
      judge(path, [&] { return contents(read_scenario(path, overrides)); })};
  if (verdicts[0].code == ExitCode::ok) {
    const auto scenario = find_scenario(path);
    for (const auto& file : variants_of(scenario))
      verdicts.push_back(judge_variant(scenario, file, overrides));
    for (const auto& file : studies_of(scenario))
      verdicts.push_back(judge_study(file, overrides, false));
  }
  return verdicts;
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
    for (const auto& verdict : judge_all(path, arguments.overrides)) {
      // A wrong file says more than one that cannot be read.
      if (worst != ExitCode::input && verdict.code != ExitCode::ok) worst = verdict.code;
      if (arguments.json) {
        report.push_back(to_json(verdict));
      } else {
        print_text(verdict);
      }
    }
  }
  if (arguments.json) {
    fmt::print("{}", json_text(report));
  }
  return static_cast<int>(worst);
}

}  // namespace

void add_validate(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<ValidateArguments>();
  auto* sub = program.add_subcommand(
      "validate", "Check scenarios, variants and studies and report every problem");
  sub->add_option("PATH", arguments->paths,
                  "Folders, YAML files (also of variants and studies), names or result files")
      ->required()
      ->type_name("");
  add_set_option(*sub, arguments->overrides, "Check with this setting");
  sub->add_flag("--json", arguments->json, "Print one JSON array instead (docs/json.md)");
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return validate(*arguments); }; });
}

}  // namespace entente::cli
