#pragma once

#include <string>
#include <vector>

#include "entente/io/variant.hpp"

namespace CLI {
class App;
}

namespace entente::cli {

/// Variants as a command line names them.
struct VariantArguments {
  std::vector<std::string> names;    ///< of the scenario's folder `variants`, files, or `all`
  std::vector<std::string> events;   ///< inline events; each text is a variant
  std::vector<std::string> changes;  ///< `path=value`; each is a variant
};

/// Adds VARIANT..., --event and --change to a subcommand.
void add_variant_options(CLI::App& sub, VariantArguments& arguments);

/// The scenario, by name or path, that variants are laid over.
///
/// @throws UsageError  it is a result file, whose numbers are resolved
/// @throws FileError   there is no such file or folder
[[nodiscard]] std::filesystem::path find_base(const std::string& scenario);

/// The file of a variant by name or path; one that ends in `.yaml` is a path.
///
/// @throws UsageError  the scenario has none of that name; the message lists those it has
[[nodiscard]] std::filesystem::path find_variant(const std::filesystem::path& scenario,
                                                 const std::string& name);

/// Reads all variants asked for, in the order named, events and changes last.
///
/// @param overrides  those of the baseline, which the variants share
/// @throws UsageError  none is asked for, or two have the same name; otherwise as `find_base` and
///                     `find_variant`
/// @throws InputError  all problems of all variants at once
[[nodiscard]] std::vector<VariedScenario> read_variants(const std::string& scenario,
                                                        const VariantArguments& arguments,
                                                        const std::vector<std::string>& overrides);

}  // namespace entente::cli
