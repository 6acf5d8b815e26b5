#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "entente/model/term.hpp"

namespace entente::detail {

/// Smallest and largest value of a field.
struct Range {
  float min;
  float max;
};

/// Coefficients may be negative although the literature expects a positive effect, so that an
/// estimate that contradicts it can be run. Those of drivers that hardly vary can be large.
inline constexpr Range coefficient_range{-1000.0F, 1000.0F};

/// The fields of a term from `visit_fields` of its parameters, with the values of a
/// default-constructed struct as fallbacks.
template <class Params>
std::vector<FieldInfo> field_infos() {
  std::vector<FieldInfo> fields;
  Params defaults;
  visit_fields(
      [&](std::string_view name, const float& value, std::string_view unit, Range range,
          std::string_view meaning) {
        fields.push_back({name, value, unit, range.min, range.max, meaning});
      },
      defaults);
  return fields;
}

/// Parameters from one value per field.
///
/// @throws std::invalid_argument  the number of values is not that of the fields
template <class Params>
Params params_from(std::span<const float> values) {
  Params params;
  std::size_t next = 0;
  visit_fields(
      [&](std::string_view, float& value, const auto&...) {
        if (next < values.size()) value = values[next];
        ++next;
      },
      params);
  if (next != values.size()) {
    throw std::invalid_argument("term: found " + std::to_string(values.size()) +
                                " values; allowed: " + std::to_string(next));
  }
  return params;
}

/// Completes a row of the registry with what follows from the term's types: its fields, its
/// ladders, what it reads and its maker. `T` names its parameters `T::Params`, is made from them,
/// and lists its channels in `T::channel_list`.
template <class T>
TermInfo complete(TermInfo info) {
  info.fields = field_infos<typename T::Params>();
  for (const Channel& channel : T::channel_list) {
    info.ladders.bits |= channel.ladders.bits;
    info.reads = info.reads | channel.reads;
  }
  info.make = [](std::span<const float> values) -> std::unique_ptr<Term> {
    return std::make_unique<T>(params_from<typename T::Params>(values));
  };
  return info;
}

}  // namespace entente::detail
