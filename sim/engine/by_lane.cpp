#include "engine/by_lane.hpp"

#include <algorithm>

#include "core/random.hpp"

namespace entente::detail {

void load_single(const CompiledModel& m, const Tile& tile, Param param, std::size_t row,
                 std::size_t column, float* out) {
  const std::size_t slot = m.model.parameters.slot(param, row, column);
  const std::int32_t touched = m.touched_row[slot];
  if (touched >= 0) {
    std::copy_n(&tile.touched[static_cast<std::size_t>(touched) * tile.lanes], tile.lanes, out);
  } else {
    std::fill_n(out, tile.lanes, tile.parameters[slot]);
  }
}

void load_posture(const CompiledModel& m, const Tile& tile, std::size_t authority,
                  std::size_t group, float* out) {
  const auto* rung = &tile.authority_rungs[tile.authority_row(authority, 1 + group)];
  for (std::size_t l = 0; l < tile.lanes; ++l) out[l] = m.model.posture.value[rung[l]];
}

LaneWords::LaneWords(const CompiledModel& m, const Tile& tile, std::size_t entities,
                     std::uint32_t step, std::uint32_t stream) {
  constexpr std::size_t words = 4;  // of a call
  const std::size_t quarters = (entities + words - 1) / words;
  rows_.assign(quarters * words, std::vector<std::uint32_t>(tile.lanes));
  for (std::size_t q = 0; q < quarters; ++q) {
    const std::vector<std::uint32_t> quarter(tile.lanes, static_cast<std::uint32_t>(q));
    auto* rows = &rows_[q * words];
    random::words(m.model.seed, quarter.data(), step, stream, tile.replicate.data(), tile.lanes,
                  {rows[0].data(), rows[1].data(), rows[2].data(), rows[3].data()});
  }
}

}  // namespace entente::detail
