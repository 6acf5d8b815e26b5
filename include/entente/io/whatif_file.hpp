#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "entente/engine/simulation.hpp"
#include "entente/ensemble/paired.hpp"
#include "entente/ensemble/summary.hpp"
#include "entente/io/scenario.hpp"
#include "entente/io/variant.hpp"

namespace entente {

/// Writes a baseline beside its variants to HDF5 that is valid netCDF-4 (docs/result-format.md,
/// "What-ifs"): the counts of every replicate as they come, what was estimated from them, and all
/// that went in. As a result file it is one of the baseline at level summary.
///
/// The file appears under its name only when `finish` succeeds; until then it stands beside it as
/// `<name>.part`, which an abandoned writer removes. It does not show threads, lanes and batches.
class WhatIfWriter {
 public:
  /// @param simulation  of the baseline
  /// @param variants    in the order of the simulations that `run_paired` gets; at least one
  /// @param force       replace an existing file
  /// @throws FileError              the file exists and `force` is false, or cannot be made
  /// @throws std::invalid_argument  there is no variant
  WhatIfWriter(const std::filesystem::path& path, const Scenario& baseline,
               const Simulation& simulation, std::span<const VariedScenario> variants, bool force);
  WhatIfWriter(const WhatIfWriter&) = delete;
  WhatIfWriter& operator=(const WhatIfWriter&) = delete;
  ~WhatIfWriter();

  /// What `run_paired` has to call; the writer must outlive it. It throws FileError where the file
  /// cannot be written.
  [[nodiscard]] PairObserver observer();

  /// Writes the estimates, cuts the replicates to those that all variants finished, syncs and
  /// renames.
  ///
  /// @param baseline     as `run_paired` filled it
  /// @param comparisons  likewise, one for each variant
  /// @throws FileError              the file cannot be written
  /// @throws std::invalid_argument  not one comparison for each variant, or of other replicates
  ///                                than were observed
  void finish(const Summary& baseline, std::span<const Comparison> comparisons);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente
