#pragma once

#include <string>

namespace entente::detail {

/// A cell as CSV wants it: quoted where it holds a comma, a quote or a line break.
[[nodiscard]] inline std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace entente::detail
