#pragma once

#include <string>

#include "entente/model/parameters.hpp"
#include "entente/model/term.hpp"

namespace entente::cli {

/// What a parameter has one number for, in words.
[[nodiscard]] std::string shape_text(Shape shape);

/// `engagement, recognition`.
[[nodiscard]] std::string ladder_names(LadderSet ladders);

}  // namespace entente::cli
