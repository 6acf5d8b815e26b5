#pragma once

#include <cstddef>

namespace entente::detail {

// What a scenario may ask for. Generous for people, bounded for machines (docs/scenario-format.md).
inline constexpr std::size_t max_events = 100'000;
inline constexpr std::size_t max_actors = 10'000;
inline constexpr std::size_t max_replicates = 10'000'000;
inline constexpr std::size_t max_steps = 100'000;
inline constexpr std::size_t max_authorities = 16;
inline constexpr std::size_t max_groups = 64;
inline constexpr std::size_t max_sectors = 64;
inline constexpr std::size_t max_covariates = 64;
inline constexpr std::size_t max_bodies = 256;
inline constexpr std::size_t max_extends = 8;
inline constexpr std::size_t max_table_bytes = std::size_t{64} << 20;

}  // namespace entente::detail
