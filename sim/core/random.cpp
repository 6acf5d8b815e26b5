#include "core/random.hpp"

#include <Random123/philox.h>

#include "core/lanes.hpp"

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
  // Random123 works on one counter; all rounds of a counter in one pass over many counters are what
  // vector units want. The tests compare both.
  const auto key0 = static_cast<std::uint32_t>(seed);
  const auto key1 = static_cast<std::uint32_t>(seed >> 32);
  std::uint32_t* const out0 = out[0];
  std::uint32_t* const out1 = out[1];
  std::uint32_t* const out2 = out[2];
  std::uint32_t* const out3 = out[3];
  lanes::each(count, [=](std::size_t x) {
    std::uint32_t a = quarter[x];
    std::uint32_t b = step;
    std::uint32_t c = stream;
    std::uint32_t d = replicate[x];
    std::uint32_t k0 = key0;
    std::uint32_t k1 = key1;
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t p0 = std::uint64_t{0xD2511F53U} * a;
      const std::uint64_t p1 = std::uint64_t{0xCD9E8D57U} * c;
      a = static_cast<std::uint32_t>(p1 >> 32) ^ b ^ k0;
      c = static_cast<std::uint32_t>(p0 >> 32) ^ d ^ k1;
      b = static_cast<std::uint32_t>(p1);
      d = static_cast<std::uint32_t>(p0);
      k0 += 0x9E3779B9U;
      k1 += 0xBB67AE85U;
    }
    out0[x] = a;
    out1[x] = b;
    out2[x] = c;
    out3[x] = d;
  });
}

}  // namespace entente::random
