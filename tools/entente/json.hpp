#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "entente/core/calendar.hpp"

namespace entente::cli {

/// Keys stay in the order in which they are written.
using Json = nlohmann::ordered_json;

/// JSON knows neither infinity nor NaN: null stands for them.
[[nodiscard]] inline Json finite(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

/// First and last step, their unit and their number.
[[nodiscard]] inline Json time_json(const Calendar& calendar) {
  return {{"start", calendar.label(0)},
          {"end", calendar.label(calendar.steps() - 1)},
          {"step", to_string(calendar.unit())},
          {"steps", calendar.steps()}};
}

/// As it is printed, with a line end; bytes that are no UTF-8 are replaced.
[[nodiscard]] inline std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace entente::cli
