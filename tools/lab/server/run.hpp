#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "entente/io/variant.hpp"
#include "lab/server/scenario_store.hpp"

namespace entente::lab {

/// What a request asks to be simulated: everything is read and checked, nothing is computed yet.
struct Run {
  std::shared_ptr<const Baseline> baseline;
  Scenario scenario;  ///< of the baseline, with the seed and the replicates asked for
  std::vector<VariedScenario> variants;
  std::size_t first_replicate = 0;
  std::size_t replicates = 0;

  [[nodiscard]] std::size_t outcomes() const { return 1 + variants.size(); }
  /// The world of an outcome; 0 is the baseline.
  [[nodiscard]] const Scenario& world(std::size_t outcome) const {
    return outcome == 0 ? scenario : variants[outcome - 1].scenario;
  }
};

/// Reads the variants of a request and lays them over its scenario.
///
/// @throws Refused  404 no such scenario; 400 it asks for too much, or a variant has problems: all
///                  problems of all variants, each begins with the variant's name
[[nodiscard]] Run prepare(ScenarioStore& store, RunRequest request);

/// How a run is carried out. None of these changes what it finds.
struct RunControl {
  std::size_t threads = 0;
  const std::atomic<bool>* stop = nullptr;
  std::function<void(std::size_t done, std::size_t total)> progress;
};

/// Simulates a run as `entente whatif` does, or as `entente run` where there is no variant.
///
/// @param id  its name for the page
/// @return    Results; empty when it was stopped
/// @throws NumericalError  see Simulation::run
[[nodiscard]] std::string simulate(const Run& run, const std::string& id,
                                   const RunControl& control);

/// Writes the file that those commands write with -o.
///
/// @return  false when it was stopped: there is no file
/// @throws FileError  it cannot be written
[[nodiscard]] bool write_result(const Run& run, const std::filesystem::path& path,
                                const RunControl& control);

}  // namespace entente::lab
