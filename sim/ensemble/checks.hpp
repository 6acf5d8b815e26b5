#pragma once

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "model/findings.hpp"

namespace entente::detail {

/// @throws std::invalid_argument  there are findings; all of them, a line each
inline void refuse(const std::vector<std::string>& findings) {
  if (findings.empty()) return;
  std::string lines = findings.front();
  for (std::size_t n = 1; n < findings.size(); ++n) lines += '\n' + findings[n];
  throw std::invalid_argument(lines);
}

/// A check of a double whose finding names the field below a path.
class FieldChecks {
 public:
  FieldChecks(Findings& findings, std::string_view path) : findings_(findings), path_(path) {}

  bool expect(bool holds, std::string_view field, double found, std::string_view allowed) {
    return expect(holds, field, fmt::format("{}", found), allowed);
  }
  bool expect(bool holds, std::string_view field, const std::string& found,
              std::string_view allowed) {
    if (!holds) findings_.report(name(field), found, allowed);
    return holds;
  }
  bool finite(std::string_view field, double found) {
    return expect(std::abs(found) <= 1e150, field, found, "-1e150 to 1e150");
  }
  /// In a range that can be multiplied and divided without leaving the numbers.
  bool positive(std::string_view field, double found) {
    return expect(found >= 1e-150 && found <= 1e150, field, found, "1e-150 to 1e150");
  }
  bool in(std::string_view field, double found, double low, double high) {
    return expect(found >= low && found <= high, field, found, fmt::format("{} to {}", low, high));
  }
  /// A range of finite ends that is not empty.
  bool range(double low, double high) {
    const bool low_fits = finite("low", low);
    const bool high_fits = finite("high", high);
    return low_fits && high_fits &&
           expect(low < high, "low", low, fmt::format("below high ({})", high));
  }

 private:
  [[nodiscard]] std::string name(std::string_view field) const {
    if (path_.empty()) return std::string(field);
    return std::string(path_) + '.' + std::string(field);
  }

  Findings& findings_;
  std::string_view path_;
};

}  // namespace entente::detail
