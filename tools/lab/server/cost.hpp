#pragma once

#include <cstddef>

#include "entente/io/scenario.hpp"
#include "lab/server/run.hpp"

namespace entente::lab {

// What a run costs, estimated before it begins, and how much of it a page may ask for.

/// @throws Refused  400 it would take too long
void require_time(const Run& run);

/// @return  bytes of the file that write_result() makes of a run, before they are compressed
/// @throws Refused  400 it would become too large
std::size_t require_file_size(const Run& run);

/// Bytes of memory that a scenario holds, or all that a run does; but for small parts.
[[nodiscard]] std::size_t memory_of(const Scenario& scenario);
[[nodiscard]] std::size_t memory_of(const Run& run);

}  // namespace entente::lab
