#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/model/model.hpp"

namespace entente {

/// When each event fired in one replicate, derived from the record: draws have addresses and
/// conditions look at what is recorded (docs/model.md, sections 6.1 and 8).
///
/// @param tile     of level rungs or full, of a run of this model from its first step
/// @param place    of the replicate within the tile
/// @return         shape (events): the step; nothing where the event did not fire
/// @throws std::invalid_argument  the tile holds no rungs
[[nodiscard]] std::vector<std::optional<std::uint32_t>> event_times(const Model& model,
                                                                    const TileResult& tile,
                                                                    std::size_t place);

}  // namespace entente
