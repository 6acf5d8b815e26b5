#pragma once

namespace entente::detail {

/// Inverse of the standard normal distribution function at p in [0, 1], relative error below 1e-15;
/// infinite at 0 and 1. In plain arithmetic, hence the same bits on every machine.
///
/// The engine draws with math::normal_quantile, which is faster and good to nine digits.
/// @source  Wichura (1988), Applied Statistics 37, algorithm AS 241, PPND16
[[nodiscard]] double normal_quantile(double p);

}  // namespace entente::detail
