#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace entente::cli {

/// What CLI11 asks about the text of an option: an empty answer is consent, any other the error
/// that the user sees behind the option's name.
using Check = std::function<std::string(const std::string& text)>;

/// A whole number from `least` to `most` that `factor` divides.
[[nodiscard]] Check whole_number(std::uint64_t least = 0,
                                 std::uint64_t most = std::numeric_limits<std::uint64_t>::max(),
                                 std::uint64_t factor = 1);

/// One of these names; a near miss is told the right one.
[[nodiscard]] Check one_of(std::vector<std::string> names);

}  // namespace entente::cli
