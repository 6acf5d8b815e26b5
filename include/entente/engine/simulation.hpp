#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/model/model.hpp"
#include "entente/model/term.hpp"

namespace entente {

/// How a run is carried out. None of these changes a result, but for the first three.
struct RunOptions {
  // affects results
  std::size_t first_replicate = 0;
  std::size_t replicates = 1;
  RecordLevel record = RecordLevel::rungs;
  // affects performance
  std::size_t threads = 0;  ///< 0 = all
  /// Replicates per tile, a multiple of 8; 0 = chosen from the sizes of world and ensemble.
  std::size_t lanes = 0;
  // control
  /// Gets the number of replicates finished so far; called between tiles.
  std::function<void(std::size_t done)> progress;
  /// Asked at every step. When true no further tile is begun and those in work are not recorded.
  const std::atomic<bool>* stop = nullptr;
};

/// A model made ready to run: terms built, tables laid out. Immutable; shared by all threads.
class Simulation {
 public:
  /// @throws std::invalid_argument  the model violates a precondition (see `violations`), or names
  /// a
  ///                                term that the registry lacks
  Simulation(Model model, const TermRegistry& registry);
  Simulation(Simulation&&) noexcept;
  Simulation& operator=(Simulation&&) noexcept;
  ~Simulation();

  [[nodiscard]] const Model& model() const noexcept;

  /// Names of the terms, covariates last, in the order of `TileResult::contributions`. A term that
  /// does not act on a ladder contributes zero there.
  [[nodiscard]] const std::vector<std::string>& term_names() const noexcept;
  /// Names of the columns of `TileResult::drivers`: what decisions are computed from. Drivers that
  /// differ between ladders are there once per ladder, as `alignment.recognition`; weights of the
  /// actor and covariates (`covariate.religion`) follow.
  [[nodiscard]] const std::vector<std::string>& driver_names() const noexcept;
  /// Columns that the terms of a ladder read, ascending.
  [[nodiscard]] std::vector<std::size_t> drivers_of(LadderRole ladder) const;
  /// Columns that a term reads on a ladder, ascending; empty where it does not act.
  [[nodiscard]] std::vector<std::size_t> drivers_of(LadderRole ladder, std::size_t term) const;

  /// What the terms make of given drivers: the function that decisions are taken by, for questions
  /// such as which drivers would have led to another choice. Drivers as recorded give the
  /// contributions recorded, to the bit.
  ///
  /// @param own      present rung
  /// @param drivers  one value per column
  /// @return         shape (terms, 2), as `TileResult::contributions` [utility]
  /// @throws std::invalid_argument  no such rung, or another number of drivers
  [[nodiscard]] std::vector<float> contributions(LadderRole ladder, Rung own,
                                                 std::span<const float> drivers) const;

  /// Runs replicates [first_replicate, first_replicate + replicates) and hands tiles to `recorder`
  /// in order. Replicate r has the same bits whatever the options.
  ///
  /// @return  number of replicates recorded, from the first on; less than asked for only by `stop`
  /// @throws NumericalError  a utility or a state is not finite; the message names where
  std::size_t run(const RunOptions& options, Recorder& recorder) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente
