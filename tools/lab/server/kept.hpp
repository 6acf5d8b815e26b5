#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "lab/server/answer.hpp"
#include "lab/server/run.hpp"
#include "lab/server/session.hpp"

namespace entente::lab {

/// What is kept of a run or a result file to answer questions about it.
struct Kept {
  std::string results;  ///< Results, as JSON
  std::shared_ptr<const Run> run;
  /// The baseline of a result file; of a run it is in `run`.
  std::shared_ptr<const Scenario> scenario;
  std::filesystem::path file;  ///< of a result file
  std::size_t first_replicate = 0;
  std::size_t replicates = 0;
  std::size_t outcomes = 1;
  std::size_t bytes = 0;  ///< that it takes, but for small parts

  /// The world of an outcome; null where a file does not hold it.
  [[nodiscard]] const Scenario* world(std::size_t outcome) const {
    if (run) return &run->world(outcome);
    return outcome == 0 ? scenario.get() : nullptr;
  }
};

/// Which choice is to be explained, as it came from the page.
struct AskedChoice {
  std::size_t outcome = 0, authority = 0, ladder = 0, actor = 0, step = 0;
  std::size_t replicate = 0;
  bool single = false;  ///< `replicate` is asked for, not the mean
};

/// `Decision`, or null where the world of the outcome is not known.
///
/// @param stop  gives the simulation up when it becomes true
/// @throws Refused  400 there is no such choice; 429 it was given up
[[nodiscard]] Json explain(const Kept& kept, const AskedChoice& asked,
                           const std::atomic<bool>& stop);

/// `Cascade`, or null likewise.
///
/// @throws Refused  400 there is no such outcome or authority; 429 it was given up
[[nodiscard]] Json cascade(const Kept& kept, std::size_t outcome, std::size_t authority,
                           const std::atomic<bool>& stop);

/// Reads a result file that can be trusted.
///
/// @param id  its name for the page
/// @throws FileError  no result file, damaged, or of a study
[[nodiscard]] Kept open_result(const std::filesystem::path& path, const std::string& id);

}  // namespace entente::lab
