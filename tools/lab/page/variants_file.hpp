#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "entente/io/result_file.hpp"
#include "entente/io/result_tables.hpp"
#include "entente/io/variant.hpp"
#include "lab/page/parts.hpp"

// What the file of a what-if says of its variants.

namespace entente::lab {

/// What they say of themselves; none in the file of a run.
[[nodiscard]] std::vector<Variant> variants_in(const ResultTables& file);

/// `Event[]` of the world of each.
///
/// @throws FileError  an event is not of this world
[[nodiscard]] std::vector<Json> variant_events(const Model& model, const ResultTables& file,
                                               std::size_t variants);

/// What makes the file again. A file does not know where its scenario lies: SCENARIO stands for it.
[[nodiscard]] std::string command_for(const Scenario& scenario,
                                      const std::vector<Variant>& variants,
                                      const ResultExtent& extent, const std::string& name);

}  // namespace entente::lab
