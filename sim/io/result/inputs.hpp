#pragma once

#include "entente/io/scenario.hpp"
#include "io/result/netcdf.hpp"

namespace entente::detail {

/// Writes every number of a scenario by name: the coordinates at the root and the group `inputs`.
void write_inputs(netcdf::Writer& file, const Scenario& scenario);

/// The inverse of `write_inputs`.
///
/// @throws hdf5::Failure, std::invalid_argument  something is missing or not what it should be
[[nodiscard]] Scenario read_inputs(const netcdf::Reader& file);

/// Tells a variable's readers what its numbers 0, 1, ... mean.
void write_flags(hid_t dataset, const std::vector<std::string>& names);

}  // namespace entente::detail
