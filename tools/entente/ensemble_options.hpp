#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "entente/io/scenario.hpp"

namespace CLI {
class App;
}

namespace entente::cli {

/// How many replicates, with which luck, on how many threads.
struct EnsembleArguments {
  std::optional<std::size_t> replicates;
  std::optional<std::uint64_t> seed;
  std::optional<std::size_t> first_replicate;
  std::size_t threads = 0;
  std::size_t lanes = 0;
};

/// Adds --replicates, --seed, --first-replicate, --threads and --lanes to a subcommand.
///
/// @param replicates  what is said of the usual number, in brackets
void add_ensemble_options(CLI::App& sub, EnsembleArguments& arguments, std::string_view replicates);

/// Adds --threads alone.
void add_threads_option(CLI::App& sub, std::size_t& threads);

/// Gives a scenario what the command line says about the ensemble, so that a file holds what was
/// run. Where it says no number of replicates the scenario keeps its own.
void apply(const EnsembleArguments& arguments, Scenario& scenario);

/// The first replicate asked for, else `usual`.
///
/// @throws UsageError  the last of `replicates` would have too large a number
[[nodiscard]] std::size_t first_replicate(const EnsembleArguments& arguments, std::size_t usual,
                                          std::size_t replicates);

}  // namespace entente::cli
