#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "entente/model/event.hpp"
#include "entente/model/parameters.hpp"

namespace entente::detail {

/// Something that a change may act on. The one list of them: form, schema and reader follow it.
struct Target {
  std::string name;  ///< as in `set: NAME`
  Space space = Space::parameter;
  std::vector<EventOp> ops;
  std::vector<std::string> keys;  ///< that say which ones; all required but `authority`
  std::optional<Param> param;
  std::optional<AuthorityState> state;

  [[nodiscard]] bool allows(EventOp op) const;
  [[nodiscard]] bool takes(std::string_view key) const;
  /// Whether `to`, `from` name rungs and are no numbers.
  [[nodiscard]] bool takes_rung() const;
};

[[nodiscard]] std::span<const Target> change_targets();
[[nodiscard]] const Target* find_target(std::string_view name);
/// Names of the targets that allow an operation.
[[nodiscard]] std::vector<std::string> target_names(EventOp op);

inline constexpr EventOp all_ops[] = {EventOp::set, EventOp::add, EventOp::scale, EventOp::hold,
                                      EventOp::band};

/// Keys that address a parameter of a shape: `actors`, `group`, `sector`, `covariate`, `authority`.
[[nodiscard]] std::vector<std::string> address_keys(Shape shape);

}  // namespace entente::detail
