#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "checks.hpp"
#include "commands.hpp"
#include "entente/core/error.hpp"
#include "entente/io/coefficients.hpp"
#include "io/result/part_file.hpp"
#include "study_findings.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t most_rows = 1'000'000;
constexpr std::size_t most_resamples = 1'000'000;

constexpr const char* footer =
    R"(The design of the study decides what is said: Sobol indices of Saltelli's design, elementary effects
of Morris's, correlations of a sample, means of a grid, changes of one at a time; and for each
interest of the study, or of --discover, the boxes of parameters in which it is common (docs/model.md, section 16).

Examples:
  entente analyse study.h5 --output recognitions@2030-12
      what decides about one output
  entente analyse study.h5 --discover "recognitions@2030-12.q95 >= 5" --csv tables
      where five recognitions are within reach; all numbers as tables
)";

struct AnalyseArguments {
  std::string source;
  FindingOptions options;
  std::size_t top = usual_rows;
  std::string folder;
  bool force = false, json = false, quiet = false;
};

/// Writes all tables or, where one of them may not be written, none.
std::vector<std::string> write_tables(const Findings& findings, const AnalyseArguments& arguments) {
  std::vector<std::string> written;
  if (arguments.folder.empty()) return written;
  const std::filesystem::path folder(arguments.folder);
  const auto tables = findings_csv(findings);
  for (const auto& table : tables) {
    detail::require_writable_name(folder / table.name, arguments.force);
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  for (const auto& table : tables) {
    write_text(folder / table.name, table.text, arguments.force);
    written.push_back((folder / table.name).string());
  }
  return written;
}

int analyse(const AnalyseArguments& arguments) {
  const StudyFile file(arguments.source);
  const Findings findings = findings_of(file, arguments.options);
  const auto written = write_tables(findings, arguments);
  if (arguments.quiet) return static_cast<int>(ExitCode::ok);
  if (arguments.json) {
    fmt::print("{}", findings_json(findings, arguments.source, written));
    return static_cast<int>(ExitCode::ok);
  }
  fmt::print("{}", findings_text(findings, arguments.top));
  if (!written.empty()) fmt::print("\n");
  for (const auto& path : written) fmt::print("{}\n", path);
  return static_cast<int>(ExitCode::ok);
}

}  // namespace

void add_analyse(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<AnalyseArguments>();
  AnalyseArguments& a = *arguments;
  auto* sub = program.add_subcommand("analyse", "Say what a study shows: what matters, and where");
  sub->add_option("STUDY", a.source, "File of `entente sweep -o`")->required()->type_name("");
  sub->add_option("--output", a.options.outputs,
                  "Output to analyse; again for more; default: the study's choice, else all")
      ->type_name("NAME");
  sub->add_option("--statistic", a.options.statistic,
                  "Of the output over replicates; default: mean")
      ->type_name("NAME");
  sub->add_option("--discover", a.options.discover,
                  "Look for boxes: OUTPUT[.STATISTIC] >= NUMBER, or <=; again for more; default: "
                  "the study's choice")
      ->type_name("TEXT");
  sub->add_option("--box", a.options.box, "Tell this box of those found; default: the knee")
      ->type_name("N")
      ->check(whole_number(0, most_rows));
  sub->add_option("--resamples", a.options.resamples,
                  "Resamples behind an interval; default: the study's choice")
      ->type_name("N")
      ->check(whole_number(0, most_resamples));
  sub->add_option("--top", a.top, fmt::format("Rows of a table; default: {}", usual_rows))
      ->type_name("N")
      ->check(whole_number(1, most_rows));
  auto* folder = sub->add_option("--csv", a.folder, "Write all numbers as tables into a folder")
                     ->type_name("FOLDER");
  sub->add_flag("--force", a.force, "Replace tables that exist")->needs(folder);
  sub->add_flag("--json", a.json, "Print one JSON object instead (docs/json.md)");
  sub->add_flag("-q,--quiet", a.quiet, "Print nothing but errors");
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return analyse(*arguments); }; });
}

}  // namespace entente::cli
