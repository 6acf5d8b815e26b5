#pragma once

#include <span>

#include "entente/ensemble/paired.hpp"
#include "io/result/netcdf.hpp"

namespace entente::detail {

/// Writes what a baseline and its variants differ in, over the dimension `variant`, which has to be
/// there: first differences, paired estimates of counts, and what becomes of each actor.
///
/// @param model  of the baseline
void write_comparisons(netcdf::Writer& file, const Model& model,
                       std::span<const Comparison> comparisons);

}  // namespace entente::detail
