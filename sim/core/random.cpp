#include "core/random.hpp"

#include <Random123/philox.h>

#include "core/kernels.hpp"

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
  // Random123 works on one counter at a time; vector units want many. The tests compare both.
  kernels::philox(seed, quarter, step, stream, replicate, count, out);
}

}  // namespace entente::random
