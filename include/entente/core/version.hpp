#pragma once

#include <string_view>

namespace entente {

/// Version of the library, such as `0.1.0`.
[[nodiscard]] std::string_view version();

/// First twelve digits of the commit that was built; `unknown` where there was no checkout.
[[nodiscard]] std::string_view git_hash();

/// Compiler that built the library, such as `GNU 12.2.0`.
[[nodiscard]] std::string_view compiler();

}  // namespace entente
