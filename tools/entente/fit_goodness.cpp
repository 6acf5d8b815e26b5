#include "fit_goodness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "entente/engine/simulation.hpp"
#include "entente/terms/registry.hpp"
#include "json.hpp"
#include "rounding.hpp"
#include "table.hpp"

namespace entente::cli {
namespace {

/// Components that are shown of a statistic, and actors of a ladder.
constexpr std::size_t worst_shown = 3, misplaced_shown = 10;

/// Hands every tile to several recorders.
class Several final : public Recorder {
 public:
  explicit Several(std::vector<Recorder*> recorders) : recorders_(std::move(recorders)) {}
  void record(const TileResult& tile) override {
    for (auto* one : recorders_) one->record(tile);
  }

 private:
  std::vector<Recorder*> recorders_;
};

/// How far a component lies from what is simulated [standard deviations].
double deviation(const GoodnessComponent& one) {
  if (one.sd > 0.0) return (one.observed - one.mean) / one.sd;
  return one.impossible
             ? std::copysign(std::numeric_limits<double>::infinity(), one.observed - one.mean)
             : 0.0;
}

std::vector<const GoodnessComponent*> worst_of(const GoodnessOfFit& statistic) {
  std::vector<const GoodnessComponent*> list;
  for (const auto& one : statistic.components) list.push_back(&one);
  std::stable_sort(list.begin(), list.end(), [](const auto* a, const auto* b) {
    return std::abs(deviation(*a)) > std::abs(deviation(*b));
  });
  list.resize(std::min(list.size(), worst_shown));
  return list;
}

/// A share of replicates. None of them is no proof that there could be none.
std::string share(double p, std::size_t replicates) {
  if (p <= 0.0) return fmt::format("below 1/{}", replicates);
  return fmt::format("{:.3f}", p);
}

std::string statistics_table(const LadderGoodness& ladder, std::size_t replicates) {
  Table table({{"statistic"},
               {"distance", Align::right},
               {"p", Align::right},
               {"worst components"},
               {"observed", Align::right},
               {"simulated", Align::right},
               {"5-95 %", Align::right}});
  for (const auto& statistic : ladder.statistics) {
    bool first = true;
    for (const auto* one : worst_of(statistic)) {
      table.add({first ? statistic.name : "", first ? fixed(statistic.distance, 2) : "",
                 first ? share(statistic.p, replicates) : "",
                 one->name + (one->impossible ? " (never so)" : ""),
                 fmt::format("{:g}", one->observed), fixed(one->mean, 1),
                 fmt::format("{:.4g}-{:.4g}", one->low, one->high)});
      first = false;
    }
  }
  return table.text(2);
}

std::string placements_table(const Model& model, const LadderGoodness& ladder,
                             std::size_t replicates) {
  const auto& rungs = model.ladders[index_of(ladder.ladder)].rungs;
  Table table({{"id"},
               {"name"},
               {"observed"},
               {"its probability", Align::right},
               {"most probable"},
               {"", Align::right}});
  for (std::size_t x = 0; x < std::min(ladder.placements.size(), misplaced_shown); ++x) {
    const auto& one = ladder.placements[x];
    const auto likely = std::max_element(one.probability.begin(), one.probability.end());
    table.add({model.actors[one.actor].id, model.actors[one.actor].name, rungs[one.observed],
               share(one.probability[one.observed], replicates),
               rungs[static_cast<std::size_t>(likely - one.probability.begin())],
               share(*likely, replicates)});
  }
  return table.text(2);
}

}  // namespace

std::vector<LadderGoodness> judge_fit(const Case& one, const std::vector<Coefficient>& coefficients,
                                      const std::vector<double>& values, const Fit& fit,
                                      std::size_t replicates, std::size_t threads) {
  const Model fitted = with_dispositions(
      with_coefficients(one.scenario.model, coefficients, values), dispositions_of(fit));
  const Model model = follow_history(fitted, one.path, 0);
  std::vector<LadderGoodness> all;
  std::vector<std::unique_ptr<GoodnessRecorder>> judges;
  std::vector<Recorder*> recorders;
  for (std::size_t k = 0; k < one.path.authorities; ++k) {
    for (const auto ladder : all_ladders) {
      GoodnessScope scope;
      scope.authority = k;
      scope.ladder = ladder;
      scope.actors = observed_actors(one.path, k, ladder);
      if (std::count(scope.actors.begin(), scope.actors.end(), 1) == 0) continue;
      judges.push_back(std::make_unique<GoodnessRecorder>(model, one.path, std::move(scope)));
      recorders.push_back(judges.back().get());
      all.push_back({k, ladder, {}, {}});
    }
  }
  Several several(std::move(recorders));
  RunOptions options;
  options.replicates = replicates;
  options.record = RecordLevel::rungs;
  options.threads = threads;
  Simulation(model, builtin_terms()).run(options, several);
  for (std::size_t x = 0; x < all.size(); ++x) {
    all[x].statistics = judges[x]->fits();
    all[x].placements = judges[x]->placements();
  }
  return all;
}

std::string goodness_text(const Model& model, const std::vector<LadderGoodness>& ladders,
                          std::size_t replicates) {
  std::string text = fmt::format(
      "\nHistories that the fitted model makes from the start, {} of them, beside the one on "
      "record\n",
      replicates);
  for (const auto& ladder : ladders) {
    text += fmt::format("\n{}, towards {}\n", to_string(ladder.ladder),
                        model.authorities[ladder.authority].name);
    text += statistics_table(ladder, replicates);
    const auto shown = std::min(ladder.placements.size(), misplaced_shown);
    text += fmt::format("\n  most misplaced at the end, {} of {} on record\n", shown,
                        ladder.placements.size());
    text += placements_table(model, ladder, replicates);
  }
  text +=
      "\nDistance is Mahalanobis', in standard deviations; p is the share of simulated histories "
      "at "
      "least as far\nfrom their mean as the one on record: a small p says that the model does not "
      "make such histories.\n";
  return text;
}

Json goodness_json(const Model& model, const std::vector<LadderGoodness>& ladders,
                   std::size_t replicates) {
  Json list = Json::array();
  for (const auto& ladder : ladders) {
    const auto& rungs = model.ladders[index_of(ladder.ladder)].rungs;
    Json statistics = Json::array();
    for (const auto& statistic : ladder.statistics) {
      Json components = Json::array();
      for (const auto& one : statistic.components) {
        components.push_back({{"name", one.name},
                              {"observed", one.observed},
                              {"mean", one.mean},
                              {"sd", one.sd},
                              {"q05", one.low},
                              {"median", one.median},
                              {"q95", one.high},
                              {"impossible", one.impossible}});
      }
      statistics.push_back({{"name", statistic.name},
                            {"distance", statistic.distance},
                            {"p", statistic.p},
                            {"rank", statistic.rank},
                            {"unseen", statistic.unseen},
                            {"components", std::move(components)}});
    }
    Json actors = Json::array();
    for (const auto& one : ladder.placements) {
      Json probability = Json::object();
      for (std::size_t r = 0; r < rungs.size(); ++r) probability[rungs[r]] = one.probability[r];
      actors.push_back({{"id", model.actors[one.actor].id},
                        {"name", model.actors[one.actor].name},
                        {"observed", rungs[one.observed]},
                        {"probability", std::move(probability)}});
    }
    list.push_back({{"authority", model.authorities[ladder.authority].id},
                    {"ladder", to_string(ladder.ladder)},
                    {"statistics", std::move(statistics)},
                    {"actors", std::move(actors)}});
  }
  return {{"replicates", replicates}, {"ladders", std::move(list)}};
}

}  // namespace entente::cli
