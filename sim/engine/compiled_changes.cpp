// What events and bodies may change, and where.

#include <algorithm>

#include "engine/compiled.hpp"

namespace entente::detail {
namespace {

/// Visits every change of events and bodies with its row in the activity table.
template <class Visit>
void for_changes(const Model& model, const Visit& visit) {
  std::uint32_t row = 0;
  for (const auto& event : model.events) {
    for (const auto& change : event.changes) visit(row, change);
    ++row;
  }
  for (const auto& body : model.bodies) {
    for (const auto& change : body.changes) visit(row, change);
    ++row;
  }
}

/// True for a change that comes at its date in every replicate.
std::vector<bool> certain_rows(const Model& model) {
  std::vector<bool> certain;
  for (const auto& event : model.events) {
    certain.push_back(event.probability >= 1.0F && event.when.empty());
  }
  certain.resize(model.events.size() + model.bodies.size(), false);
  return certain;
}

/// The parameters that events and bodies may alter, with their changes.
std::vector<TouchedSlot> touched_slots(const Model& model) {
  std::vector<std::pair<std::size_t, ActiveChange>> found;
  for_changes(model, [&](std::uint32_t row, const Change& change) {
    if (change.space != Space::parameter) return;
    for (const auto index : change.indices) {
      found.push_back({static_cast<std::size_t>(index), {row, change.op, change.value}});
    }
  });
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<TouchedSlot> slots;
  for (const auto& [slot, change] : found) {
    if (slots.empty() || slots.back().slot != slot) {
      const auto& limits = info(model.parameters.param_of(slot));
      slots.push_back({slot, limits.min, limits.max, {}, false});
    }
    slots.back().changes.push_back(change);
  }
  for (const auto& series : model.series) {
    for (const auto slot : series.slots) {
      const auto at = std::lower_bound(
          slots.begin(), slots.end(), slot,
          [](const TouchedSlot& touched, std::size_t wanted) { return touched.slot < wanted; });
      if (at != slots.end() && at->slot == slot) at->in_series = true;
    }
  }
  return slots;
}

std::vector<TouchedEdge> touched_edges(const Model& model, Space space, const Relation& relation) {
  std::vector<std::pair<std::uint64_t, ActiveChange>> found;
  for_changes(model, [&](std::uint32_t row, const Change& change) {
    if (change.space != space) return;
    for (const auto index : change.indices)
      found.push_back({index, {row, change.op, change.value}});
  });
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<TouchedEdge> edges;
  const std::uint64_t n = model.actors.size();
  for (const auto& [index, change] : found) {
    const auto row = static_cast<std::uint32_t>(index / n);
    const auto column = static_cast<std::uint32_t>(index % n);
    if (edges.empty() || edges.back().row != row || edges.back().column != column) {
      edges.push_back({row, column, relation.weight(row, column), {}});
    }
    edges.back().changes.push_back(change);
  }
  return edges;
}

}  // namespace

void CompiledModel::find_touched() {
  const auto certain = certain_rows(model);
  touched_row.assign(model.parameters.all().size(), -1);
  for (auto& slot : touched_slots(model)) {
    const bool always =
        std::all_of(slot.changes.begin(), slot.changes.end(),
                    [&](const ActiveChange& change) { return certain[change.source]; });
    if (!always) touched_row[slot.slot] = static_cast<std::int32_t>(touched.size());
    (always ? scheduled : touched).push_back(std::move(slot));
  }
  for (const auto& parameter : parameter_infos()) {
    auto& rows = varying_rows[static_cast<std::size_t>(parameter.param)];
    for (std::size_t row = 0; row < model.parameters.rows(parameter.param); ++row) {
      const auto first = touched_row.begin() + static_cast<std::ptrdiff_t>(
                                                   model.parameters.slot(parameter.param, row, 0));
      const auto columns = static_cast<std::ptrdiff_t>(model.parameters.columns(parameter.param));
      const bool any =
          std::any_of(first, first + columns, [](std::int32_t place) { return place >= 0; });
      rows.push_back(any ? 1 : 0);
    }
  }
  touched_alignment = touched_edges(model, Space::alignment, model.alignment);
  touched_rivalry = touched_edges(model, Space::rivalry, model.rivalry);
  activity_rows = model.events.size() + model.bodies.size();
  for_changes(model, [&](std::uint32_t, const Change& change) {
    holds_states = holds_states || (change.op == EventOp::hold && is_continuous(change.space));
  });
}

void CompiledModel::find_exposed() {
  const auto values = model.parameters.values(Param::exposure);
  for (const float value : values) exposed.push_back(value > 0.0F ? 1 : 0);
  const std::size_t base = groups == 0 ? 0 : model.parameters.slot(Param::exposure, 0, 0);
  const auto may_change = [&](std::size_t slot) {
    if (slot >= base && slot - base < exposed.size()) exposed[slot - base] = 1;
  };
  for (const auto& slot : touched) may_change(slot.slot);
  for (const auto& slot : scheduled) may_change(slot.slot);
  for (const auto& series : model.series) {
    for (const auto slot : series.slots) may_change(slot);
  }
  salient = exposed;
  for (std::size_t x = 0; x < salient.size(); ++x) {
    if (model.initial_salience[x] > 0.0F) salient[x] = 1;
  }
  for_changes(model, [&](std::uint32_t, const Change& change) {
    if (change.space != Space::salience) return;
    for (const auto index : change.indices) salient[static_cast<std::size_t>(index)] = 1;
  });
}

}  // namespace entente::detail
