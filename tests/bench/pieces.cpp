// pieces/<what>: the cost of the parts that a step is made of, per element, on data in the cache.
// What a step takes beyond them goes into drivers, utilities and counting.

#include <array>
#include <random>
#include <vector>

#include "core/math.hpp"
#include "core/random.hpp"
#include "engine/choice.hpp"
#include "engine/peers.hpp"
#include "entente/terms/registry.hpp"
#include "measure.hpp"

namespace entente::bench {
namespace {

constexpr std::size_t lanes_per_tile = 64;
constexpr std::size_t block = 256;  // elements that the engine's kernels take at once

void count_elements(benchmark::State& state, std::size_t elements) {
  state.counters["seconds_per_element"] = benchmark::Counter(
      static_cast<double>(elements),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// Per word: one word is one decision's luck.
void philox(benchmark::State& state) {
  std::vector<std::uint32_t> quarter(block), replicate(block);
  for (std::size_t x = 0; x < block; ++x) {
    quarter[x] = static_cast<std::uint32_t>(x / lanes_per_tile);
    replicate[x] = static_cast<std::uint32_t>(x % lanes_per_tile);
  }
  std::array<std::vector<std::uint32_t>, 4> words;
  for (auto& row : words) row.resize(block);
  std::uint32_t step = 0;
  for (auto _ : state) {
    random::words(1, quarter.data(), step++, random::stream(random::Purpose::choice),
                  replicate.data(), block,
                  {words[0].data(), words[1].data(), words[2].data(), words[3].data()});
    benchmark::ClobberMemory();
  }
  count_elements(state, 4 * block);
}

std::vector<float> random_floats(float low, float high, std::mt19937& random) {
  std::vector<float> out(block);
  for (auto& x : out) x = low + (high - low) * static_cast<float>(random() >> 8) * 0x1p-24F;
  return out;
}

void exponential(benchmark::State& state) {
  std::mt19937 random(1);
  const auto in = random_floats(-5.0F, 2.0F, random);
  std::vector<float> out(block);
  for (auto _ : state) {
    lanes::each(block, [x = in.data(), y = out.data()](std::size_t i) { y[i] = math::exp(x[i]); });
    benchmark::ClobberMemory();
  }
  count_elements(state, block);
}

/// Per decision, from utilities and draws to the next rung.
void choice(benchmark::State& state) {
  std::mt19937 random(1);
  const auto up = random_floats(-2.0F, 1.0F, random), down = random_floats(-2.0F, 1.0F, random);
  const auto opportunity = random_floats(0.0F, 1.0F, random);
  std::vector<Rung> rung(block), next(block);
  std::vector<std::uint32_t> draws(block);
  for (auto& r : rung) r = static_cast<Rung>(random() % 6);
  for (auto& word : draws) word = static_cast<std::uint32_t>(random());
  detail::ChoiceRow row;
  row.size = block;
  row.rungs = 6;
  row.rung = rung.data();
  row.up = up.data();
  row.down = down.data();
  row.opportunity = opportunity.data();
  row.draws = draws.data();
  row.next = next.data();
  for (auto _ : state) {
    benchmark::DoNotOptimize(detail::choose(row));
    benchmark::ClobberMemory();
  }
  count_elements(state, block);
}

/// Per actor and replicate of the reference world, when a share of them moves back and forth.
void relations(benchmark::State& state, double share) {
  const detail::CompiledModel m(reference_world().model(), builtin_terms());
  detail::Tile tile(m, lanes_per_tile);
  tile.reset(m, 0, lanes_per_tile);
  tile.next_rungs = tile.rungs;
  tile.next_authority_rungs = tile.authority_rungs;
  std::mt19937 random(1);
  std::bernoulli_distribution moves(share);
  const std::size_t elements = m.actors * lanes_per_tile;
  auto* rungs = &tile.next_rungs[tile.rung_row(0, LadderRole::engagement, 0)];
  for (std::size_t x = 0; x < elements; ++x) rungs[x] = moves(random) ? 1 : 0;
  for (auto _ : state) detail::commit_rungs(m, tile);
  count_elements(state, elements);
}

}  // namespace

void register_pieces() {
  benchmark::RegisterBenchmark("pieces/philox", philox);
  benchmark::RegisterBenchmark("pieces/exp", exponential);
  benchmark::RegisterBenchmark("pieces/choice", choice);
  benchmark::RegisterBenchmark("pieces/relations/lively", relations, 0.59);
  benchmark::RegisterBenchmark("pieces/relations/sticky", relations, 0.017);
}

}  // namespace entente::bench
