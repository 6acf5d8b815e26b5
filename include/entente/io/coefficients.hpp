#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "entente/estimate/fit.hpp"
#include "entente/model/model.hpp"

namespace entente {

/// What a file of coefficients says of its origin, in order: name and value.
using Provenance = std::vector<std::pair<std::string, std::string>>;

/// A fit as a file of coefficients, which a scenario takes up by `coefficients: FILE`
/// (docs/scenario-format.md): every coefficient of the case, estimated or not, with the covariance
/// of those estimated.
///
/// @param model  the scenario's, for the ladders' baselines
/// @param name   of the case among those pooled; coefficients of other cases are left out
[[nodiscard]] std::string coefficients_text(const Model& model, const Fit& fit,
                                            const Design& design, const std::string& name,
                                            const Provenance& provenance);

/// True for a text that coefficients_text() made.
[[nodiscard]] bool is_coefficients_text(const std::string& text);

/// A text as a file that appears whole or not at all.
///
/// @throws FileError  it cannot be written, or exists and `force` is false
void write_text(const std::filesystem::path& path, const std::string& text, bool force);

/// XXH3 hash (128 bits) of a text, in hexadecimal: tells apart, does not protect.
[[nodiscard]] std::string hash_text(const std::string& text);

}  // namespace entente
