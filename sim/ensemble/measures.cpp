#include "entente/ensemble/measures.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "ensemble/measures_values.hpp"
#include "entente/ensemble/measures_table.hpp"

namespace entente {
namespace {

/// The steps that a measure has a value for; null where it has no such list.
struct StepsOf {
  const std::vector<std::uint32_t>* operator()(const Outcome&) const { return nullptr; }
  const std::vector<std::uint32_t>* operator()(const ArrivalMeasure&) const { return nullptr; }
  const std::vector<std::uint32_t>* operator()(const ReachMeasure& m) const { return &m.by; }
  const std::vector<std::uint32_t>* operator()(const CascadeMeasure& m) const { return &m.by; }
  template <class M>
  const std::vector<std::uint32_t>* operator()(const M& m) const {
    return &m.at;
  }
};

void append_columns(const Measure& measure, std::size_t place, const Calendar& calendar,
                    std::vector<MeasureColumn>& columns) {
  const auto unit = measure_info(measure.kind).unit;
  const auto* steps = std::visit(StepsOf{}, measure.kind);
  if (const auto* outcome = std::get_if<Outcome>(&measure.kind)) {
    columns.push_back({measure.name, place, outcome->step, unit});
  } else if (steps == nullptr) {
    columns.push_back({measure.name, place, {}, unit});
    columns.push_back({measure.name + ".reached", place, {}, "1"});
  } else if (steps->size() < 2) {
    const std::uint32_t step = steps->empty() ? calendar.steps() - 1 : steps->front();
    columns.push_back({measure.name, place, step, unit});
  } else {
    for (const auto t : *steps) {
      columns.push_back({measure.name + '@' + calendar.label(t), place, t, unit});
    }
  }
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text.append(text.empty() ? "" : "\n").append(line);
  return text;
}

bool same_name(const MeasureColumn& a, const MeasureColumn& b) { return a.name == b.name; }

}  // namespace

RecordLevel record_level(const MeasureKind& kind) {
  struct Counts {
    bool operator()(const CountMeasure& m) const { return m.actors.empty(); }
    bool operator()(const Outcome& m) const { return m.leave_out.empty(); }
    bool operator()(const ImportanceMeasure&) const { return false; }
    bool operator()(const HeightMeasure& m) const { return m.actors.empty(); }
    bool operator()(const PolarisationMeasure&) const { return false; }
    bool operator()(const DispersionMeasure& m) const { return m.actors.empty(); }
    bool operator()(const ArrivalMeasure& m) const { return m.actors.empty(); }
    bool operator()(const ReachMeasure&) const { return false; }
    bool operator()(const CascadeMeasure&) const { return false; }
    bool operator()(const StateMeasure&) const { return true; }
    bool operator()(const PolicyMeasure&) const { return true; }
  };
  return std::visit(Counts{}, kind) ? RecordLevel::summary : RecordLevel::rungs;
}

MeasureRecorder::MeasureRecorder(const Model& model, std::vector<Measure> measures, Keep keep)
    : world_(std::make_shared<const detail::MeasuredWorld>(model)),
      measures_(std::move(measures)),
      keep_(keep) {
  const auto wrong = violations(model, measures_);
  if (!wrong.empty()) throw std::invalid_argument(joined(wrong));
  for (std::size_t m = 0; m < measures_.size(); ++m) {
    level_ = std::max(level_, record_level(measures_[m].kind));
    append_columns(measures_[m], m, model.calendar, columns_);
  }
  counts_.resize(columns_.size());
  values_.resize(columns_.size());
}

void MeasureRecorder::follow(std::size_t first, std::size_t replicates) {
  if (replicates_ > 0 && first != first_ + replicates_) {
    throw std::invalid_argument("MeasureRecorder: found replicates from " + std::to_string(first) +
                                " on; allowed: from " + std::to_string(first_ + replicates_));
  }
  if (replicates_ == 0) first_ = first;
  replicates_ += replicates;
}

void MeasureRecorder::record(const TileResult& tile) {
  if (!detail::fits(*world_, tile, level_)) {
    throw std::invalid_argument(
        "MeasureRecorder: the tile belongs to another model or lacks rungs");
  }
  follow(tile.first_replicate, tile.replicates);
  std::vector<double> values;
  values.reserve(columns_.size());
  for (std::size_t r = 0; r < tile.replicates; ++r) {
    const detail::ReplicateView replicate(*world_, tile, r);
    values.clear();
    for (const auto& measure : measures_) {
      detail::append_values(measure.kind, replicate, values);
    }
    for (std::size_t c = 0; c < values.size(); ++c) {
      counts_[c].add(values[c]);
      if (keep_ == Keep::values) values_[c].push_back(values[c]);
    }
  }
}

void MeasureRecorder::append(const MeasureRecorder& next) {
  if (&next == this || !std::equal(columns_.begin(), columns_.end(), next.columns_.begin(),
                                   next.columns_.end(), same_name)) {
    throw std::invalid_argument("MeasureRecorder: other measures cannot be appended");
  }
  if (keep_ == Keep::values && next.keep_ != Keep::values) {
    throw std::invalid_argument("MeasureRecorder: what is appended has not kept its values");
  }
  if (next.replicates_ == 0) return;
  follow(next.first_, next.replicates_);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    counts_[c].merge(next.counts_[c]);
    if (keep_ == Keep::values) {
      values_[c].insert(values_[c].end(), next.values_[c].begin(), next.values_[c].end());
    }
  }
}

std::span<const double> MeasureRecorder::values(std::size_t column) const {
  return values_.at(column);
}

}  // namespace entente
