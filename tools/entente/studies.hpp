#pragma once

#include <filesystem>
#include <string>

namespace entente::cli {

/// The file of a study: a path, or `SCENARIO/NAME` of a study that a scenario offers.
///
/// @throws UsageError  the scenario has none of that name, or it is a scenario; the message lists
///                     its studies
/// @throws FileError   there is no such file
[[nodiscard]] std::filesystem::path find_study(const std::string& name);

}  // namespace entente::cli
