// Moves of others that would have been enough.

#include <algorithm>
#include <string>

#include "ensemble/row_changes.hpp"
#include "entente/ensemble/enough.hpp"

namespace entente {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// Columns of the drivers that others move; `none` where no term of the ladder reads one.
struct PeerColumns {
  PeerColumns(const Simulation& simulation, LadderRole ladder) {
    const auto& names = simulation.driver_names();
    for (const auto column : simulation.drivers_of(ladder)) {
      const std::string& name = names[column];
      if (name.starts_with("alignment.")) alignment = column;
      if (name == "cover" && ladder == LadderRole::recognition) cover = column;
      if (name == "bandwagon" && ladder == LadderRole::recognition) bandwagon = column;
      const bool presence = simulation.model().rivalry_presence > 0.0F;
      if (name == "rivalry" && ladder == LadderRole::engagement && presence) rivalry = column;
    }
  }
  [[nodiscard]] bool empty() const {
    return alignment == none && cover == none && bandwagon == none && rivalry == none;
  }
  std::size_t alignment = none, cover = none, bandwagon = none, rivalry = none;
};

/// What it adds to height and to recognition when one of the others moves, on average.
struct Move {
  double height = 0.0;
  double recognises = 0.0;
};

Move move_of(const Ladder& ladder, const ChoiceOf& choice, const double* shares) {
  Move move;
  const auto height = [&](std::size_t r) {
    return static_cast<double>(ladder.height[r]) / height_unit;
  };
  const auto recognises = [&](std::size_t r) { return r >= ladder.recognises_from ? 1.0 : 0.0; };
  const bool up = choice.option > choice.own;
  for (std::size_t r = 0; r < ladder.size(); ++r) {
    const bool moves = up ? r < choice.option : r > choice.option;
    if (!moves) continue;
    move.height += shares[r] * (height(choice.option) - height(r));
    move.recognises += shares[r] * (recognises(choice.option) - recognises(r));
  }
  return move;
}

/// Drivers of a decision under moves of others.
class Peers {
 public:
  Peers(const Simulation& simulation, const ChoiceOf& choice, std::span<const float> drivers)
      : model_(simulation.model()),
        choice_(choice),
        columns_(simulation, choice.ladder),
        values_(drivers.begin(), drivers.end()) {}

  void add(std::size_t j, const Move& move) {
    const std::int32_t row = model_.alignment.row_sum(choice_.actor);
    const double weight = row == 0 ? 0.0 : static_cast<double>(weight_of(j)) / row;
    const double rival = static_cast<double>(model_.rivalry.weight(choice_.actor, j)) /
                         relation_unit * static_cast<double>(model_.rivalry_presence);
    change(columns_.alignment, weight * move.height);
    change(columns_.cover, weight * move.recognises);
    change(columns_.bandwagon, static_cast<double>(model_.actors[j].importance) * move.recognises);
    change(columns_.rivalry, rival * move.height);
  }

  [[nodiscard]] std::vector<float> drivers() const { return {values_.begin(), values_.end()}; }

  /// The others, the one that weighs most first.
  [[nodiscard]] std::vector<std::size_t> order() const {
    std::vector<std::size_t> others;
    for (std::size_t j = 0; j < model_.actors.size(); ++j) {
      if (j != choice_.actor) others.push_back(j);
    }
    std::stable_sort(others.begin(), others.end(), [&](std::size_t a, std::size_t b) {
      if (weight_of(a) != weight_of(b)) return weight_of(a) > weight_of(b);
      return model_.actors[a].importance > model_.actors[b].importance;
    });
    return others;
  }

 private:
  [[nodiscard]] std::int32_t weight_of(std::size_t j) const {
    return model_.alignment.weight(choice_.actor, j);
  }
  void change(std::size_t column, double by) {
    if (column != none) values_[column] += by;
  }

  const Model& model_;
  ChoiceOf choice_;
  PeerColumns columns_;
  std::vector<double> values_;
};

}  // namespace

bool looks_at_others(const Simulation& simulation, LadderRole ladder) {
  return !PeerColumns(simulation, ladder).empty();
}

std::optional<OthersMoved> enough_by_others(const Simulation& simulation, const ChoiceOf& choice,
                                            std::span<const float> drivers,
                                            const Standing& standing,
                                            const std::vector<bool>& fixed, std::size_t most) {
  const Model& model = simulation.model();
  if (!looks_at_others(simulation, choice.ladder)) return std::nullopt;
  for (const auto space : {Space::alignment, Space::rivalry}) {
    if (detail::may_change_row(model, space, choice.actor)) return std::nullopt;
  }
  const Ladder& ladder = model.ladders[index_of(choice.ladder)];
  Peers peers(simulation, choice, drivers);
  OthersMoved out;
  out.log_odds = log_odds(simulation, choice, drivers);
  for (const std::size_t j : peers.order()) {
    out.enough = out.log_odds >= 0.0;
    if (out.enough || out.actors.size() == most) break;
    const Move move = move_of(ladder, choice, &standing[j * ladder.size()]);
    if (move.height == 0.0 && move.recognises == 0.0) continue;
    if (!fixed.empty() && fixed[j]) continue;
    peers.add(j, move);
    out.actors.push_back(j);
    out.log_odds = log_odds(simulation, choice, peers.drivers());
  }
  out.enough = out.log_odds >= 0.0;
  const auto after = peers.drivers();
  for (std::size_t column = 0; column < after.size(); ++column) {
    if (after[column] != drivers[column]) out.columns.push_back(column);
  }
  return out;
}

}  // namespace entente
