#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Counter-based randomness: every draw has an address, so it depends on nothing else.
///
/// Philox4x32-10 with key = the scenario's 64-bit seed and counter = (entity / 4, step, stream,
/// replicate); word entity % 4 of the result is the entity's.
///
/// @source  Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3
namespace entente::random {

/// What a draw is for. Part of the address: never renumber.
enum class Purpose : std::uint32_t {
  choice = 1,     ///< entity: actor; index: ladder
  attacks = 2,    ///< entity: actor; index: group
  activity = 3,   ///< entity: group
  authority = 4,  ///< entity: ladder of the authority
  hardliner = 5,  ///< entity: authority
  event = 6,      ///< entity: hash of the event's id; step 0
  // of studies
  design = 14,  ///< entity and replicate: column, row, count of draws; authority: see DesignDraw
  // of estimation
  bootstrap = 15  ///< entity: cluster / 4; replicate: number of the resample
};

/// Third word of the counter.
[[nodiscard]] constexpr std::uint32_t stream(Purpose purpose, std::size_t authority = 0,
                                             std::size_t index = 0) {
  return static_cast<std::uint32_t>(purpose) << 28 | static_cast<std::uint32_t>(authority) << 16 |
         static_cast<std::uint32_t>(index);
}

/// The four words at an address, by Random123.
[[nodiscard]] std::array<std::uint32_t, 4> words(std::uint64_t seed, std::uint32_t quarter,
                                                 std::uint32_t step, std::uint32_t stream,
                                                 std::uint32_t replicate);

/// The same for `count` addresses that share seed, step and stream, as a loop that compilers turn
/// into vector code.
///
/// @param quarter, replicate  first and last counter word of each address, shape (count)
/// @param out                 four rows of `count` words
void words(std::uint64_t seed, const std::uint32_t* quarter, std::uint32_t step,
           std::uint32_t stream, const std::uint32_t* replicate, std::size_t count,
           const std::array<std::uint32_t*, 4>& out);

/// One word for one entity.
[[nodiscard]] inline std::uint32_t word(std::uint64_t seed, std::uint32_t entity,
                                        std::uint32_t step, std::uint32_t stream,
                                        std::uint32_t replicate) {
  return words(seed, entity / 4, step, stream, replicate)[entity % 4];
}

/// (x + 1/2) 2^-32, in (0, 1).
[[nodiscard]] constexpr double uniform(std::uint32_t x) {
  return (static_cast<double>(x) + 0.5) * 0x1p-32;
}

/// Distance of a draw from 0 and from 1, each with the full relative precision of a float, so that
/// both tails of a choice are resolved alike. `from_zero` is uniform(x) to within 2^-31.
[[nodiscard]] inline float from_zero(std::uint32_t x) {
  return static_cast<float>(static_cast<std::int32_t>(x >> 1)) * 0x1p-31F;
}
[[nodiscard]] inline float from_one(std::uint32_t x) {
  return static_cast<float>(0x7FFFFFFF - static_cast<std::int32_t>(x >> 1)) * 0x1p-31F;
}

/// FNV-1a hash of a name: the entity of a draw that must not depend on positions in a list.
[[nodiscard]] constexpr std::uint32_t entity_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

}  // namespace entente::random
