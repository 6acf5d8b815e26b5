#include "entente/ensemble/measures_table.hpp"

#include <algorithm>
#include <array>

namespace entente {
namespace {

template <class M>
MeasureInfo kind(std::string_view key, std::string_view unit, std::string_view meaning) {
  MeasureInfo info{key, unit, meaning, record_level(M{}), [] { return MeasureKind(M{}); }, {}};
  M defaults;
  visit_fields([&](const MeasureField& field, auto&) { info.fields.push_back(field); }, defaults);
  return info;
}

using Table = std::array<MeasureInfo, std::variant_size_v<MeasureKind>>;

const Table& table() {
  static const Table infos{
      kind<CountMeasure>("count", "actors", "number of actors at or above a rung"),
      kind<Outcome>("threshold", "1", "whether so many actors at once stand at or above a rung"),
      kind<ImportanceMeasure>("importance", "1",
                              "share of importance held by the actors at or above a rung"),
      kind<HeightMeasure>("height", "1", "mean height of actors on a ladder"),
      kind<PolarisationMeasure>("polarisation", "1",
                                "mean height of one group of actors less that of another"),
      kind<DispersionMeasure>("dispersion", "1",
                              "polarisation of actors on a ladder, by Esteban and Ray; 0 where all "
                              "stand at one height, 1 where half stand at each end"),
      kind<ArrivalMeasure>("arrival", "yr",
                           "time until so many actors at once stand at or above a rung; the length "
                           "of the run where they never do, and whether they do"),
      kind<ReachMeasure>("reach", "1", "whether given actors have reached a rung"),
      kind<CascadeMeasure>("cascade", "actors", "number of actors that reach a rung after a date"),
      kind<StateMeasure>("state", "1", "a continuous state of an authority"),
      kind<PolicyMeasure>("policy", "1",
                          "value of an authority's rung of rights, or of posture towards a group"),
  };
  return infos;
}

}  // namespace

std::span<const MeasureInfo> measure_infos() { return table(); }

const MeasureInfo* find_measure(std::string_view key) {
  const auto found = std::find_if(table().begin(), table().end(),
                                  [&](const MeasureInfo& info) { return info.key == key; });
  return found == table().end() ? nullptr : &*found;
}

const MeasureInfo& measure_info(const MeasureKind& kind) { return table()[kind.index()]; }

}  // namespace entente
