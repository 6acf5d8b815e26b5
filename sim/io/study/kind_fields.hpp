#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "entente/ensemble/design.hpp"
#include "entente/ensemble/factor.hpp"

namespace entente::detail {

/// A field of a distribution or a design as studies write it.
struct KindField {
  std::string_view key;
  bool required;
  std::string_view meaning;
};

// The only lists of these fields: form, reader and text follow them. Each calls
// field(KindField, member) for all fields of a kind, in order.

template <class V>
void visit_fields(V&& field, Uniform& d) {
  field(KindField{"low", true, "smallest value"}, d.low);
  field(KindField{"high", true, "largest value"}, d.high);
}

template <class V>
void visit_fields(V&& field, LogUniform& d) {
  field(KindField{"low", true, "smallest value, above 0"}, d.low);
  field(KindField{"high", true, "largest value"}, d.high);
}

template <class V>
void visit_fields(V&& field, Normal& d) {
  field(KindField{"mean", true, ""}, d.mean);
  field(KindField{"sd", true, "standard deviation"}, d.sd);
}

template <class V>
void visit_fields(V&& field, TruncatedNormal& d) {
  field(KindField{"mean", true, "before it is cut"}, d.mean);
  field(KindField{"sd", true, "standard deviation before it is cut"}, d.sd);
  field(KindField{"low", false, "smallest value; none unless given"}, d.low);
  field(KindField{"high", false, "largest value; none unless given"}, d.high);
}

template <class V>
void visit_fields(V&& field, LogNormal& d) {
  field(KindField{"median", true, ""}, d.median);
  field(KindField{"log_sd", true, "standard deviation of the logarithm"}, d.log_sd);
}

template <class V>
void visit_fields(V&& field, Triangular& d) {
  field(KindField{"low", true, "smallest value"}, d.low);
  field(KindField{"mode", true, "most probable value"}, d.mode);
  field(KindField{"high", true, "largest value"}, d.high);
}

template <class V>
void visit_fields(V&& field, Beta& d) {
  field(KindField{"alpha", true, ""}, d.alpha);
  field(KindField{"beta", true, ""}, d.beta);
  field(KindField{"low", false, "smallest value; 0"}, d.low);
  field(KindField{"high", false, "largest value; 1"}, d.high);
}

template <class V>
void visit_fields(V&& field, Pert& d) {
  field(KindField{"low", true, "smallest value"}, d.low);
  field(KindField{"mode", true, "most probable value"}, d.mode);
  field(KindField{"high", true, "largest value"}, d.high);
  field(KindField{"weight", false, "of the mode; 4"}, d.weight);
}

template <class V>
void visit_fields(V&& field, Integers& d) {
  field(KindField{"low", true, "smallest value"}, d.low);
  field(KindField{"high", true, "largest value"}, d.high);
}

template <class V>
void visit_fields(V&&, Choice&) {}  // a study lists its values

inline constexpr KindField seed_field{"seed", false, "of the design's own luck; 0"};
inline constexpr KindField points_field{"points", true, "number of points"};
inline constexpr KindField scramble_field{"scramble", false,
                                          "how the sequence is made random; owen"};
inline constexpr KindField skip_field{"skip", false, "first point of the sequence; 0"};

template <class V>
void visit_fields(V&& field, GridDesign& d) {
  field(
      KindField{"levels", false,
                "of each parameter: one number, or one by parameter; a choice has all its values"},
      d.levels);
  field(KindField{"placement", false, "where levels lie in the cube; middles"}, d.placement);
}

template <class V>
void visit_fields(V&&, ListDesign&) {}  // a file or rows

template <class V>
void visit_fields(V&& field, RandomDesign& d) {
  field(points_field, d.points);
  field(seed_field, d.seed);
}

template <class V>
void visit_fields(V&& field, LatinDesign& d) {
  field(points_field, d.points);
  field(KindField{"criterion", false, "which permutations are taken; plain"}, d.criterion);
  field(KindField{"tries", false, "of best_of and exchange; 100"}, d.tries);
  field(KindField{"centred", false, "points in the middles of their strata; false"}, d.centred);
  field(seed_field, d.seed);
}

template <class V>
void visit_fields(V&& field, SobolDesign& d) {
  field(points_field, d.points);
  field(scramble_field, d.scramble);
  field(skip_field, d.skip);
  field(seed_field, d.seed);
}

template <class V>
void visit_fields(V&& field, SaltelliDesign& d) {
  field(KindField{"base", true, "rows of matrix A, a power of 2"}, d.base);
  field(KindField{"second_order", false, "also for second-order indices; false"}, d.second_order);
  field(scramble_field, d.scramble);
  field(skip_field, d.skip);
  field(seed_field, d.seed);
}

template <class V>
void visit_fields(V&& field, MorrisDesign& d) {
  field(KindField{"trajectories", true, "number of trajectories"}, d.trajectories);
  field(KindField{"levels", false, "of the grid, even; 4"}, d.levels);
  field(KindField{"candidates", false, "of which those are taken that spread most; 0: as drawn"},
        d.candidates);
  field(seed_field, d.seed);
}

template <class V>
void visit_fields(V&& field, OneAtATimeDesign& d) {
  field(
      KindField{"coordinates", false, "of the next three: cube (quantiles, the default) or values"},
      d.coordinates);
  field(KindField{"base", false, "one number, or one by parameter; 0.5"}, d.base);
  field(KindField{"low", false, "one number, or one by parameter; 0.05"}, d.low);
  field(KindField{"high", false, "one number, or one by parameter; 0.95"}, d.high);
  field(KindField{"steps", false, "from low to high; 2"}, d.steps);
}

/// Names of an enumeration's values, in order.
inline std::span<const std::string_view> names_of(GridDesign::Placement) {
  static constexpr std::array<std::string_view, 2> names{"ends", "middles"};
  return names;
}
inline std::span<const std::string_view> names_of(LatinDesign::Criterion) {
  static constexpr std::array<std::string_view, 3> names{"plain", "best_of", "exchange"};
  return names;
}
inline std::span<const std::string_view> names_of(Scramble) {
  static constexpr std::array<std::string_view, 3> names{"none", "shift", "owen"};
  return names;
}
inline std::span<const std::string_view> names_of(Coordinates) {
  static constexpr std::array<std::string_view, 2> names{"cube", "values"};
  return names;
}

/// A kind as it is where a study says nothing.
template <class Kind>
Kind fresh() {
  Kind kind;
  if constexpr (std::is_same_v<Kind, TruncatedNormal>) {
    kind.low = -std::numeric_limits<double>::infinity();
    kind.high = std::numeric_limits<double>::infinity();
  } else if constexpr (std::is_same_v<Kind, OneAtATimeDesign>) {
    kind.base = {0.5};
    kind.low = {0.05};
    kind.high = {0.95};
  }
  return kind;
}

/// Whether a study may write a kind as the list of its fields: all are required.
template <class Kind>
bool has_short_form() {
  auto kind = fresh<Kind>();
  std::size_t fields = 0;
  bool all = true;
  visit_fields(
      [&](const KindField& field, auto&) {
        ++fields;
        all &= field.required;
      },
      kind);
  return fields > 0 && all;
}

/// Calls `each` with a fresh kind of every alternative, in order.
template <class Variant, class Each>
void for_each_kind(Each&& each) {
  [&]<std::size_t... K>(std::index_sequence<K...>) {
    (each(fresh<std::variant_alternative_t<K, Variant>>()), ...);
  }
  (std::make_index_sequence<std::variant_size_v<Variant>>{});
}

}  // namespace entente::detail
