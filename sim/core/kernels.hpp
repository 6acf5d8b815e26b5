#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// Loops that compilers do not turn into the vector code they deserve, written for each level of
/// `lanes` by hand. Integers only, so every level gives the same bits.
namespace entente::kernels {

/// Philox4x32-10 of `count` counters (first, second, third, last) that share the middle words.
///
/// @param first, last  rows of `count` words
/// @param out          four rows of `count` words
void philox(std::uint64_t key, const std::uint32_t* first, std::uint32_t second,
            std::uint32_t third, const std::uint32_t* last, std::size_t count,
            const std::array<std::uint32_t*, 4>& out);

/// Matrix product of int16 in int32: out[i][l] = sum_j a[i][j] b[j][l], modulo 2^32.
///
/// Both matrices hold two int16 to a word, those of 2 w and 2 w + 1 in the low and high half of
/// word w: `a` has rows of `words` words, `b` has `words` rows of `lanes` words.
///
/// @param out  (rows, lanes)
void product(const std::int32_t* a, std::size_t rows, std::size_t words, const std::int32_t* b,
             std::size_t lanes, std::int32_t* out);

}  // namespace entente::kernels
