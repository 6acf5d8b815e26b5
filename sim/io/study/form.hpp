#pragma once

#include "io/scenario/spec.hpp"

namespace entente::detail {

/// The form of a study. Kinds and fields of distributions, designs and measures come from their own
/// tables.
[[nodiscard]] const Spec& study_form();

}  // namespace entente::detail
