#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// Loops that compilers do not turn into the vector code they deserve, written for each level of
/// `lanes` by hand. Integers, or single products and sums of floats, so every level gives the same
/// bits.
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

/// Longest table that `affine_by_table` looks up in with `lanes` lanes; 0 where the level in use
/// has no instruction for it.
[[nodiscard]] std::size_t longest_table(std::size_t lanes);

/// out[i][l] = own[i * stride + k] + x[i][l] * shared[k], where k = index[i][l].
///
/// @param own     (rows, stride) floats, the last row readable up to 16 of them
/// @param shared  16 floats
/// @param index   (rows, lanes) bytes below `longest_table(lanes)`
/// @param x, out  (rows, lanes)
void affine_by_table(const float* own, std::size_t stride, const float* shared,
                     const std::uint8_t* index, const float* x, std::size_t rows, std::size_t lanes,
                     float* out);

/// Writes the places x of the bytes other than 0 in ascending order.
///
/// @param flags   `count` bytes, readable up to the next multiple of 64; those behind are not
/// looked at
/// @param places  room for `count` words and 16 more
/// @return        how many there are
std::size_t find_flags(const std::uint8_t* flags, std::size_t count, std::uint32_t* places);

/// Transposes bytes: out[c * out_stride + r] = in[r * in_stride + c].
void transpose(const std::uint8_t* in, std::size_t rows, std::size_t columns, std::size_t in_stride,
               std::uint8_t* out, std::size_t out_stride);

/// Whether `product` uses VNNI, where level v4 is in use and the machine has it; for tests. Without
/// a word it does on processors that are faster for it.
void use_dot_products(bool wanted);

}  // namespace entente::kernels
