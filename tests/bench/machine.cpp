// machine/fma/<level>: the most single-precision arithmetic that one core does, for comparison.

#include "measure.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace entente::bench {
namespace {

#if defined(__x86_64__)
constexpr std::size_t chains = 12;  // enough to hide the latency of two units
constexpr std::size_t rounds = 1 << 16;

__attribute__((target("avx2,fma"))) void multiply_add_v3() {
  const __m256 factor = _mm256_set1_ps(0.999F), summand = _mm256_set1_ps(1e-3F);
  __m256 sums[chains];
  for (auto& sum : sums) sum = factor;
  for (std::size_t x = 0; x < rounds; ++x) {
#pragma GCC unroll 12
    for (auto& sum : sums) sum = _mm256_fmadd_ps(sum, factor, summand);
  }
  for (auto& sum : sums) benchmark::DoNotOptimize(sum);
}

__attribute__((target("avx512f"))) void multiply_add_v4() {
  const __m512 factor = _mm512_set1_ps(0.999F), summand = _mm512_set1_ps(1e-3F);
  __m512 sums[chains];
  for (auto& sum : sums) sum = factor;
  for (std::size_t x = 0; x < rounds; ++x) {
#pragma GCC unroll 12
    for (auto& sum : sums) sum = _mm512_fmadd_ps(sum, factor, summand);
  }
  for (auto& sum : sums) benchmark::DoNotOptimize(sum);
}

void peak(benchmark::State& state, lanes::Level level) {
  const UseLevel use(state, level);
  if (!use.supported()) return;
  const std::size_t width = level == lanes::Level::v4 ? 16 : 8;
  for (auto _ : state) {
    if (level == lanes::Level::v4) {
      multiply_add_v4();
    } else {
      multiply_add_v3();
    }
  }
  state.counters["flop_per_s"] =
      benchmark::Counter(static_cast<double>(2 * width * chains * rounds),
                         benchmark::Counter::kIsIterationInvariantRate);
}
#endif

}  // namespace

void register_machine() {
#if defined(__x86_64__)
  benchmark::RegisterBenchmark("machine/fma/v3", peak, lanes::Level::v3)->UseRealTime();
  benchmark::RegisterBenchmark("machine/fma/v4", peak, lanes::Level::v4)->UseRealTime();
#endif
}

}  // namespace entente::bench
