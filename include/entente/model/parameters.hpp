#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace entente {

/// Every number of the model that a scenario sets per actor, group, sector or authority, and that
/// series and events may change during a run. The table `parameter_infos()` is the only list of
/// their names, shapes, units, ranges and defaults: reader, writer, help and schema follow it.
enum class Param : std::uint8_t {
  // [actor]
  security_weight,
  economic_weight,
  rights_weight,
  alignment_weight,
  rights_sensitivity,
  attention,
  capability,
  dependence,
  trade,
  // [authority][actor]
  border,
  need,
  confrontation,
  // [group][actor], [sector][actor], [covariate][actor]
  exposure,
  interest,
  covariate,
  // [authority][sector]
  offer,
  // [authority]
  sanctions,
  opposition,
  mediation,
  frozen,
  standing,
  // [authority][group]
  kinship,
  enmity,
  // [group]
  attack_rate,
  threat_floor,
};
inline constexpr std::size_t param_count = 25;

/// What a parameter is indexed by, slowest index first.
enum class Shape : std::uint8_t {
  actor,
  authority_actor,
  group_actor,
  sector_actor,
  covariate_actor,
  authority_sector,
  authority,
  authority_group,
  group
};

struct ParamInfo {
  Param param;
  std::string_view key;  ///< name in YAML, HDF5 and C++
  Shape shape;
  std::string_view unit;
  float min;
  float max;
  float fallback;  ///< value where a scenario says nothing
  std::string_view meaning;
};

[[nodiscard]] std::span<const ParamInfo> parameter_infos();
[[nodiscard]] const ParamInfo& info(Param param);
[[nodiscard]] std::optional<Param> find_parameter(std::string_view key);

/// Sizes of the index sets of a world.
struct Extents {
  std::size_t actors = 0;
  std::size_t authorities = 0;
  std::size_t groups = 0;
  std::size_t sectors = 0;
  std::size_t covariates = 0;

  friend bool operator==(const Extents&, const Extents&) = default;
};

/// All parameters of a world in one flat array; a *slot* is a position in it.
class ParameterTable {
 public:
  ParameterTable() = default;
  /// Every parameter at its fallback.
  explicit ParameterTable(const Extents& extents);

  [[nodiscard]] const Extents& extents() const noexcept { return extents_; }
  /// Number of rows of a parameter: 1, authorities, groups, sectors or covariates.
  [[nodiscard]] std::size_t rows(Param param) const;
  /// Length of a row: actors, sectors, groups or 1.
  [[nodiscard]] std::size_t columns(Param param) const;
  /// Slot of (row, column); see Shape for what they are. A one-dimensional parameter uses `column`
  /// (of an actor or a group) or `row` (of an authority) and 0 for the other.
  [[nodiscard]] std::size_t slot(Param param, std::size_t row, std::size_t column) const {
    return offset_[static_cast<std::size_t>(param)] + row * columns(param) + column;
  }
  [[nodiscard]] float& at(Param param, std::size_t row, std::size_t column) {
    return values_[slot(param, row, column)];
  }
  [[nodiscard]] float at(Param param, std::size_t row, std::size_t column) const {
    return values_[slot(param, row, column)];
  }
  [[nodiscard]] std::span<const float> values(Param param) const;
  [[nodiscard]] std::span<float> values(Param param);
  [[nodiscard]] std::span<const float> all() const noexcept { return values_; }
  [[nodiscard]] std::span<float> all() noexcept { return values_; }
  /// The parameter that owns a slot.
  [[nodiscard]] Param param_of(std::size_t slot) const;

  friend bool operator==(const ParameterTable&, const ParameterTable&) = default;

 private:
  Extents extents_;
  std::array<std::size_t, param_count + 1> offset_{};
  std::vector<float> values_;
};

}  // namespace entente
