#include "core/kernels.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <utility>

#include "core/lanes.hpp"

#ifdef ENTENTE_LANE_LEVELS
#include <immintrin.h>
#endif

namespace entente::kernels {
namespace {

namespace plain {

void philox(std::uint64_t key, const std::uint32_t* first, std::uint32_t second,
            std::uint32_t third, const std::uint32_t* last, std::size_t count,
            const std::array<std::uint32_t*, 4>& out) {
  for (std::size_t x = 0; x < count; ++x) {
    std::uint32_t a = first[x];
    std::uint32_t b = second;
    std::uint32_t c = third;
    std::uint32_t d = last[x];
    auto key0 = static_cast<std::uint32_t>(key);
    auto key1 = static_cast<std::uint32_t>(key >> 32);
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t p0 = std::uint64_t{0xD2511F53U} * a;
      const std::uint64_t p1 = std::uint64_t{0xCD9E8D57U} * c;
      a = static_cast<std::uint32_t>(p1 >> 32) ^ b ^ key0;
      c = static_cast<std::uint32_t>(p0 >> 32) ^ d ^ key1;
      b = static_cast<std::uint32_t>(p1);
      d = static_cast<std::uint32_t>(p0);
      key0 += 0x9E3779B9U;
      key1 += 0xBB67AE85U;
    }
    out[0][x] = a;
    out[1][x] = b;
    out[2][x] = c;
    out[3][x] = d;
  }
}

void product(const std::int32_t* a, std::size_t rows, std::size_t words, const std::int32_t* b,
             std::size_t lanes, std::int32_t* out) {
  const auto low = [](std::int32_t word) { return std::int32_t{static_cast<std::int16_t>(word)}; };
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t l = 0; l < lanes; ++l) {
      std::int32_t sum = 0;
      for (std::size_t w = 0; w < words; ++w) {
        const std::int32_t x = a[i * words + w];
        const std::int32_t y = b[w * lanes + l];
        sum += low(x) * low(y) + (x >> 16) * (y >> 16);
      }
      out[i * lanes + l] = sum;
    }
  }
}

std::size_t find_flags(const std::uint8_t* flags, std::size_t count, std::uint32_t* places) {
  std::size_t found = 0;
  for (std::size_t first = 0; first < count; first += 8) {
    std::uint64_t word = 0;  // most are 0
    std::memcpy(&word, flags + first, 8);
    if (word == 0) continue;
    const std::size_t last = first + 8 < count ? first + 8 : count;
    for (std::size_t x = first; x < last; ++x) {
      if (flags[x] != 0) places[found++] = static_cast<std::uint32_t>(x);
    }
  }
  return found;
}

}  // namespace plain

#ifdef ENTENTE_LANE_LEVELS

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // false alarms in immintrin.h (GCC 105593)

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v2")
namespace v2 {
/// Transposes 16 rows of 16 bytes: each of four turns interleaves rows that lie eight apart.
void transpose_block(const std::uint8_t* in, std::size_t in_stride, std::uint8_t* out,
                     std::size_t out_stride) {
  __m128i rows[16];
  for (std::size_t r = 0; r < 16; ++r) {
    rows[r] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(in + r * in_stride));
  }
  for (int turn = 0; turn < 4; ++turn) {
    __m128i mixed[16];
    for (std::size_t r = 0; r < 8; ++r) {
      mixed[2 * r] = _mm_unpacklo_epi8(rows[r], rows[r + 8]);
      mixed[2 * r + 1] = _mm_unpackhi_epi8(rows[r], rows[r + 8]);
    }
    std::copy_n(mixed, 16, rows);
  }
  for (std::size_t c = 0; c < 16; ++c) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + c * out_stride), rows[c]);
  }
}

