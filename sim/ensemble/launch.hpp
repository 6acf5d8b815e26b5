#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace entente::detail {

/// How a launcher of parallel programs started this process, as its environment tells.
struct Launch {
  std::string variable;                  ///< that told
  std::optional<std::size_t> processes;  ///< nothing: at least one
};

/// Nothing where no launcher started this process itself. That a batch job has several tasks does
/// not mean so: its script runs once, and so does a program that the script calls without `srun`.
///
/// @param variable  gives the value of a variable of the environment, null where it is not set
[[nodiscard]] std::optional<Launch> launch_of(
    const std::function<const char*(const char* name)>& variable);

}  // namespace entente::detail
