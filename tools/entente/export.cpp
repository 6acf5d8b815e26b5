#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.hpp"
#include "entente/core/error.hpp"
#include "entente/io/result_file.hpp"

namespace entente::cli {
namespace {

constexpr const char* footer =
    R"(One table per variable of the file: a column per dimension, then the value. Of a study also
points.csv, with a line per row of its design: parameters, then what was measured.

Examples:
  entente export out.h5 --csv tables
      writes tables/engagement.csv and the others
  entente export out.h5 --csv tables --force
      the same, replacing tables that are there
)";

struct ExportArguments {
  std::string result;
  std::string folder;
  bool force = false;
  bool quiet = false;
};

int export_tables(const ExportArguments& arguments) {
  const auto written = export_csv(arguments.result, arguments.folder, arguments.force);
  if (!arguments.quiet) {
    for (const auto& path : written) fmt::print("{}\n", path.string());
  }
  return static_cast<int>(ExitCode::ok);
}

}  // namespace

void add_export(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<ExportArguments>();
  auto* sub = program.add_subcommand("export", "Write the tables of a result file as CSV");
  sub->add_option("RESULT", arguments->result,
                  "File of `entente run -o`, `whatif -o` or `sweep -o`")
      ->required()
      ->type_name("");
  sub->add_option("--csv", arguments->folder, "Folder for the tables")
      ->required()
      ->type_name("FOLDER");
  sub->add_flag("--force", arguments->force, "Replace tables that exist");
  sub->add_flag("-q,--quiet", arguments->quiet, "Do not name the tables written");
  sub->footer(footer);
  sub->callback(
      [arguments, &action] { action = [arguments] { return export_tables(*arguments); }; });
}

}  // namespace entente::cli
