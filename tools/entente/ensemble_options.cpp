#include "ensemble_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "checks.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t most_replicates = 10'000'000;
constexpr std::size_t last_replicate =
    0xFFFF'FFFF;  // their numbers are words of the draws' address
constexpr std::size_t most_threads = 4096;
constexpr std::size_t most_lanes = 65536;

}  // namespace

void add_ensemble_options(CLI::App& sub, EnsembleArguments& arguments,
                          std::string_view replicates) {
  sub.add_option("--replicates", arguments.replicates,
                 fmt::format("Number of runs with different luck ({})", replicates))
      ->type_name("N")
      ->check(whole_number(1, most_replicates));
  sub.add_option("--seed", arguments.seed, "Seed of the luck")
      ->type_name("N")
      ->check(whole_number());
  sub.add_option("--first-replicate", arguments.first_replicate, "Number of the first replicate")
      ->type_name("N")
      ->check(whole_number(0, last_replicate));
  add_threads_option(sub, arguments.threads);
  sub.add_option("--lanes", arguments.lanes,
                 "Replicates per tile, a multiple of 8; 0 = chosen. Changes no result")
      ->type_name("N")
      ->check(whole_number(0, most_lanes, 8));
}

void add_threads_option(CLI::App& sub, std::size_t& threads) {
  sub.add_option("--threads", threads, "Threads to use; 0 = all. Changes no result")
      ->type_name("N")
      ->check(whole_number(0, most_threads));
}

void apply(const EnsembleArguments& arguments, Scenario& scenario) {
  if (arguments.replicates) scenario.replicates = *arguments.replicates;
  if (arguments.seed) scenario.model.seed = *arguments.seed;
}

std::size_t first_replicate(const EnsembleArguments& arguments, std::size_t usual,
                            std::size_t replicates) {
  const std::size_t first = arguments.first_replicate.value_or(usual);
  if (first > last_replicate - (replicates - 1)) {
    throw UsageError(fmt::format("--first-replicate: found {}; allowed: the last replicate is {}",
                                 first, last_replicate));
  }
  return first;
}

}  // namespace entente::cli
