#include "io/shortest.hpp"

#include <fmt/format.h>

#include <charconv>

namespace entente::detail {

double shortest(float value) {
  const auto digits = fmt::format("{}", value);
  double neat = 0.0;
  std::from_chars(digits.data(), digits.data() + digits.size(), neat);
  return static_cast<float>(neat) == value ? neat : static_cast<double>(value);
}

}  // namespace entente::detail