struct V {
  using I = __m128i;
  static constexpr std::size_t width = 4, span = 2, height = 4, counters = 1;
  static I load(const void* p) { return _mm_loadu_si128(static_cast<const I*>(p)); }
  static void store(void* p, I x) { _mm_storeu_si128(static_cast<I*>(p), x); }
  static I all(std::int32_t x) { return _mm_set1_epi32(x); }
  static I multiply(I x, I y) { return _mm_mul_epu32(x, y); }
  static I high(I x) { return _mm_srli_epi64(x, 32); }
  static I exclusive_or(I x, I y, I z) { return _mm_xor_si128(_mm_xor_si128(x, y), z); }
  static I interleave(I even, I odd) {
    return _mm_blend_epi16(even, _mm_slli_epi64(odd, 32), 0xCC);
  }
  static I add_products(I sum, I x, I y) { return _mm_add_epi32(sum, _mm_madd_epi16(x, y)); }
};
#include "core/kernels_x86.hpp"
}  // namespace v2
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
namespace v3 {
struct V {
  using I = __m256i;
  static constexpr std::size_t width = 8, span = 2, height = 4, counters = 2;
  static I load(const void* p) { return _mm256_loadu_si256(static_cast<const I*>(p)); }
  static void store(void* p, I x) { _mm256_storeu_si256(static_cast<I*>(p), x); }
  static I all(std::int32_t x) { return _mm256_set1_epi32(x); }
  static I multiply(I x, I y) { return _mm256_mul_epu32(x, y); }
  static I high(I x) { return _mm256_srli_epi64(x, 32); }
  static I exclusive_or(I x, I y, I z) { return _mm256_xor_si256(_mm256_xor_si256(x, y), z); }
  static I interleave(I even, I odd) {
    return _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA);
  }
  static I add_products(I sum, I x, I y) { return _mm256_add_epi32(sum, _mm256_madd_epi16(x, y)); }
  using F = __m256;
  static constexpr std::size_t longest_table = 8;
  static F table(const float* p) { return _mm256_loadu_ps(p); }
  static F get(const float* p) { return _mm256_loadu_ps(p); }
  static void put(float* p, F x) { _mm256_storeu_ps(p, x); }
  static I widen(const std::uint8_t* p) {
    return _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p)));
  }
  static F look_up(F values, I places) { return _mm256_permutevar8x32_ps(values, places); }
  static F affine(F base, F x, F slope) { return _mm256_add_ps(base, _mm256_mul_ps(x, slope)); }
};
#include "core/kernels_x86.hpp"
}  // namespace v3
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4,prefer-vector-width=512")
namespace v4 {
struct V {
  using I = __m512i;
  static constexpr std::size_t width = 16, span = 4, height = 5, counters = 2;
  static I load(const void* p) { return _mm512_loadu_si512(p); }
  static void store(void* p, I x) { _mm512_storeu_si512(p, x); }
  static I all(std::int32_t x) { return _mm512_set1_epi32(x); }
  static I multiply(I x, I y) { return _mm512_mul_epu32(x, y); }
  static I high(I x) { return _mm512_srli_epi64(x, 32); }
  static I exclusive_or(I x, I y, I z) { return _mm512_ternarylogic_epi64(x, y, z, 0x96); }
  static I interleave(I even, I odd) {
    return _mm512_mask_blend_epi32(0xAAAA, even, _mm512_slli_epi64(odd, 32));
  }
  static I add_products(I sum, I x, I y) { return _mm512_add_epi32(sum, _mm512_madd_epi16(x, y)); }
  using F = __m512;
  static constexpr std::size_t longest_table = 16;
  static F table(const float* p) { return _mm512_loadu_ps(p); }
  static F get(const float* p) { return _mm512_loadu_ps(p); }
  static void put(float* p, F x) { _mm512_storeu_ps(p, x); }
  static I widen(const std::uint8_t* p) {
    return _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
  }
  static F look_up(F values, I places) { return _mm512_permutexvar_ps(places, values); }
  static F affine(F base, F x, F slope) { return _mm512_add_ps(base, _mm512_mul_ps(x, slope)); }
};
#include "core/kernels_x86.hpp"

std::size_t find_flags(const std::uint8_t* flags, std::size_t count, std::uint32_t* places) {
  const __m512i step = _mm512_set1_epi32(16);
  __m512i place = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  std::uint32_t* next = places;
  for (std::size_t x = 0; x < count; x += 64) {
    const __m512i bytes = _mm512_loadu_si512(flags + x);
    std::uint64_t bits = _mm512_test_epi8_mask(bytes, bytes);
    if (count - x < 64) bits &= (std::uint64_t{1} << (count - x)) - 1;
    for (int part = 0; part < 4; ++part) {
      const auto some = static_cast<__mmask16>(bits >> (16 * part));
      _mm512_storeu_si512(next, _mm512_maskz_compress_epi32(some, place));
      next += _mm_popcnt_u32(some);
      place = _mm512_add_epi32(place, step);
    }
  }
  return static_cast<std::size_t>(next - places);
}
}  // namespace v4
#pragma GCC pop_options

// Some machines of the highest level add products in one instruction.
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4,avx512vnni,prefer-vector-width=512")
namespace v4_vnni {
struct V : v4::V {
  static I add_products(I sum, I x, I y) { return _mm512_dpwssd_epi32(sum, x, y); }
};
#include "core/kernels_x86.hpp"
}  // namespace v4_vnni
#pragma GCC pop_options

#pragma GCC diagnostic pop

#endif  // ENTENTE_LANE_LEVELS

