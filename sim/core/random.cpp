#include "core/random.hpp"

#include <Random123/philox.h>

namespace entente::random {

std::array<std::uint32_t, 4> words(std::uint64_t seed, std::uint32_t quarter, std::uint32_t step,
                                   std::uint32_t stream, std::uint32_t replicate) {
  const r123::Philox4x32::key_type key{
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
  const auto out = r123::Philox4x32{}({{quarter, step, stream, replicate}}, key);
  return {out[0], out[1], out[2], out[3]};
}

void words(std::uint64_t seed, const std::uint32_t* quarter, std::uint32_t step,
           std::uint32_t stream, const std::uint32_t* replicate, std::size_t count,
           const std::array<std::uint32_t*, 4>& out) {
  // Random123 works on one counter; rounds over rows of counters are what vector units want. The
  // tests compare both.
  std::uint32_t* const c0 = out[0];
  std::uint32_t* const c1 = out[1];
  std::uint32_t* const c2 = out[2];
  std::uint32_t* const c3 = out[3];
  constexpr std::size_t row = 64;
  for (std::size_t first = 0; first < count; first += row) {
    const std::size_t n = count - first < row ? count - first : row;
    std::uint32_t a[row], b[row], c[row], d[row];  // NOLINT: plain arrays vectorise
    for (std::size_t x = 0; x < n; ++x) {
      a[x] = quarter[first + x];
      b[x] = step;
      c[x] = stream;
      d[x] = replicate[first + x];
    }
    auto k0 = static_cast<std::uint32_t>(seed);
    auto k1 = static_cast<std::uint32_t>(seed >> 32);
    for (int round = 0; round < 10; ++round) {
      for (std::size_t x = 0; x < n; ++x) {
        const std::uint64_t p0 = std::uint64_t{0xD2511F53U} * a[x];
        const std::uint64_t p1 = std::uint64_t{0xCD9E8D57U} * c[x];
        a[x] = static_cast<std::uint32_t>(p1 >> 32) ^ b[x] ^ k0;
        c[x] = static_cast<std::uint32_t>(p0 >> 32) ^ d[x] ^ k1;
        b[x] = static_cast<std::uint32_t>(p1);
        d[x] = static_cast<std::uint32_t>(p0);
      }
      k0 += 0x9E3779B9U;
      k1 += 0xBB67AE85U;
    }
    for (std::size_t x = 0; x < n; ++x) {
      c0[first + x] = a[x];
      c1[first + x] = b[x];
      c2[first + x] = c[x];
      c3[first + x] = d[x];
    }
  }
}

}  // namespace entente::random
