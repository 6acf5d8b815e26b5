#include "ensemble/peer_shares.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace entente::detail {
namespace {

constexpr double weight_unit = relation_unit;
constexpr double world_unit = 0x1p30;  // importance is summed in whole units of 2^-30

/// Whether a series, an event or a body alters a parameter of the model.
bool is_touched(const Model& model, std::size_t slot) {
  const auto by = [&](const auto& owner) {
    return std::any_of(owner.changes.begin(), owner.changes.end(), [&](const Change& change) {
      return change.space == Space::parameter &&
             std::binary_search(change.indices.begin(), change.indices.end(), slot);
    });
  };
  return std::any_of(model.events.begin(), model.events.end(), by) ||
         std::any_of(model.bodies.begin(), model.bodies.end(), by) ||
         std::any_of(model.series.begin(), model.series.end(), [&](const Series& series) {
           return std::find(series.slots.begin(), series.slots.end(), slot) != series.slots.end();
         });
}

}  // namespace

PeerShares::PeerShares(const Simulation& simulation, const CascadeTarget& target)
    : model_(simulation.model()),
      target_(target),
      alignment_(model_.alignment),
      rivalry_(model_.rivalry),
      place_(model_.actors.size(), -1) {
  add(Kind::alignment, "alignment." + model_.ladders[index_of(target.ladder)].key, simulation);
  if (target.ladder == LadderRole::recognition) {
    add(Kind::cover, "cover", simulation);
    add(Kind::bandwagon, "bandwagon", simulation);
  } else {
    add(Kind::rivalry, "rivalry", simulation);
  }
  for (const auto kind : kinds_) {
    (kind == Kind::rivalry ? reads_rivalry_ : reads_alignment_) |= kind != Kind::bandwagon;
  }
  const auto slot = model_.parameters.slot(Param::standing, target.authority, 0);
  standing_is_fixed_ = !is_touched(model_, slot);
}

void PeerShares::add(Kind kind, std::string_view column, const Simulation& simulation) {
  const auto& names = simulation.driver_names();
  const auto read = simulation.drivers_of(target_.ladder);
  const auto at = std::find(names.begin(), names.end(), column);
  if (at == names.end()) throw std::logic_error("no driver " + std::string(column));
  const auto place = static_cast<std::size_t>(at - names.begin());
  if (!std::binary_search(read.begin(), read.end(), place)) return;
  kinds_.push_back(kind);
  columns_.push_back(place);
}

std::span<const RelationRows::Entry> PeerShares::row(Kind kind, std::size_t actor) const {
  const auto& rows = kind == Kind::rivalry ? rivalry_ : alignment_;
  const auto* entries = rows.entries.data();
  return {entries + rows.start[actor], entries + rows.start[actor + 1]};
}

double PeerShares::value(Kind kind, Rung rung) const {
  const Ladder& ladder = model_.ladders[index_of(target_.ladder)];
  const double height = static_cast<double>(ladder.height[rung]) / height_unit;
  switch (kind) {
    case Kind::alignment:
      return height;
    case Kind::rivalry:
      return target_.ladder == LadderRole::coercion
                 ? height
                 : static_cast<double>(model_.rivalry_presence) * height;
    case Kind::cover:
    case Kind::bandwagon:
      break;
  }
  return rung >= ladder.recognises_from ? 1.0 : 0.0;
}

double PeerShares::scale(Kind kind, std::size_t actor) const {
  if (kind == Kind::rivalry) return 1.0 / weight_unit;
  const auto sum = model_.alignment.row_sum(actor);
  return sum > 0 ? 1.0 / sum : 0.0;
}

double PeerShares::share_of_world(std::size_t actor) const {
  return std::trunc(static_cast<double>(model_.actors[actor].importance) * world_unit) / world_unit;
}

void PeerShares::compute(std::size_t actor, std::span<const std::uint32_t> earlier,
                         const Rungs& rungs, std::vector<double>& out) {
  out.assign(kinds_.size() * earlier.size(), 0.0);
  const Rung* rung = rungs[index_of(target_.ladder)];
  const auto below = static_cast<Rung>(target_.rung - 1);
  for (std::size_t e = 0; e < earlier.size(); ++e) {
    place_[earlier[e]] = static_cast<std::int32_t>(e);
  }
  for (std::size_t x = 0; x < kinds_.size(); ++x) {
    const Kind kind = kinds_[x];
    double* delta = out.data() + x * earlier.size();
    const auto step = [&](std::size_t j) { return value(kind, rung[j]) - value(kind, below); };
    if (kind == Kind::bandwagon) {
      for (std::size_t e = 0; e < earlier.size(); ++e) {
        delta[e] = share_of_world(earlier[e]) * step(earlier[e]);
      }
      continue;
    }
    const double unit = scale(kind, actor);
    for (const auto& entry : row(kind, actor)) {
      const std::int32_t e = place_[entry.column];
      if (e >= 0) delta[e] = unit * entry.weight * step(entry.column);
    }
  }
  for (const auto j : earlier) place_[j] = -1;
}

double PeerShares::rivalry(std::size_t actor, const Rungs& rungs) const {
  const auto height = [&](LadderRole role, std::size_t j) {
    return static_cast<double>(model_.ladders[index_of(role)].height[rungs[index_of(role)][j]]);
  };
  const double own = height(LadderRole::coercion, actor);
  double sum = 0.0;
  for (const auto& entry : row(Kind::rivalry, actor)) {
    const double quarrel = height(LadderRole::coercion, entry.column) - own;
    const double presence = height(LadderRole::engagement, entry.column);
    sum += entry.weight * (quarrel + static_cast<double>(model_.rivalry_presence) * presence);
  }
  return sum / weight_unit / height_unit;
}

double PeerShares::driver(Kind kind, std::size_t actor, const Rungs& rungs) const {
  if (kind == Kind::rivalry) return rivalry(actor, rungs);
  const Rung* rung = rungs[index_of(target_.ladder)];
  double sum = 0.0;
  if (kind == Kind::bandwagon) {
    for (std::size_t j = 0; j < model_.actors.size(); ++j) {
      sum += share_of_world(j) * value(kind, rung[j]);
    }
    return sum + static_cast<double>(model_.parameters.at(Param::standing, target_.authority, 0));
  }
  for (const auto& entry : row(kind, actor)) sum += entry.weight * value(kind, rung[entry.column]);
  return sum * scale(kind, actor);
}

void PeerShares::check(std::size_t actor, const Rungs& rungs,
                       std::span<const float> drivers) const {
  constexpr double tolerance = 1e-5;
  for (std::size_t x = 0; x < kinds_.size(); ++x) {
    if (kinds_[x] == Kind::bandwagon && !standing_is_fixed_) continue;
    const double found = drivers[columns_[x]];
    const double expected = driver(kinds_[x], actor, rungs);
    if (std::abs(found - expected) <= tolerance * (1.0 + std::abs(expected))) continue;
    throw std::logic_error("genealogy: actor " + model_.actors[actor].id + ", driver " +
                           std::to_string(columns_[x]) + ": recorded " + std::to_string(found) +
                           ", rungs and relations give " + std::to_string(expected));
  }
}

}  // namespace entente::detail