bool has_dot_products() {
#ifdef ENTENTE_LANE_LEVELS
  return __builtin_cpu_supports("avx512vnni") != 0;
#else
  return false;
#endif
}

std::atomic<bool> dot_products{has_dot_products()};

}  // namespace

void use_dot_products(bool wanted) { dot_products = wanted && has_dot_products(); }

void philox(std::uint64_t key, const std::uint32_t* first, std::uint32_t second,
            std::uint32_t third, const std::uint32_t* last, std::size_t count,
            const std::array<std::uint32_t*, 4>& out) {
  std::size_t done = 0;
#ifdef ENTENTE_LANE_LEVELS
  const auto by = [&](std::size_t width, const auto& kernel) {
    done = count / width * width;
    kernel(key, first, second, third, last, done, out);
  };
  switch (lanes::level()) {
    case lanes::Level::v4:
      by(v4::V::width, v4::philox);
      break;
    case lanes::Level::v3:
      by(v3::V::width, v3::philox);
      break;
    case lanes::Level::v2:
      by(v2::V::width, v2::philox);
      break;
    case lanes::Level::plain:
      break;
  }
#endif
  plain::philox(key, first + done, second, third, last + done, count - done,
                {out[0] + done, out[1] + done, out[2] + done, out[3] + done});
}

std::size_t find_flags(const std::uint8_t* flags, std::size_t count, std::uint32_t* places) {
#ifdef ENTENTE_LANE_LEVELS
  if (lanes::level() == lanes::Level::v4) return v4::find_flags(flags, count, places);
#endif
  return plain::find_flags(flags, count, places);
}

std::size_t longest_table(std::size_t lane_count) {
#ifdef ENTENTE_LANE_LEVELS
  const lanes::Level level = lanes::level();
  if (level == lanes::Level::v4 && lane_count % v4::V::width == 0) return v4::V::longest_table;
  if (level >= lanes::Level::v3 && lane_count % v3::V::width == 0) return v3::V::longest_table;
#endif
  static_cast<void>(lane_count);
  return 0;
}

void affine_by_table(const float* own, std::size_t stride, const float* shared,
                     const std::uint8_t* index, const float* x, std::size_t rows,
                     std::size_t lane_count, float* out) {
#ifdef ENTENTE_LANE_LEVELS
  if (longest_table(lane_count) == v4::V::longest_table) {
    v4::affine_by_table<v4::V>(own, stride, shared, index, x, rows, lane_count, out);
    return;
  }
  if (longest_table(lane_count) == v3::V::longest_table) {
    v3::affine_by_table<v3::V>(own, stride, shared, index, x, rows, lane_count, out);
    return;
  }
#endif
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t at = i * lane_count; at < (i + 1) * lane_count; ++at) {
      const std::size_t k = index[at];
      out[at] = own[i * stride + k] + x[at] * shared[k];
    }
  }
}

void transpose(const std::uint8_t* in, std::size_t rows, std::size_t columns, std::size_t in_stride,
               std::uint8_t* out, std::size_t out_stride) {
  constexpr std::size_t block = 16;
  for (std::size_t r = 0; r < rows; r += block) {
    for (std::size_t c = 0; c < columns; c += block) {
      const auto* from = in + r * in_stride + c;
      auto* to = out + c * out_stride + r;
#ifdef ENTENTE_LANE_LEVELS
      if (lanes::level() >= lanes::Level::v2 && r + block <= rows && c + block <= columns) {
        v2::transpose_block(from, in_stride, to, out_stride);
        continue;
      }
#endif
      for (std::size_t i = 0; i < block && r + i < rows; ++i) {
        for (std::size_t j = 0; j < block && c + j < columns; ++j) {
          to[j * out_stride + i] = from[i * in_stride + j];
        }
      }
    }
  }
}

void product(const std::int32_t* a, std::size_t rows, std::size_t words, const std::int32_t* b,
             std::size_t lane_count, std::int32_t* out) {
#ifdef ENTENTE_LANE_LEVELS
  const lanes::Level level = lanes::level();
  if (level == lanes::Level::v4 && lane_count % v4::V::width == 0) {
    if (dot_products) return v4_vnni::product(a, rows, words, b, lane_count, out);
    return v4::product(a, rows, words, b, lane_count, out);
  }
  if (level >= lanes::Level::v3 && lane_count % v3::V::width == 0) {
    return v3::product(a, rows, words, b, lane_count, out);
  }
  if (level >= lanes::Level::v2 && lane_count % v2::V::width == 0) {
    return v2::product(a, rows, words, b, lane_count, out);
  }
#endif
  plain::product(a, rows, words, b, lane_count, out);
}

}  // namespace entente::kernels
