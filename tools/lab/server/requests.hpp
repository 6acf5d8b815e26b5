#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente::lab {

// What the page asks for (contract.ts), read from bodies and parameters that may hold anything.
// Everything here throws Refused(400) with what was found and what is allowed.

struct VariantText {
  std::string name;
  std::string yaml;
};

struct RunRequest {
  std::string scenario;
  std::optional<std::uint64_t> seed;  ///< none: the scenario's
  std::size_t first_replicate = 0;
  std::size_t replicates = 0;
  std::vector<VariantText> variants;
};

struct CheckRequest {
  std::string scenario;
  std::string yaml;
};

inline constexpr std::size_t max_run_replicates = 4096;
inline constexpr std::size_t max_run_variants = 8;

[[nodiscard]] RunRequest parse_run_request(std::string_view body);
[[nodiscard]] CheckRequest parse_check_request(std::string_view body);

/// A whole number of decimal digits, at most `most`; `what` names it in messages.
[[nodiscard]] std::uint64_t parse_whole(std::string_view what, std::string_view text,
                                        std::uint64_t most);

/// The name of a scenario or variant.
[[nodiscard]] const std::string& require_name(std::string_view what, const std::string& name);

}  // namespace entente::lab
