#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/model/model.hpp"

namespace entente::cli {

/// What one actor's choice on one ladder is about; the step is another matter.
struct Pair {
  std::size_t actor = 0;
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
};

/// What events and bodies left of a choice.
struct Pinned {
  Rung own = 0;  ///< the rung that it was made from
  Rung low = 0;  ///< the outcome was brought within these
  Rung high = 0;
  bool held = false;                ///< the rung was set or held: the choice had no effect
  std::vector<std::string> events;  ///< ids of what set, held or confined the rung
};

/// One replicate of a tile, with the steps at which its events fired.
struct Course {
  const TileResult& tile;
  std::size_t place;                                ///< within the tile
  std::vector<std::optional<std::uint32_t>> fired;  ///< by event_times()
};

/// Events and bodies that may set, hold or confine the rung of a pair.
class Pins {
 public:
  Pins(const Model& model, const Pair& pair);

  [[nodiscard]] bool empty() const noexcept { return pins_.empty(); }

  /// @param before  rung at the end of the step before
  [[nodiscard]] Pinned settle(const Course& course, std::uint32_t step, Rung before) const;

 private:
  struct Pin {
    std::string id;
    const Change* change = nullptr;
    std::size_t source = 0;  ///< position of the event, or of the body
    bool of_body = false;
  };

  void add(const std::string& id, const std::vector<Change>& changes, std::size_t source,
           bool of_body);
  [[nodiscard]] bool in_force(const Pin& pin, const Course& course, std::uint32_t step) const;
  [[nodiscard]] bool body_said_yes(const Course& course, std::size_t body,
                                   std::uint32_t steps_done) const;

  const Model& model_;
  Pair pair_;
  std::vector<Pin> pins_;
};

}  // namespace entente::cli
