#pragma once

#include <span>
#include <string>
#include <vector>

#include "entente/ensemble/state_summary.hpp"
#include "entente/ensemble/summary.hpp"
#include "entente/model/model.hpp"
#include "io/result/netcdf.hpp"

namespace entente::detail {

/// Dimensions of a variable with the authority in front where there are several.
[[nodiscard]] std::vector<std::string> per_authority(const Model& model,
                                                     std::vector<std::string> dimensions);

/// Writes `quantile` and `<ladder>_probability`, `<ladder>_count_mean`, `<ladder>_count_quantile`.
void write_summary(netcdf::Writer& file, const Model& model, const Summary& summary);

/// Writes the same of variants, `<ladder>_variant_probability` and so on, with the dimension
/// `variant` in front; after `write_summary`.
void write_variant_summaries(netcdf::Writer& file, const Model& model,
                             std::span<const Summary* const> summaries);

/// Writes `rights_probability`, `hardliner_mean`, ... of authorities, groups and bodies.
void write_state_summary(netcdf::Writer& file, const Model& model, const StateSummary& summary);

}  // namespace entente::detail
