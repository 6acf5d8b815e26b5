#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "entente/model/event.hpp"
#include "io/scenario/names.hpp"
#include "io/scenario/targets.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

/// Reads what changes, series and conditions point at.
class ChangeReader {
 public:
  explicit ChangeReader(World& world) : world_(world) {}

  /// The changes of an event or a body. `bounded`: the event ends some day, so that a state that is
  /// set would have to be restored.
  std::vector<Change> read(const Place& place, bool bounded);

  /// Slots of a parameter that the keys `actors`, `group`, `sector`, `covariate` and `authority` of
  /// `place` name, ascending; empty where there was a problem.
  std::vector<std::uint64_t> slots(const Place& place, Param param);

  /// Counts places that are named; reports once where they are too many together.
  bool within_limit(const Place& place, std::size_t more);

 private:
  bool read_one(const Place& place, bool bounded, Change& change);
  bool read_value(const Place& place, const Target& target, Change& change);
  bool read_number(const Place& place, const Target& target, Change& change);
  bool check_keys(const Place& place, const Target& target, EventOp op);
  std::vector<std::uint64_t> indices(const Place& place, const Target& target);
  std::vector<std::uint64_t> relation_indices(const Place& place);
  std::vector<std::uint32_t> numbers(const Place& place, std::string_view key, const Names& names);
  [[nodiscard]] const Names& rung_names(const Place& place, const Target& target) const;

  World& world_;
  std::size_t addresses_ = 0;
};

}  // namespace entente::detail
