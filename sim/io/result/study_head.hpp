#pragma once

#include <string>
#include <vector>

#include "entente/io/study_file.hpp"
#include "io/result/netcdf.hpp"

namespace entente::detail {

/// What the file of a study will say beside its table.
///
/// @param columns  `OUTPUT.STATISTIC`, as sweep_columns names them
/// @throws std::invalid_argument  they are not those of the study's measures
[[nodiscard]] StudyHead head_of(const Study& study, const std::vector<std::string>& columns);

/// Writes attributes and labels; the dimension `row` must be there.
void write_head(netcdf::Writer& file, const StudyHead& head);

/// The inverse of `write_head`.
///
/// @throws hdf5::Failure, std::invalid_argument  something is missing or not what it should be
[[nodiscard]] StudyHead read_head(const netcdf::Reader& file);

}  // namespace entente::detail
