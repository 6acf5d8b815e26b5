#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "entente/ensemble/paired.hpp"
#include "entente/terms/registry.hpp"

namespace entente::test {

/// A baseline and its variants after `run_paired`.
struct PairedWorlds {
  std::size_t done = 0;
  Summary baseline;
  std::vector<Comparison> variants;
};

/// Runs models in pairs with the built-in terms.
[[nodiscard]] inline PairedWorlds run_worlds(const Model& baseline,
                                             const std::vector<Model>& variants,
                                             const PairedOptions& options,
                                             const PairObserver& observer = {}) {
  std::vector<Simulation> simulations;
  std::vector<const Simulation*> pointers;
  PairedWorlds worlds{0, Summary(baseline), {}};
  simulations.reserve(variants.size());
  for (const auto& variant : variants) {
    pointers.push_back(&simulations.emplace_back(variant, builtin_terms()));
    worlds.variants.emplace_back(baseline, variant);
  }
  worlds.done = run_paired(Simulation(baseline, builtin_terms()), pointers, options,
                           worlds.baseline, worlds.variants, observer);
  return worlds;
}

[[nodiscard]] inline Comparison compare_worlds(const Model& baseline, const Model& variant,
                                               std::size_t replicates) {
  PairedOptions options;
  options.replicates = replicates;
  return std::move(run_worlds(baseline, {variant}, options).variants.front());
}

/// The world with one more event, of one change.
[[nodiscard]] inline Model with_event(Model model, std::uint32_t step, EventOp op, Space space,
                                      std::uint64_t index, float value) {
  Event event;
  event.id = "intervention";
  event.first_step = step;
  event.changes = {{op, space, {index}, value, 0.0F}};
  model.events.push_back(std::move(event));
  return model;
}

/// Calls body(authority, ladder, rung) for every rung of the world's ladders.
template <class Body>
void for_rungs(const Model& model, const Body& body) {
  for (std::size_t k = 0; k < model.authorities.size(); ++k) {
    for (const auto d : all_ladders) {
      for (std::size_t r = 0; r < model.ladders[index_of(d)].size(); ++r) {
        body(k, d, static_cast<Rung>(r));
      }
    }
  }
}

/// Everything that a comparison says, in one sequence.
[[nodiscard]] inline std::vector<double> all_numbers(const Model& model, const Comparison& c) {
  std::vector<double> all{static_cast<double>(c.pairs()),
                          c.first_difference() ? static_cast<double>(*c.first_difference()) : -1.0};
  for_rungs(model, [&](std::size_t k, LadderRole d, Rung r) {
    for (std::size_t t = 0; t < model.calendar.steps(); ++t) {
      for (const auto& e : {c.count(k, d, t, r), c.forced(k, d, t, r), c.followers(k, d, t, r)}) {
        all.insert(all.end(), {e.baseline, e.variant, e.difference, e.error, e.unpaired_error,
                               e.low, e.high, e.more, e.fewer});
      }
    }
    for (std::size_t i = 0; i < model.actors.size(); ++i) {
      all.insert(all.end(), {c.changed(k, d, i), c.higher(k, d, i), c.lower(k, d, i)});
      for (std::size_t y = 0; y < model.ladders[index_of(d)].size(); ++y) {
        all.push_back(c.joint(k, d, i, r, static_cast<Rung>(y)));
      }
      for (std::size_t t = 0; t < model.calendar.steps(); ++t) {
        all.push_back(c.variant().probability(k, d, t, i, r));
      }
    }
  });
  return all;
}

}  // namespace entente::test
