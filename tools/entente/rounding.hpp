#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace entente::cli {

/// Numbers as they are printed: each a whole number of units of 10^-decimals, so that what a reader
/// adds up by hand is what stands below the line.
///
/// The sum is that of the exact numbers, rounded once. Each part is rounded as usual; what then is
/// missing from the sum goes, unit by unit, to the parts that rounding moved furthest the other
/// way. So a printed part differs from the exact one by less than one unit, and zeros stay zero.
struct RoundedParts {
  std::vector<std::int64_t> parts;
  std::int64_t sum = 0;
  int decimals = 3;

  [[nodiscard]] std::string part(std::size_t i) const;
  [[nodiscard]] std::string total() const;
};

/// @param values  finite and small enough that the sum is below 10^(18 - decimals)
[[nodiscard]] RoundedParts round_parts(std::span<const double> values, int decimals = 3);

/// A probability as a percentage: whole percent, `<1 %` and `>99 %` where whole percents would
/// claim certainty.
[[nodiscard]] std::string percent(double share);

/// A number with `decimals` digits behind the point; never `-0`.
[[nodiscard]] std::string fixed(double value, int decimals);

}  // namespace entente::cli
