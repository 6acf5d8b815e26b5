#pragma once

#include <string>
#include <string_view>

namespace entente::detail {

/// XXH3 hash (128 bits) of bytes, in its canonical form: 16 bytes, the highest first.
[[nodiscard]] std::string hash128(std::string_view bytes);

}  // namespace entente::detail
