#pragma once

#include "io/scenario/node.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/sources.hpp"

namespace entente::detail {

/// Reads the file of coefficients that `name` names, from the folder of the file that it stands in,
/// and lays its values over a scenario: those of terms and covariates that the scenario has, and of
/// ladders. They keep the place where they were written. What is wrong is reported.
void lay_coefficients(YamlNode& scenario, const YamlNode& name, Sources& sources,
                      Problems& problems);

}  // namespace entente::detail
