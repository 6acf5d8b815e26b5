#include "lab/page/decision_survey.hpp"

#include <utility>

#include "lab/page/documents.hpp"

namespace entente::lab {

DecisionSurvey::DecisionSurvey(const Simulation& simulation, std::vector<std::uint32_t> steps)
    : simulation_(simulation), model_(simulation.model()), steps_(std::move(steps)) {
  for (std::size_t k = 0; k < model_.authorities.size(); ++k) {
    for (const auto role : all_ladders) {
      if (model_.ladders[index_of(role)].size() < 2) continue;
      Board& board = boards_.emplace_back();
      for (std::size_t i = 0; i < model_.actors.size(); ++i) {
        const cli::Pair pair{i, k, role};
        board.readers.emplace_back(simulation, pair);
        board.pins.emplace_back(model_, pair);
        for (const auto step : steps_) {
          board.sums.emplace_back(model_, cli::Question{i, k, role, step});
        }
      }
      board.asks = role != LadderRole::coercion;
      board.pinned.resize(model_.actors.size());
    }
  }
}

void DecisionSurvey::record(const TileResult& tile) {
  for (std::size_t r = 0; r < tile.replicates; ++r) {
    const cli::Course course{tile, r, event_times(model_, tile, r)};
    for (auto& board : boards_) {
      for (std::size_t s = 0; s < steps_.size(); ++s) add(board, course, s);
    }
  }
}

void DecisionSurvey::add(Board& board, const cli::Course& course, std::size_t s) {
  std::vector<Rung> others;
  if (board.asks && s + 1 == steps_.size()) {
    for (std::size_t j = 0; j < model_.actors.size(); ++j) {
      others.push_back(board.readers[j].before(course.tile, course.place, steps_[s]));
      if (board.pins[j].empty()) continue;
      const auto settled = board.pins[j].settle(course, steps_[s], others[j]);
      if (!settled.events.empty()) board.pinned[j] = true;
    }
  }
  for (std::size_t i = 0; i < model_.actors.size(); ++i) {
    board.sums[i * steps_.size() + s].add(board.readers[i].decision(course, steps_[s]), others);
  }
}

Json DecisionSurvey::take(const Scenario& scenario, std::size_t outcome) {
  Json out = Json::array();
  for (auto& board : boards_) {
    for (std::size_t x = 0; x < board.sums.size(); ++x) {
      cli::Explanation explanation = board.sums[x].take();
      explanation.terms = simulation_.term_names();
      explanation.drivers = simulation_.driver_names();
      cli::Explained& group = explanation.groups.front();
      if (board.asks && x % steps_.size() + 1 == steps_.size()) {
        cli::ask_for_levers(simulation_, explanation.question, board.pinned, group);
      } else {
        const auto& ladder = model_.ladders[index_of(explanation.question.ladder)];
        const auto option = [](int rung) {
          cli::Levers levers;
          levers.option = static_cast<Rung>(rung);
          return levers;
        };
        if (group.own > 0) group.to_below = option(group.own - 1);
        if (group.own + 1U < ladder.size()) group.to_above = option(group.own + 1);
      }
      out.push_back(decision_document(scenario, explanation, outcome));
    }
  }
  return out;
}

}  // namespace entente::lab
