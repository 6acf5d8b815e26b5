#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "entente/ensemble/measures.hpp"

namespace entente {

/// What the field of a measure is, and so how a file writes it.
enum class MeasureFieldType : std::uint8_t {
  authority,
  ladder,
  rung,
  state,
  policy,
  actors,
  step,
  steps,
  count,  ///< a number of actors
  number
};

struct MeasureField {
  std::string_view key;
  MeasureFieldType type;
  bool required;
  std::string_view meaning;
};

/// A kind of measure.
struct MeasureInfo {
  std::string_view key;  ///< name in files
  std::string_view unit;
  std::string_view meaning;
  /// Of the kind with nothing but what is required; naming actors needs their rungs in any case.
  RecordLevel record;
  MeasureKind (*make)();  ///< a measure with its defaults
  std::vector<MeasureField> fields;
};

/// All kinds, in the order of `MeasureKind`.
[[nodiscard]] std::span<const MeasureInfo> measure_infos();
/// Null where there is none of that name.
[[nodiscard]] const MeasureInfo* find_measure(std::string_view key);
[[nodiscard]] const MeasureInfo& measure_info(const MeasureKind& kind);

namespace detail {

using FieldType = MeasureFieldType;

inline constexpr MeasureField authority_field{"authority", FieldType::authority, false,
                                              "towards whom, or whose; the first unless given"};
inline constexpr MeasureField ladder_field{"ladder", FieldType::ladder, true,
                                           "engagement, recognition or coercion"};
inline constexpr MeasureField rung_field{"rung", FieldType::rung, true, "at or above which"};
inline constexpr MeasureField among_field{"actors", FieldType::actors, false,
                                          "who counts; all unless given"};
inline constexpr MeasureField at_field{"at", FieldType::steps, false,
                                       "one or more dates; the end unless given"};
inline constexpr MeasureField by_field{"by", FieldType::steps, false,
                                       "one or more dates; the end unless given"};
inline constexpr MeasureField leave_out_field{"leave_out", FieldType::actors, false,
                                              "who does not count"};

template <class V, class M>
void visit_stand(V& field, M& m) {
  field(authority_field, m.authority);
  field(ladder_field, m.ladder);
  field(rung_field, m.rung);
}

}  // namespace detail

// The only list of each kind's fields: calls field(MeasureField, member) for all of them. A ladder
// comes before its rung.

template <class V>
void visit_fields(V&& field, CountMeasure& m) {
  detail::visit_stand(field, m.stand);
  field(detail::among_field, m.actors);
  field(detail::at_field, m.at);
}

template <class V>
void visit_fields(V&& field, Outcome& m) {
  detail::visit_stand(field, m);
  field(MeasureField{"at_least", MeasureFieldType::count, true, "how many at once"}, m.at_least);
  field(detail::leave_out_field, m.leave_out);
  field(MeasureField{"step", MeasureFieldType::step, true, "a date"}, m.step);
}

template <class V>
void visit_fields(V&& field, ImportanceMeasure& m) {
  detail::visit_stand(field, m.stand);
  field(detail::among_field, m.actors);
  field(detail::at_field, m.at);
}

template <class V>
void visit_fields(V&& field, HeightMeasure& m) {
  field(detail::authority_field, m.authority);
  field(detail::ladder_field, m.ladder);
  field(detail::among_field, m.actors);
  field(detail::at_field, m.at);
}

template <class V>
void visit_fields(V&& field, PolarisationMeasure& m) {
  field(detail::authority_field, m.authority);
  field(detail::ladder_field, m.ladder);
  field(MeasureField{"first", MeasureFieldType::actors, true, "one group"}, m.first);
  field(MeasureField{"second", MeasureFieldType::actors, true, "the other group"}, m.second);
  field(detail::at_field, m.at);
}

template <class V>
void visit_fields(V&& field, DispersionMeasure& m) {
  field(detail::authority_field, m.authority);
  field(detail::ladder_field, m.ladder);
  field(MeasureField{"alpha", MeasureFieldType::number, false,
                     "0 to 1.6, how much it counts that actors stand together; 1 unless given"},
        m.alpha);
  field(detail::among_field, m.actors);
  field(detail::at_field, m.at);
}

template <class V>
void visit_fields(V&& field, ArrivalMeasure& m) {
  detail::visit_stand(field, m.stand);
  field(
      MeasureField{"at_least", MeasureFieldType::count, false, "how many at once; 1 unless given"},
      m.at_least);
  field(detail::among_field, m.actors);
}

template <class V>
void visit_fields(V&& field, ReachMeasure& m) {
  detail::visit_stand(field, m.stand);
  field(MeasureField{"actors", MeasureFieldType::actors, true, "who is to reach it"}, m.actors);
  field(MeasureField{"at_least", MeasureFieldType::count, false,
                     "how many of them; all unless given"},
        m.at_least);
  field(detail::by_field, m.by);
}

template <class V>
void visit_fields(V&& field, CascadeMeasure& m) {
  detail::visit_stand(field, m.stand);
  field(MeasureField{"after", MeasureFieldType::step, false,
                     "the date of what is followed; the start unless given"},
        m.after);
  field(detail::among_field, m.actors);
  field(detail::leave_out_field, m.leave_out);
  field(detail::by_field, m.by);
}

template <class V>
void visit_fields(V&& field, StateMeasure& m) {
  field(detail::authority_field, m.authority);
  field(MeasureField{"state", MeasureFieldType::state, true,
                     "hardliner, distress, control or rights_salience"},
        m.state);
  field(detail::at_field, m.at);
}

template <class V>
void visit_fields(V&& field, PolicyMeasure& m) {
  field(detail::authority_field, m.authority);
  field(MeasureField{"policy", MeasureFieldType::policy, true,
                     "rights, or the group to which it is a posture"},
        m.policy);
  field(detail::at_field, m.at);
}

template <class V>
void visit_fields(V&& field, MeasureKind& kind) {
  std::visit([&](auto& m) { visit_fields(field, m); }, kind);
}

}  // namespace entente
