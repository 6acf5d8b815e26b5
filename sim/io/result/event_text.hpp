#pragma once

#include <string>

#include "entente/model/event.hpp"
#include "entente/model/parameters.hpp"

namespace entente::detail {

/// An event or body as one line of JSON that holds every number of it (docs/result-format.md).
/// Parameters are addressed by name and position, so that the text needs no table of slots.
[[nodiscard]] std::string to_text(const Event& event, const ParameterTable& parameters);
[[nodiscard]] std::string to_text(const Body& body, const ParameterTable& parameters);

/// The inverse.
///
/// @throws std::invalid_argument  the text is not what `to_text` writes
[[nodiscard]] Event event_from_text(const std::string& text, const ParameterTable& parameters);
[[nodiscard]] Body body_from_text(const std::string& text, const ParameterTable& parameters);

}  // namespace entente::detail
