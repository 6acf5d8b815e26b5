#pragma once

#include "io/scenario/spec.hpp"

namespace entente::detail {

/// The form of a whole scenario file. Names of parameters, terms, fields and targets come from the
/// model's own tables.
[[nodiscard]] const Spec& scenario_form();

/// The form of a variant: keys of its own, and those of a scenario that leave the two comparable.
/// Values that are the same in both are the same specs.
[[nodiscard]] const Spec& variant_form();

/// The form of a file of coefficients.
[[nodiscard]] const Spec& coefficients_form();

}  // namespace entente::detail
