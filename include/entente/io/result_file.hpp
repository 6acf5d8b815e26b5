#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/engine/simulation.hpp"
#include "entente/io/scenario.hpp"

namespace entente {

/// Writes an ensemble to HDF5 that is valid netCDF-4, chunk by chunk as tiles arrive
/// (docs/result-format.md). The file appears under its name only when `finish` succeeds; until then
/// it stands beside it as `<name>.part`, which an abandoned writer removes.
class ResultWriter final : public Recorder {
 public:
  /// @param force  replace an existing file
  /// @throws FileError  the file exists and `force` is false, or cannot be made
  ResultWriter(const std::filesystem::path& path, const Scenario& scenario,
               const Simulation& simulation, RecordLevel level, bool force);
  ~ResultWriter() override;

  void record(const TileResult& tile) override;
  /// Writes the summaries, cuts the replicate dimension to what was recorded, syncs and renames.
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Reads back everything that a result file says about its inputs. Running the scenario again gives
/// the same file.
///
/// @throws FileError  not a result file, of another format version, or damaged
[[nodiscard]] Scenario load_result_inputs(const std::filesystem::path& path);

/// True when the file starts like an HDF5 file.
[[nodiscard]] bool is_result_file(const std::filesystem::path& path);

/// Which replicates a result file holds, and how much of each.
struct ResultExtent {
  RecordLevel record = RecordLevel::summary;
  std::size_t first_replicate = 0;
  std::size_t replicates = 0;  ///< finished; fewer than asked for after an interruption
};

/// @throws FileError  not a result file, of another format version, or damaged
[[nodiscard]] ResultExtent read_result_extent(const std::filesystem::path& path);

/// One actor's rung at the end of one step.
struct RungQuery {
  std::string ladder;  ///< its key
  std::size_t authority = 0;
  std::size_t step = 0;
  std::size_t actor = 0;
};

/// The rung of a query in every replicate of a result file, `first_replicate` first; empty at level
/// summary, which keeps none.
///
/// @throws FileError  as above, or the file does not hold what is asked for
[[nodiscard]] std::vector<Rung> read_recorded_rungs(const std::filesystem::path& path,
                                                    const RungQuery& query);

/// Writes every variable of a result file as a tidy CSV table (one row per value, one column per
/// dimension) into `folder`; of a study also `points.csv` (write_study_csv). Returns the files
/// written.
///
/// @throws FileError  a table exists and `force` is false, or cannot be written
std::vector<std::filesystem::path> export_csv(const std::filesystem::path& result,
                                              const std::filesystem::path& folder, bool force);

}  // namespace entente
