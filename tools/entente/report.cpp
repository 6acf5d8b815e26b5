#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "entente/core/error.hpp"
#include "entente/io/coefficients.hpp"
#include "io/result/part_file.hpp"
#include "lab/page/documents.hpp"
#include "lab/page/page.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

constexpr const char* footer =
    R"(The page is one HTML file, for mail or an archive: any browser opens it, without the program, a
server or the network. It shows who stands where and when, on a map and in tables, how sure that is,
what variants change, and why states choose as they do. What a result file does not keep, the terms
behind choices and who drew whom, is simulated again from its inputs, with its first 64 replicates
at most.

With --json the data alone are printed, as the page gets them (tools/lab/web/src/contract.ts, Bundle).

Examples:
  entente run afghanistan-2021 -o run.h5
  entente report run.h5
      writes run.html
  entente whatif afghanistan-2026 all -o variants.h5
  entente report variants.h5 -o variants-2026.html
      the scenario beside its variants
)";

struct ReportArguments {
  std::string result;
  std::string output;
  bool force = false, json = false, quiet = false;
};

/// Where nothing is said: named after the result file, in the current folder.
std::filesystem::path output_of(const ReportArguments& arguments) {
  if (!arguments.output.empty()) return arguments.output;
  return std::filesystem::path(arguments.result).filename().replace_extension(".html");
}

/// Before anything is computed.
void check_output(const ReportArguments& arguments, const std::filesystem::path& output) {
  std::error_code ignored;
  if (std::filesystem::equivalent(arguments.result, output, ignored)) {
    throw UsageError(fmt::format("--output: found '{}', the result file; allowed: another name",
                                 output.string()));
  }
  detail::require_writable_name(output, arguments.force);
}

std::string size_text(std::size_t bytes) {
  constexpr double kilo = 1000.0;
  const auto size = static_cast<double>(bytes);
  return size < kilo * kilo ? fmt::format("{:.0f} kB", size / kilo)
                            : fmt::format("{:.1f} MB", size / (kilo * kilo));
}

std::string data_of(const ReportArguments& arguments) {
  const Json bundle = lab::bundle_document(arguments.result);
  return bundle.dump(-1, ' ', false, Json::error_handler_t::replace);
}

int report(const ReportArguments& arguments) {
  if (arguments.json) {
    fmt::print("{}\n", data_of(arguments));
    return static_cast<int>(ExitCode::ok);
  }
  const auto output = output_of(arguments);
  check_output(arguments, output);
  const auto page = lab::page_with_data(data_of(arguments));
  write_text(output, page, arguments.force);
  if (!arguments.quiet) fmt::print("Report: {} ({})\n", output.string(), size_text(page.size()));
  return static_cast<int>(ExitCode::ok);
}

}  // namespace

void add_report(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<ReportArguments>();
  auto* sub = program.add_subcommand("report", "Write a result file as a page for any browser");
  sub->add_option("RESULT", arguments->result, "File of `entente run -o` or `entente whatif -o`")
      ->required()
      ->type_name("");
  auto* output =
      sub->add_option("-o,--output", arguments->output,
                      "Name of the page; default: that of RESULT with .html, in the current folder")
          ->type_name("FILE");
  sub->add_flag("--force", arguments->force, "Replace the page if it exists");
  sub->add_flag("--json", arguments->json, "Print the page's data instead")->excludes(output);
  sub->add_flag("-q,--quiet", arguments->quiet, "Print nothing but errors");
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return report(*arguments); }; });
}

}  // namespace entente::cli
