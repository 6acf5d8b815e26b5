#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "entente/model/event.hpp"
#include "entente/model/ladder.hpp"
#include "entente/model/model.hpp"

namespace entente {

/// One number of a plain struct: the only place where its name, unit and range are written. The
/// scenario reader, the JSON schema and the result file all follow the same table.
template <class Struct>
struct Field {
  std::string_view name;  ///< in YAML, HDF5 and C++ alike
  float Struct::*member;
  std::string_view unit;
  float min;
  float max;
  std::string_view meaning;

  /// Value where a scenario says nothing: that of a default-constructed struct.
  [[nodiscard]] float fallback() const { return Struct{}.*member; }
};

[[nodiscard]] std::span<const Field<Group>> group_fields();
[[nodiscard]] std::span<const Field<AuthorityDynamics>> dynamics_fields();
[[nodiscard]] std::span<const Field<Ladder>> ladder_fields();
[[nodiscard]] std::span<const Field<AuthorityLadder>> authority_ladder_fields();
/// The scalars of the model as a whole: temperature, rivalry_presence.
[[nodiscard]] std::span<const Field<Model>> model_fields();

/// One number per rung of an actor's ladder.
struct RungField {
  std::string_view name;
  std::vector<float> Ladder::*member;
  std::string_view unit;
  float min;
  float max;
  std::string_view meaning;
};
/// baseline, security, economic, exposure, signal; heights are integers and apart.
[[nodiscard]] std::span<const RungField> rung_fields();

/// A continuous state of an authority and its value at the start where a scenario says nothing.
struct StateField {
  std::string_view name;
  AuthorityState state;
  float min;
  float max;
  float fallback;
  std::string_view meaning;
};
/// In the order of AuthorityState.
[[nodiscard]] std::span<const StateField> state_fields();

/// Names of stored enumerators, spelled as in YAML where YAML has them.
[[nodiscard]] std::string_view to_string(EventOp op);
[[nodiscard]] std::string_view to_string(Space space);
[[nodiscard]] std::string_view to_string(AuthorityState state);

}  // namespace entente
