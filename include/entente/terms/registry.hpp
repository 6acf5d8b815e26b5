#pragma once

#include "entente/model/term.hpp"

namespace entente {

/// Every term of the model in the order of docs/model.md, and the maker of covariates (T12).
[[nodiscard]] const TermRegistry& builtin_terms();

}  // namespace entente
